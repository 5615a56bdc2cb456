#ifndef TWINQ_TESTS_JOURNAL_LOG_IMAGES_H_
#define TWINQ_TESTS_JOURNAL_LOG_IMAGES_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "journal/file/file_journal.h"
#include "journal/journal.h"
#include "tests/support/memory_file_system.h"

namespace twinq {

// The contents of files by path: a disk, as a value.
using DiskImage = std::map<std::string, std::string>;

DiskImage ImageOf(const MemoryFileSystem& files);
std::unique_ptr<MemoryFileSystem> FilesOf(const DiskImage& image);

// The directory of the logs here, and the path of a segment's file.
inline constexpr char kLogDirectory[] = "data";
std::string SegmentPath(uint64_t segment);

absl::StatusOr<std::unique_ptr<FileJournal>> OpenLog(FileSystem& files, uint64_t segment_bytes);

// Each checks that it succeeds.
JournalPosition MustAppend(FileJournal& journal, const std::vector<std::string>& records);
void MustWrite(FileJournal& journal);
void MustSync(FileJournal& journal);

// The records that the log of an image yields to who opens it.
absl::StatusOr<std::vector<std::string>> RecordsIn(FileJournal& journal);
absl::StatusOr<std::vector<std::string>> RecordsIn(const DiskImage& image);

}  // namespace twinq

#endif  // TWINQ_TESTS_JOURNAL_LOG_IMAGES_H_
