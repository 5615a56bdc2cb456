#include "journal/file/log_writer.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/types/span.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq {
namespace {

constexpr uint64_t kRewriteBytes = 1 << 20;

}  // namespace

absl::Status LogWriter::TakeOver(const Batch& found) {
  TWINQ_RETURN_IF_ERROR(supply_.Provide(shape().SegmentOf(found.end)));
  // What the process before us renamed may be known to the operating system only.
  TWINQ_RETURN_IF_ERROR(files_.SyncDirectory());
  TWINQ_RETURN_IF_ERROR(Rewrite(found.durable, found.end));
  // Destroys the header of what may have been torn there, so that it can never become whole.
  TWINQ_RETURN_IF_ERROR(WriteMark(found.durable, found));
  return SyncWritten();
}

absl::Status LogWriter::Write(Batch& batch) {
  for (const LogExtent& extent : batch.extents) {
    TWINQ_RETURN_IF_ERROR(supply_.Provide(shape().SegmentOf(extent.begin)));
  }
  const FrameHeader known = {.epoch = epoch_, .durable = batch.durable, .head = batch.head};
  for (LogExtent& extent : batch.extents) {
    FinishFrames(shape(), known, extent);
    const uint64_t offset = shape().OffsetOf(extent.begin);
    const uint64_t end = offset + extent.bytes.size();
    const uint64_t page_end = (end + kPageBytes - 1) / kPageBytes * kPageBytes;
    extent.bytes.resize(std::min(page_end, shape().segment_bytes) - offset);
    TWINQ_RETURN_IF_ERROR(WriteAt(extent.begin, extent.bytes));
  }
  if (!batch.extents.empty()) head_ = batch.head;
  return absl::OkStatus();
}

absl::Status LogWriter::Sync(const Batch& batch) {
  if (unsynced_.empty()) return absl::OkStatus();
  TWINQ_RETURN_IF_ERROR(SyncWritten());
  supply_.Drop(shape().SegmentOf(head_));
  open_.erase(open_.begin(), open_.lower_bound(shape().SegmentOf(batch.end)));
  // Proves that the batch was durable as soon as the operating system has taken it to the disk by
  // itself; nobody waits for that. The next batch proves it at the latest.
  TWINQ_RETURN_IF_ERROR(WriteMark(batch.end, batch));
  unsynced_.clear();
  return absl::OkStatus();
}

absl::Status LogWriter::WorkAhead(const Batch& batch) {
  return supply_.WorkAhead(shape().SegmentOf(batch.end) + 1, shape().OffsetOf(batch.end));
}

absl::StatusOr<File*> LogWriter::FileOf(JournalPosition position) {
  const uint64_t segment = shape().SegmentOf(position);
  std::unique_ptr<File>& file = open_[segment];
  if (file == nullptr) {
    TWINQ_ASSIGN_OR_RETURN(file, files_.OpenSegment(segment));
  }
  return file.get();
}

absl::Status LogWriter::WriteAt(JournalPosition position, absl::string_view bytes) {
  TWINQ_ASSIGN_OR_RETURN(File* const file, FileOf(position));
  unsynced_.insert(shape().SegmentOf(position));
  return file->Write(shape().OffsetOf(position), bytes);
}

absl::Status LogWriter::Rewrite(JournalPosition begin, JournalPosition end) {
  while (begin < end) {
    const JournalPosition segment_end = shape().BeginOf(shape().SegmentOf(begin) + 1);
    const uint64_t bytes_left = std::min(end, segment_end).value() - begin.value();
    std::string bytes(std::min(kRewriteBytes, bytes_left), '\0');
    TWINQ_ASSIGN_OR_RETURN(File* const file, FileOf(begin));
    TWINQ_RETURN_IF_ERROR(file->Read(shape().OffsetOf(begin), absl::MakeSpan(bytes)).status());
    TWINQ_RETURN_IF_ERROR(WriteAt(begin, bytes));
    begin = JournalPosition(begin.value() + bytes.size());
  }
  return absl::OkStatus();
}

absl::Status LogWriter::WriteMark(JournalPosition durable, const Batch& batch) {
  const FrameHeader mark = {.type = FrameType::kMark,
                            .epoch = epoch_,
                            .position = batch.end,
                            .durable = durable,
                            .head = batch.head};
  char bytes[kFrameHeaderBytes];
  EncodeFrameHeader(shape(), mark, bytes);
  return WriteAt(batch.end, absl::string_view(bytes, sizeof(bytes)));
}

absl::Status LogWriter::SyncWritten() {
  for (const uint64_t segment : unsynced_) {
    TWINQ_RETURN_IF_ERROR(open_.at(segment)->SyncData());
  }
  unsynced_.clear();
  return absl::OkStatus();
}

}  // namespace twinq
