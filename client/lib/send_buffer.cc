#include "client/lib/send_buffer.h"

#include <utility>

namespace twinq::client {

size_t SizeOf(const OutgoingMessage& message) {
  size_t bytes = message.body.size();
  for (const auto& [name, attribute] : message.options.attributes) {
    bytes += name.size() + attribute.data_type.size() + attribute.value.size();
  }
  return bytes;
}

void SendBuffer::Add(PendingSend pending, absl::Time now) {
  Lane& lane = LaneOf(pending.message.options);
  const bool is_first = lane.waiting.empty();
  const size_t bytes = SizeOf(pending.message);
  lane.waiting.push_back(
      {.number = next_number_++, .bytes = bytes, .since = now, .pending = std::move(pending)});
  lane.bytes += bytes;
  if (lane.is_under_way) return;
  if (is_first) ready_.emplace(lane.waiting.front().number, &lane);
  ++messages_ready_;
  bytes_ready_ += bytes;
}

absl::Time SendBuffer::DueAt() const {
  if (ready_.empty()) return absl::InfiniteFuture();
  if (messages_ready_ >= limits_.messages_max || bytes_ready_ >= limits_.bytes_max) {
    return absl::InfinitePast();
  }
  return ready_.begin()->second->waiting.front().since + limits_.linger;
}

SendBuffer::Batch SendBuffer::Take() {
  Batch batch;
  size_t batch_bytes = 0;
  while (!ready_.empty() && batch.messages.size() < limits_.messages_max) {
    Lane& lane = *ready_.begin()->second;
    const size_t bytes = lane.waiting.front().bytes;
    if (!batch.messages.empty() && batch_bytes + bytes > limits_.bytes_max) break;
    ready_.erase(ready_.begin());
    PendingSend pending = std::move(lane.waiting.front().pending);
    lane.waiting.pop_front();
    if (!lane.waiting.empty()) ready_.emplace(lane.waiting.front().number, &lane);
    lane.bytes -= bytes;
    --messages_ready_;
    bytes_ready_ -= bytes;
    batch_bytes += bytes;
    batch.messages.push_back(std::move(pending.message));
    batch.pending.push_back(std::move(pending));
  }
  if (kind_ == QueueKind::kStandard) return batch;
  for (const OutgoingMessage& message : batch.messages) MakeUnready(LaneOf(message.options));
  return batch;
}

void SendBuffer::GiveBack(const Batch& batch) {
  if (kind_ == QueueKind::kStandard) return;
  for (const OutgoingMessage& message : batch.messages) {
    const auto lane = lanes_.find(message.options.group_id.value_or(""));
    if (lane == lanes_.end() || !lane->second.is_under_way) continue;  // One of its others was it.
    MakeReady(lane->second);
    if (lane->second.waiting.empty()) lanes_.erase(lane);
  }
}

SendBuffer::Lane& SendBuffer::LaneOf(const SendOptions& options) {
  return lanes_[kind_ == QueueKind::kFifo ? options.group_id.value_or("") : ""];
}

void SendBuffer::MakeReady(Lane& lane) {
  lane.is_under_way = false;
  if (lane.waiting.empty()) return;
  ready_.emplace(lane.waiting.front().number, &lane);
  messages_ready_ += lane.waiting.size();
  bytes_ready_ += lane.bytes;
}

void SendBuffer::MakeUnready(Lane& lane) {
  if (lane.is_under_way) return;
  lane.is_under_way = true;
  if (lane.waiting.empty()) return;
  ready_.erase(lane.waiting.front().number);
  messages_ready_ -= lane.waiting.size();
  bytes_ready_ -= lane.bytes;
}

}  // namespace twinq::client
