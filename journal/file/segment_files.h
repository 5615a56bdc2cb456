#ifndef TWINQ_JOURNAL_FILE_SEGMENT_FILES_H_
#define TWINQ_JOURNAL_FILE_SEGMENT_FILES_H_

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "core/base/file_system.h"
#include "journal/file/log_format.h"

namespace twinq {

// The segments of a log as files of its directory, which it holds.
//
// Errors: the message names the file. DataLoss: a segment's file has the wrong size or a header
// that does not check out, or is not there at all. Unimplemented: a format version that we do not
// know. Thread-safety: one thread at a time. Lifetime: borrows the file system.
class SegmentFiles {
 public:
  // Changes nothing in a directory that exists. `of_new_log` is the shape of a log that is not
  // there yet; one that is has its own. Files of other names are left alone.
  static absl::StatusOr<SegmentFiles> Open(FileSystem& file_system, const std::string& path,
                                           const LogShape& of_new_log);

  const LogShape& shape() const { return shape_; }
  const std::set<uint64_t>& segments() const { return segments_; }
  // For messages.
  std::string PathOf(uint64_t segment) const;
  // A DataLoss for a segment that should be there.
  absl::Status Missing(uint64_t segment) const;
  absl::StatusOr<std::unique_ptr<File>> OpenSegment(uint64_t segment);

  // What follows changes files.

  // Makes `file`, of the right size, known in the directory as `name`, into this segment,
  // durably.
  absl::Status MakeSegment(File& file, absl::string_view name, uint64_t segment);
  // REQUIRES: nothing in segment `old` counts any more, and that is durable.
  absl::Status Recycle(uint64_t old, uint64_t segment);
  // Not durably: after a crash the segment may be there again, and still counts for nothing.
  // REQUIRES: as Recycle().
  absl::Status Remove(uint64_t segment);
  // An empty file called kNewSegmentName, for MakeSegment(). What an earlier attempt left goes.
  absl::StatusOr<std::unique_ptr<File>> CreateNew();
  absl::Status SyncDirectory() { return directory_->Sync(); }
  absl::StatusOr<uint64_t> FreeBytes() { return directory_->FreeBytes(); }

 private:
  SegmentFiles(std::unique_ptr<FileDirectory> directory, std::string path, const LogShape& shape)
      : directory_(std::move(directory)), path_(std::move(path)), shape_(shape) {}

  absl::Status FindSegments();
  absl::StatusOr<SegmentHeader> ReadHeader(uint64_t segment, File& file) const;

  std::unique_ptr<FileDirectory> directory_;
  std::string path_;
  LogShape shape_;
  std::set<uint64_t> segments_;
};

}  // namespace twinq

#endif  // TWINQ_JOURNAL_FILE_SEGMENT_FILES_H_
