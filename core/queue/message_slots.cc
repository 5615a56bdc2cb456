#include "core/queue/message_slots.h"

#include "core/base/check.h"

namespace twinq {

MessageSlot& MessageSlots::Take(uint32_t index) {
  while (slots_.size() <= index) PushFree(slots_.Grow());
  MessageSlot& slot = slots_[index];
  TWINQ_CHECK(slot.state == MessageSlot::State::kFree);
  const RunLinks links = slot.links;
  (links.previous == kNoIndex ? free_ : slots_[links.previous].links.next) = links.next;
  if (links.next != kNoIndex) slots_[links.next].links.previous = links.previous;
  slot = MessageSlot();
  slot.state = MessageSlot::State::kDelayed;
  ++used_;
  return slot;
}

void MessageSlots::Free(uint32_t index) {
  MessageSlot& slot = slots_[index];
  TWINQ_CHECK(slot.state != MessageSlot::State::kFree && slot.links.place == kNoIndex &&
              slot.age_links.place == kNoIndex);
  slot.state = MessageSlot::State::kFree;
  --used_;
  PushFree(index);
}

void MessageSlots::PushFree(uint32_t index) {
  slots_[index].links = {.previous = kNoIndex, .next = free_, .place = kNoIndex};
  if (free_ != kNoIndex) slots_[free_].links.previous = index;
  free_ = index;
}

}  // namespace twinq
