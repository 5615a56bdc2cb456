#include "journal/file/log_reader.h"

#include <algorithm>

#include "absl/types/span.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"
#include "journal/crc32c.h"
#include "journal/little_endian.h"

namespace twinq {
namespace {

constexpr uint64_t kReadBytes = 1 << 20;

}  // namespace

absl::StatusOr<SegmentReader> SegmentReader::Open(SegmentFiles& files, uint64_t segment) {
  TWINQ_ASSIGN_OR_RETURN(std::unique_ptr<File> file, files.OpenSegment(segment));
  return SegmentReader(std::move(file), files.shape().segment_bytes);
}

absl::StatusOr<absl::string_view> SegmentReader::Peek(uint64_t offset, uint64_t bytes_min) {
  TWINQ_CHECK(offset + bytes_min <= segment_bytes_);
  const bool at_hand =
      offset >= buffer_offset_ && offset + bytes_min <= buffer_offset_ + buffer_.size();
  if (!at_hand) {
    buffer_.resize(std::min(std::max(kReadBytes, bytes_min), segment_bytes_ - offset));
    buffer_offset_ = offset;
    TWINQ_ASSIGN_OR_RETURN(const size_t read, file_->Read(offset, absl::MakeSpan(buffer_)));
    // The size was checked when the file was opened.
    if (read < buffer_.size()) return absl::DataLossError("a segment shrank while it was read");
  }
  return absl::string_view(buffer_).substr(offset - buffer_offset_);
}

absl::StatusOr<std::optional<LogReader::Frame>> LogReader::Next() {
  TWINQ_ASSIGN_OR_RETURN(std::optional<Frame> frame, Read());
  while (frame.has_value() && frame->header.type == FrameType::kSegmentEnd) {
    const LogShape& shape = files_->shape();
    const uint64_t next = shape.SegmentOf(frame->header.position) + 1;
    position_ = shape.BeginOf(next);
    segment_.reset();
    // It was there before the frame that says that the log goes on in it.
    TWINQ_ASSIGN_OR_RETURN(frame, Read());
  }
  return frame;
}

absl::StatusOr<std::optional<LogReader::Frame>> LogReader::Read() {
  const LogShape& shape = files_->shape();
  if (!segment_.has_value()) {
    TWINQ_ASSIGN_OR_RETURN(segment_, SegmentReader::Open(*files_, shape.SegmentOf(position_)));
  }
  const uint64_t offset = shape.OffsetOf(position_);
  TWINQ_ASSIGN_OR_RETURN(absl::string_view bytes, segment_->Peek(offset, kFrameHeaderBytes));
  const std::optional<FrameHeader> header = DecodeFrameHeader(shape, position_, bytes.data());
  if (!header.has_value()) return End(Ending::kNoHeader);
  if (header->epoch < epoch_) return End(Ending::kOlder);
  const uint64_t frame_bytes = kFrameHeaderBytes + header->body_bytes;
  TWINQ_ASSIGN_OR_RETURN(bytes, segment_->Peek(offset, frame_bytes));
  const absl::string_view body = bytes.substr(kFrameHeaderBytes, header->body_bytes);
  if (Crc32c(body) != header->body_crc) return End(Ending::kBadBody);
  epoch_ = header->epoch;
  head_ = header->head;
  if (header->type == FrameType::kMark) return End(Ending::kMark);
  position_ = header->end();
  return Frame{.header = *header, .body = body};
}

void LogReader::SkipTo(JournalPosition frame) {
  position_ = frame;
  segment_.reset();
}

std::optional<LogReader::Frame> LogReader::End(Ending ending) {
  ending_ = ending;
  return std::nullopt;
}

absl::Status VisitRecords(
    const LogReader::Frame& frame,
    absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) {
  uint64_t at = 0;
  for (uint32_t i = 0; i < frame.header.record_count; ++i) {
    if (frame.body.size() - at < kRecordPrefixBytes) return absl::DataLossError("a frame is short");
    const auto bytes = LoadLittleEndian<uint32_t>(&frame.body[at]);
    at += kRecordPrefixBytes;
    if (frame.body.size() - at < bytes) return absl::DataLossError("a frame is short");
    const JournalPosition behind(frame.header.position.value() + kFrameHeaderBytes + at + bytes);
    TWINQ_RETURN_IF_ERROR(visit(behind, frame.body.substr(at, bytes)));
    at += bytes;
  }
  return absl::OkStatus();
}

}  // namespace twinq
