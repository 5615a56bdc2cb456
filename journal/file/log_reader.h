#ifndef TWINQ_JOURNAL_FILE_LOG_READER_H_
#define TWINQ_JOURNAL_FILE_LOG_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

#include "core/base/file_system.h"
#include "journal/file/log_format.h"
#include "journal/file/segment_files.h"
#include "journal/journal.h"

namespace twinq {

// A segment's bytes, read in large pieces.
class SegmentReader {
 public:
  static absl::StatusOr<SegmentReader> Open(SegmentFiles& files, uint64_t segment);

  // At least `bytes_min` bytes from `offset` on, and as many more as are at hand, valid until the
  // next call. REQUIRES: they lie in the segment.
  absl::StatusOr<absl::string_view> Peek(uint64_t offset, uint64_t bytes_min);

 private:
  SegmentReader(std::unique_ptr<File> file, uint64_t segment_bytes)
      : file_(std::move(file)), segment_bytes_(segment_bytes) {}

  std::unique_ptr<File> file_;
  uint64_t segment_bytes_;
  uint64_t buffer_offset_ = 0;
  std::string buffer_;
};

// Follows a log from frame to frame, checking each.
//
// Errors: DataLoss: a segment behind one that has ended is missing, or its header does not check
// out. Others as the file system's.
// Lifetime: borrows the files. Cost: reads each byte once; holds at most a frame or 1 MiB.
class LogReader {
 public:
  struct Frame {
    FrameHeader header;
    absl::string_view body;  // Valid until the next call.
  };
  // Why there is no further frame.
  enum class Ending : uint8_t {
    kNone,      // There was one so far.
    kMark,      // The log says so.
    kNoHeader,  // What lies there is no frame of this log.
    kBadBody,   // There is one, but its body fails the checksum.
    kOlder,     // There is one that was cut off before the last frame was written.
  };

  // Begins with the first frame of a segment.
  LogReader(SegmentFiles& files, uint64_t segment)
      : files_(&files), position_(files.shape().BeginOf(segment)) {}

  // The next frame of records. Nothing: the log ends at position(); see ending().
  absl::StatusOr<std::optional<Frame>> Next();

  // Goes on with the frame there, behind damage.
  void SkipTo(JournalPosition frame);

  // Behind the last frame.
  JournalPosition position() const { return position_; }
  Ending ending() const { return ending_; }
  // Of the last frame or mark.
  uint32_t epoch() const { return epoch_; }
  JournalPosition head() const { return head_; }

 private:
  absl::StatusOr<std::optional<Frame>> Read();
  std::optional<Frame> End(Ending ending);

  SegmentFiles* files_;
  std::optional<SegmentReader> segment_;  // The one that position_ is in.
  JournalPosition position_;
  uint32_t epoch_ = 0;
  JournalPosition head_;
  Ending ending_ = Ending::kNone;
};

// Calls `visit` with each record of the frame and the position behind it, until the first error,
// which it returns. DataLoss: the frame does not hold what its header says.
absl::Status VisitRecords(
    const LogReader::Frame& frame,
    absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit);

}  // namespace twinq

#endif  // TWINQ_JOURNAL_FILE_LOG_READER_H_
