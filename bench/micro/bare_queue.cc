#include "bench/micro/bare_queue.h"

#include <cstring>

namespace twinq::bench {
namespace {

constexpr int64_t kVisibilityTimeoutNs = 30'000'000'000;

}  // namespace

void BareQueue::Send(int64_t now_ns, uint64_t id, absl::string_view body) {
  const SlotIndex index = TakeFreeSlot();
  Slot& slot = At(index);
  slot.id = id;
  slot.sequence = next_sequence_++;
  slot.sent_ns = now_ns;
  slot.body = std::make_unique_for_overwrite<char[]>(body.size());
  std::memcpy(slot.body.get(), body.data(), body.size());
  slot.body_bytes = static_cast<uint32_t>(body.size());
  slot.receive_count = 0;
  slot_of_id_.emplace(id, index);
  Append(available_, index);
}

BareQueue::Received BareQueue::Receive(int64_t now_ns) {
  const SlotIndex index = available_.head;
  Slot& slot = At(index);
  Unlink(available_, index);
  Append(in_flight_, index);
  slot.visible_at_ns = now_ns + kVisibilityTimeoutNs;
  ++slot.receive_count;
  return {slot.id, absl::string_view(slot.body.get(), slot.body_bytes)};
}

void BareQueue::Delete(uint64_t id) {
  const auto found = slot_of_id_.find(id);
  const SlotIndex index = found->second;
  slot_of_id_.erase(found);
  Unlink(in_flight_, index);
  Slot& slot = At(index);
  slot.body.reset();
  slot.next = free_;
  free_ = index;
}

BareQueue::SlotIndex BareQueue::TakeFreeSlot() {
  if (free_ != kNone) {
    const SlotIndex index = free_;
    free_ = At(index).next;
    return index;
  }
  if (used_slots_ == chunks_.size() * kChunkSlots) {
    chunks_.push_back(std::make_unique<Slot[]>(kChunkSlots));
  }
  return used_slots_++;
}

void BareQueue::Append(List& list, SlotIndex index) {
  Slot& slot = At(index);
  slot.previous = list.tail;
  slot.next = kNone;
  (list.tail == kNone ? list.head : At(list.tail).next) = index;
  list.tail = index;
}

void BareQueue::Unlink(List& list, SlotIndex index) {
  const Slot& slot = At(index);
  (slot.previous == kNone ? list.head : At(slot.previous).next) = slot.next;
  (slot.next == kNone ? list.tail : At(slot.next).previous) = slot.previous;
}

}  // namespace twinq::bench
