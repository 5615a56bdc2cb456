#include "core/queue/message_groups.h"

#include "core/base/check.h"

namespace twinq {

MessageGroups::ByHead::Key MessageGroups::ByHead::key(uint32_t group) const {
  const MessageSlot& head = (*slots)[(*groups)[group].head];
  if (head.receive_count == 0) return {head.sent_at, Head::kNew, head.sequence};
  return {head.visible_at, Head::kReceived, head.sequence};
}

void MessageGroups::Joined(uint32_t slot, const GroupId& id) {
  const uint32_t index = FindOrAdd(id);
  Group& group = groups_[index];
  MessageSlot& message = slots_[slot];
  message.group = index;
  message.group_previous = group.tail;
  if (group.tail == kNoIndex) {
    group.head = slot;
    ready_.Push(index);
  } else {
    TWINQ_CHECK(slots_[group.tail].sequence < message.sequence);
    slots_[group.tail].group_next = slot;
  }
  group.tail = slot;
}

void MessageGroups::BecameAvailable(uint32_t slot) {
  const uint32_t group = slots_[slot].group;
  if (groups_[group].head == slot) ready_.Push(group);
}

void MessageGroups::Taken(uint32_t slot) {
  const uint32_t group = slots_[slot].group;
  if (groups_[group].head == slot) ready_.Remove(group);
}

void MessageGroups::Left(uint32_t slot) {
  const MessageSlot& message = slots_[slot];
  const uint32_t index = message.group;
  Group& group = groups_[index];
  const bool was_head = group.head == slot;
  (was_head ? group.head : slots_[message.group_previous].group_next) = message.group_next;
  (group.tail == slot ? group.tail : slots_[message.group_next].group_previous) =
      message.group_previous;

  if (group.head == kNoIndex) {
    by_id_.erase(index);
    group = Group();
    free_groups_.push_back(index);
  } else if (was_head && slots_[group.head].state == MessageSlot::State::kAvailable) {
    ready_.Push(index);
  }
}

uint32_t MessageGroups::NextOfPrefix(uint32_t slot) const {
  const uint32_t next = slots_[slot].group_next;
  if (next == kNoIndex || slots_[next].state != MessageSlot::State::kAvailable) return kNoIndex;
  return next;
}

std::vector<uint32_t> MessageGroups::AvailableSlots() const {
  std::vector<uint32_t> available;
  for (uint32_t index : by_id_) {
    for (uint32_t slot = groups_[index].head; slot != kNoIndex; slot = slots_[slot].group_next) {
      if (slots_[slot].state == MessageSlot::State::kAvailable) available.push_back(slot);
    }
  }
  return available;
}

uint32_t MessageGroups::FindOrAdd(const GroupId& id) {
  if (const auto found = by_id_.find(id); found != by_id_.end()) return *found;
  uint32_t index = kNoIndex;
  if (free_groups_.empty()) {
    index = groups_.Grow();
  } else {
    index = free_groups_.back();
    free_groups_.pop_back();
  }
  groups_[index].id = id;
  by_id_.insert(index);
  return index;
}

}  // namespace twinq
