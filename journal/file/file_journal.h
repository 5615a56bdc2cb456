#ifndef TWINQ_JOURNAL_FILE_FILE_JOURNAL_H_
#define TWINQ_JOURNAL_FILE_FILE_JOURNAL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "core/base/file_system.h"
#include "journal/file/frame_buffer.h"
#include "journal/file/log_end.h"
#include "journal/file/log_format.h"
#include "journal/file/log_writer.h"
#include "journal/file/segment_files.h"
#include "journal/journal.h"

namespace twinq {

// A journal in a directory of its own: docs/journal_format.md draws its files and says how it
// recovers. A position is a number of bytes.
//
// Guarantee: whatever a crash leaves of what was not synced, Open() finds a prefix of what was
// appended that holds all that was durable; damage in what was durable is DataLoss, of Open() or of
// Replay(), and never skipped.
// Errors: as Journal has them; messages name file and offset.
// Thread-safety: as Journal. Lifetime: borrows the file system. Holds the directory until it is
// destroyed, which syncs nothing.
// Cost: a sync is one write and one fdatasync, and now and then some work for later ones (see
// SegmentSupply). Disk: the log from its head on, and up to four segments more.
// Limits: a record has at most kRecordBytesMax bytes (and fits into a segment).
class FileJournal : public Journal {
 public:
  struct Options {
    // Of a log that is not there yet.
    uint64_t new_log_id = 0;  // Drawn at random; see LogShape.
    uint64_t segment_bytes = kSegmentBytes;
  };

  // Begins a log if the directory has none. FailedPrecondition: somebody holds the directory.
  // DataLoss, Unimplemented: see FindLogEnd() and SegmentFiles.
  static absl::StatusOr<std::unique_ptr<FileJournal>> Open(FileSystem& file_system,
                                                           const std::string& directory,
                                                           const Options& options);
  // Use Open(). Takes over a log that `writer` has taken over.
  struct Opened {
    std::unique_ptr<SegmentFiles> files;
    std::unique_ptr<LogWriter> writer;
    LogEnd found;
  };
  explicit FileJournal(Opened opened);

  // What Open() has found.
  const LogEnd& found() const { return found_; }
  // Where positions lie on the disk.
  const LogShape& shape() const { return files_->shape(); }

  bool keeps_records() const override { return true; }
  absl::StatusOr<JournalPosition> Append(absl::Span<const absl::string_view> records) override;
  SyncedUpTo synced_up_to() const override { return synced_; }
  std::unique_ptr<SyncTicket> BeginSync() override;
  std::unique_ptr<SyncTicket> BeginWrite() override;
  absl::StatusOr<SyncedUpTo> EndSync(std::unique_ptr<SyncTicket> ticket,
                                     absl::Status outcome) override;
  bool WantsSync() const override;
  // What it lets go of is given back, or used again, by syncs that begin afterwards, a little with
  // each; one with nothing else to do serves as well.
  absl::Status DropBefore(JournalPosition position) override;
  // What was written so far.
  absl::Status Replay(
      absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) override;

 private:
  class Ticket;

  std::unique_ptr<Ticket> TakeTicket();

  const std::unique_ptr<SegmentFiles> files_;
  const LogEnd found_;
  // Belongs to the ticket while one is out.
  const std::unique_ptr<LogWriter> writer_;
  FrameBuffer buffer_;
  JournalPosition appended_;  // Behind the last record.
  JournalPosition head_;
  JournalPosition noted_head_;  // As the last frame has it.
  SyncedUpTo synced_;
  bool sync_in_flight_ = false;
  absl::Status failure_;
};

}  // namespace twinq

#endif  // TWINQ_JOURNAL_FILE_FILE_JOURNAL_H_
