#include "journal/file/file_journal.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/status_macros.h"
#include "journal/file/log_reader.h"
#include "journal/file/log_scan.h"

namespace twinq {

// Has its batch, and the writer to itself, from BeginSync() to EndSync().
class FileJournal::Ticket : public SyncTicket {
 public:
  enum class Depth : uint8_t { kWrite, kSync };

  Ticket(LogWriter& writer, LogWriter::Batch batch, absl::Status refused)
      : writer_(writer), batch_(std::move(batch)), refused_(std::move(refused)) {}

  absl::Status Run() override {
    TWINQ_RETURN_IF_ERROR(refused_);
    TWINQ_RETURN_IF_ERROR(writer_.Write(batch_));
    if (depth == Depth::kSync) TWINQ_RETURN_IF_ERROR(writer_.Sync(batch_));
    return writer_.WorkAhead(batch_);
  }

  LogWriter::Batch& batch() { return batch_; }

  Depth depth = Depth::kSync;

 private:
  LogWriter& writer_;
  LogWriter::Batch batch_;
  const absl::Status refused_;
};

absl::StatusOr<std::unique_ptr<FileJournal>> FileJournal::Open(FileSystem& file_system,
                                                               const std::string& directory,
                                                               const Options& options) {
  const LogShape shape = {.log_id = options.new_log_id, .segment_bytes = options.segment_bytes};
  TWINQ_CHECK(shape.segment_bytes >= kSegmentBytesMin && shape.segment_bytes <= kSegmentBytesMax &&
              shape.segment_bytes % kFrameAlignmentBytes == 0);
  TWINQ_RETURN_IF_ERROR(file_system.MakeDirectory(directory));
  TWINQ_ASSIGN_OR_RETURN(SegmentFiles found_files,
                         SegmentFiles::Open(file_system, directory, shape));
  Opened opened;
  opened.files = std::make_unique<SegmentFiles>(std::move(found_files));
  TWINQ_ASSIGN_OR_RETURN(opened.found, FindLogEnd(*opened.files));
  opened.writer = std::make_unique<LogWriter>(*opened.files, opened.found.epoch + 1);
  TWINQ_RETURN_IF_ERROR(opened.writer->TakeOver(
      {.end = opened.found.end, .durable = opened.found.durable, .head = opened.found.head}));
  return std::make_unique<FileJournal>(std::move(opened));
}

FileJournal::FileJournal(Opened opened)
    : files_(std::move(opened.files)),
      found_(opened.found),
      writer_(std::move(opened.writer)),
      buffer_(files_->shape(), found_.end),
      appended_(found_.end),
      head_(found_.head),
      noted_head_(found_.head),
      synced_{.written = found_.end, .durable = found_.end} {}

absl::StatusOr<JournalPosition> FileJournal::Append(absl::Span<const absl::string_view> records) {
  TWINQ_RETURN_IF_ERROR(failure_);
  for (const absl::string_view record : records) appended_ = buffer_.Append(record);
  return appended_;
}

std::unique_ptr<SyncTicket> FileJournal::BeginSync() { return TakeTicket(); }

std::unique_ptr<SyncTicket> FileJournal::BeginWrite() {
  std::unique_ptr<Ticket> ticket = TakeTicket();
  ticket->depth = Ticket::Depth::kWrite;
  return ticket;
}

std::unique_ptr<FileJournal::Ticket> FileJournal::TakeTicket() {
  TWINQ_CHECK(!std::exchange(sync_in_flight_, true));
  std::vector<LogExtent> extents = buffer_.Take();
  if (extents.empty() && head_ > noted_head_) {
    buffer_.AppendNote();
    extents = buffer_.Take();
  }
  noted_head_ = head_;
  LogWriter::Batch batch = {
      .extents = std::move(extents), .durable = synced_.durable, .head = head_};
  batch.end = buffer_.end();
  return std::make_unique<Ticket>(*writer_, std::move(batch), failure_);
}

absl::StatusOr<SyncedUpTo> FileJournal::EndSync(std::unique_ptr<SyncTicket> ticket,
                                                absl::Status outcome) {
  TWINQ_CHECK(std::exchange(sync_in_flight_, false));
  failure_.Update(outcome);
  TWINQ_RETURN_IF_ERROR(failure_);
  auto& ours = static_cast<Ticket&>(*ticket);
  LogWriter::Batch& batch = ours.batch();
  synced_.written = batch.end;
  if (ours.depth == Ticket::Depth::kSync) synced_.durable = batch.end;
  buffer_.Reuse(std::move(batch.extents));
  return synced_;
}

bool FileJournal::WantsSync() const {
  if (sync_in_flight_ || !failure_.ok()) return false;
  const LogShape& shape = files_->shape();
  return shape.SegmentOf(head_) > shape.SegmentOf(noted_head_) || writer_->HasTooManyDropped();
}

absl::Status FileJournal::DropBefore(JournalPosition position) {
  TWINQ_CHECK(position <= synced_.durable);
  head_ = std::max(head_, position);
  return failure_;
}

absl::Status FileJournal::Replay(
    absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) {
  TWINQ_CHECK(!sync_in_flight_);
  LogReader reader(*files_, files_->shape().SegmentOf(head_));
  while (reader.position() < synced_.written) {
    TWINQ_ASSIGN_OR_RETURN(const std::optional<LogReader::Frame> frame, reader.Next());
    if (!frame.has_value()) {
      if (reader.position() == synced_.written) break;  // At the beginning of a segment.
      TWINQ_ASSIGN_OR_RETURN(const LogDamage damage,
                             DamageBehind(*files_, reader, synced_.written));
      return absl::DataLossError(damage.message);
    }
    TWINQ_RETURN_IF_ERROR(
        VisitRecords(*frame, [&](JournalPosition behind, absl::string_view record) {
          return behind > head_ ? visit(behind, record) : absl::OkStatus();
        }));
  }
  return absl::OkStatus();
}

}  // namespace twinq
