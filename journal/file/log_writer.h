#ifndef TWINQ_JOURNAL_FILE_LOG_WRITER_H_
#define TWINQ_JOURNAL_FILE_LOG_WRITER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "core/base/file_system.h"
#include "journal/file/frame_buffer.h"
#include "journal/file/log_format.h"
#include "journal/file/segment_files.h"
#include "journal/file/segment_supply.h"
#include "journal/journal.h"

namespace twinq {

// Puts frames onto the disk.
//
// Guarantee: a frame is written only into a segment whose name is durable, and only after the
// frames that it calls durable are.
// Errors: final; after one nothing more may be written.
// Thread-safety: one thread at a time. Lifetime: borrows the files.
class LogWriter {
 public:
  // What one commit writes.
  struct Batch {
    std::vector<LogExtent> extents =
        {};                        // Behind what was written so far, without a gap; may be empty.
    JournalPosition end = {};      // Behind them.
    JournalPosition durable = {};  // So far.
    JournalPosition head = {};     // At most `durable`.
  };

  LogWriter(SegmentFiles& files, uint32_t epoch) : files_(files), supply_(files), epoch_(epoch) {}

  // Takes over a log that ends at `found.end`, of which the part behind `found.durable` may not be
  // on the disk though it can be read, and makes all of it durable, with a mark of this epoch
  // behind it. `found` has no extents.
  absl::Status TakeOver(const Batch& found);
  // Hands the batch to the operating system.
  absl::Status Write(Batch& batch);
  // Makes durable what was written, of which `batch` is the last.
  absl::Status Sync(const Batch& batch);
  // Does a little for the next commits; never for long (see SegmentSupply).
  absl::Status WorkAhead(const Batch& batch);
  // Whether WorkAhead() would remove a segment.
  bool HasTooManyDropped() const { return supply_.HasTooManyDropped(); }

 private:
  const LogShape& shape() const { return files_.shape(); }
  absl::StatusOr<File*> FileOf(JournalPosition position);
  absl::Status WriteAt(JournalPosition position, absl::string_view bytes);
  // Writes once more what can be read there.
  absl::Status Rewrite(JournalPosition begin, JournalPosition end);
  absl::Status WriteMark(JournalPosition durable, const Batch& batch);
  absl::Status SyncWritten();

  SegmentFiles& files_;
  SegmentSupply supply_;
  const uint32_t epoch_;
  std::map<uint64_t, std::unique_ptr<File>> open_;  // By segment.
  std::set<uint64_t> unsynced_;
  JournalPosition head_;  // As written last, in a frame that stays.
};

}  // namespace twinq

#endif  // TWINQ_JOURNAL_FILE_LOG_WRITER_H_
