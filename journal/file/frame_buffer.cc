#include "journal/file/frame_buffer.h"

#include <utility>

#include "core/base/check.h"
#include "journal/crc32c.h"
#include "journal/little_endian.h"

namespace twinq {
namespace {

// More than this is given back to the allocator after a burst.
constexpr size_t kReusedBytesMax = 1 << 20;

constexpr uint64_t Padded(uint64_t bytes) {
  return (bytes + kFrameAlignmentBytes - 1) / kFrameAlignmentBytes * kFrameAlignmentBytes;
}

}  // namespace

JournalPosition FrameBuffer::Append(absl::string_view record) {
  TWINQ_CHECK(record.size() <= shape_.record_bytes_max());
  if (extents_.empty()) BeginExtent(end_);
  if (FrameGrows() && behind().value() - frame_.position.value() >= kFrameBodyBytesTarget) {
    EndFrame();
  }
  if (!Fits(record.size())) EndSegment();
  if (!FrameGrows()) BeginFrame(FrameType::kRecords);
  char prefix[kRecordPrefixBytes];
  StoreLittleEndian(static_cast<uint32_t>(record.size()), prefix);
  extent().bytes.append(prefix, sizeof(prefix));
  extent().bytes.append(record.data(), record.size());
  ++frame_.record_count;
  return behind();
}

void FrameBuffer::AppendNote() {
  if (extents_.empty()) BeginExtent(end_);
  if (FrameGrows()) EndFrame();
  if (!Fits(0)) EndSegment();
  BeginFrame(FrameType::kNote);
  EndFrame();
}

std::vector<LogExtent> FrameBuffer::Take() {
  if (FrameGrows()) EndFrame();
  return std::exchange(extents_, {});
}

void FrameBuffer::Reuse(std::vector<LogExtent> extents) {
  if (extents.empty() || extents.front().bytes.capacity() > kReusedBytesMax) return;
  spare_ = std::move(extents.front());
}

JournalPosition FrameBuffer::behind() const {
  return JournalPosition(extents_.back().begin.value() + extents_.back().bytes.size());
}

bool FrameBuffer::Fits(uint64_t record_bytes) const {
  const uint64_t header_bytes = FrameGrows() ? 0 : kFrameHeaderBytes;
  const uint64_t end = shape_.OffsetOf(extents_.back().begin) + extents_.back().bytes.size() +
                       header_bytes + kRecordPrefixBytes + record_bytes;
  // Every segment has room left for the frame that ends it.
  return Padded(end) + kFrameHeaderBytes <= shape_.segment_bytes;
}

void FrameBuffer::BeginExtent(JournalPosition begin) {
  extents_.push_back(std::exchange(spare_, {}));
  extent().begin = begin;
  extent().bytes.clear();
  extent().frames.clear();
}

void FrameBuffer::BeginFrame(FrameType type) {
  frame_ = {.type = type, .position = behind()};
  extent().bytes.append(kFrameHeaderBytes, '\0');
}

void FrameBuffer::EndFrame() {
  std::string& bytes = extent().bytes;
  bytes.resize(Padded(bytes.size()));
  end_ = behind();
  frame_.body_bytes =
      static_cast<uint32_t>(end_.value() - frame_.position.value() - kFrameHeaderBytes);
  extent().frames.push_back(std::exchange(frame_, {}));
}

void FrameBuffer::EndSegment() {
  if (FrameGrows()) EndFrame();
  BeginFrame(FrameType::kSegmentEnd);
  EndFrame();
  end_ = shape_.BeginOf(shape_.SegmentOf(extent().begin) + 1);
  BeginExtent(end_);
}

void FinishFrames(const LogShape& shape, const FrameHeader& known, LogExtent& extent) {
  for (FrameHeader& frame : extent.frames) {
    char* const bytes = &extent.bytes[frame.position.value() - extent.begin.value()];
    frame.epoch = known.epoch;
    frame.durable = known.durable;
    frame.head = known.head;
    frame.body_crc = Crc32c(absl::string_view(bytes + kFrameHeaderBytes, frame.body_bytes));
    EncodeFrameHeader(shape, frame, bytes);
  }
}

}  // namespace twinq
