#include "tests/journal/log_images.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "core/base/status_macros.h"
#include "journal/file/log_format.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

void MustRun(FileJournal& journal, std::unique_ptr<SyncTicket> ticket) {
  const absl::Status outcome = ticket->Run();
  ASSERT_THAT(outcome, IsOk());
  ASSERT_THAT(journal.EndSync(std::move(ticket), outcome), IsOk());
}

}  // namespace

DiskImage ImageOf(const MemoryFileSystem& files) {
  DiskImage image;
  for (const std::string& path : files.Paths()) image[path] = files.Contents(path);
  return image;
}

std::unique_ptr<MemoryFileSystem> FilesOf(const DiskImage& image) {
  auto files = std::make_unique<MemoryFileSystem>(1);
  for (const auto& [path, contents] : image) files->SetContents(path, contents);
  return files;
}

std::string SegmentPath(uint64_t segment) {
  return absl::StrCat(kLogDirectory, "/", SegmentName(segment));
}

absl::StatusOr<std::unique_ptr<FileJournal>> OpenLog(FileSystem& files, uint64_t segment_bytes) {
  return FileJournal::Open(files, kLogDirectory,
                           {.new_log_id = 0x1234'5678'9ABC, .segment_bytes = segment_bytes});
}

JournalPosition MustAppend(FileJournal& journal, const std::vector<std::string>& records) {
  const auto end = journal.Append(std::vector<absl::string_view>(records.begin(), records.end()));
  EXPECT_THAT(end, IsOk());
  return end.value_or(JournalPosition());
}

void MustWrite(FileJournal& journal) { MustRun(journal, journal.BeginWrite()); }

void MustSync(FileJournal& journal) { MustRun(journal, journal.BeginSync()); }

absl::StatusOr<std::vector<std::string>> RecordsIn(FileJournal& journal) {
  std::vector<std::string> records;
  TWINQ_RETURN_IF_ERROR(journal.Replay([&](JournalPosition, absl::string_view record) {
    records.emplace_back(record);
    return absl::OkStatus();
  }));
  return records;
}

absl::StatusOr<std::vector<std::string>> RecordsIn(const DiskImage& image) {
  const std::unique_ptr<MemoryFileSystem> files = FilesOf(image);
  TWINQ_ASSIGN_OR_RETURN(const std::unique_ptr<FileJournal> journal,
                         OpenLog(*files, kSegmentBytesMin));
  return RecordsIn(*journal);
}

}  // namespace twinq
