#include "core/queue/message_groups.h"

#include <algorithm>
#include <utility>

namespace twinq {

void MessageGroups::PrefetchGroup(uint32_t hash) const {
  const uint32_t group = by_id_.FindAny(hash);
  if (group != HashIndex::kNone) Prefetch(groups_[group]);
}

void MessageGroups::PrefetchTail(uint32_t hash) const {
  const uint32_t group = by_id_.FindAny(hash);
  if (group != HashIndex::kNone) slots_.Prefetch(groups_[group].tail);
}

void MessageGroups::Joined(uint32_t slot, const GroupId& id) {
  const uint32_t index = FindOrAdd(id);
  Group& group = groups_[index];
  MessageSlot& message = slots_[slot];
  message.group = index;
  message.group_previous = group.tail;
  if (group.tail == kNoIndex) {
    group.head = slot;
  } else {
    if (message.sequence < slots_[group.tail].sequence) unsorted_.push_back(index);
    slots_[group.tail].group_next = slot;
  }
  group.tail = slot;
}

void MessageGroups::BecameAvailable(uint32_t slot) {
  const uint32_t group = slots_[slot].group;
  if (groups_[group].head == slot) PutReady(group);
}

void MessageGroups::Taken(uint32_t slot) {
  const uint32_t index = slots_[slot].group;
  const Group& group = groups_[index];
  if (group.head != slot) return;
  ready_.Remove(index);
  slots_.Prefetch(FirstHead());
  if (group.tail == slot) by_id_.Prefetch(group.id_hash);  // It is likely to end with its message.
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
    by_id_.Erase(group.id_hash, index);
    Free(index);
  } else if (was_head && slots_[group.head].state == MessageSlot::State::kAvailable) {
    PutReady(index);
  }
}

void MessageGroups::EndReplay() {
  for (const uint32_t group : unsorted_) Sort(group);
  unsorted_ = {};
}

void MessageGroups::Sort(uint32_t index) {
  Group& group = groups_[index];
  if (group.head == kNoIndex) return;  // It is gone.
  if (group.links.place != kNoIndex) ready_.Remove(index);
  std::vector<uint32_t> members;
  for (uint32_t slot = group.head; slot != kNoIndex; slot = slots_[slot].group_next) {
    members.push_back(slot);
  }
  std::sort(members.begin(), members.end(),
            [this](uint32_t a, uint32_t b) { return slots_[a].sequence < slots_[b].sequence; });
  group.head = group.tail = kNoIndex;
  for (const uint32_t slot : members) {
    slots_[slot].group_previous = group.tail;
    slots_[slot].group_next = kNoIndex;
    (group.tail == kNoIndex ? group.head : slots_[group.tail].group_next) = slot;
    group.tail = slot;
  }
  if (slots_[group.head].state == MessageSlot::State::kAvailable) PutReady(index);
}

void MessageGroups::PutReady(uint32_t index) {
  Group& group = groups_[index];
  const MessageSlot& head = slots_[group.head];
  group.ready_key = {.available_since = head.available_at,
                     .sequence = head.sequence,
                     .head = head.receive_count == 0 ? Head::kNew : Head::kReceived};
  ready_.Push(index);
}

uint32_t MessageGroups::NextOfPrefix(uint32_t slot) const {
  const uint32_t next = slots_[slot].group_next;
  if (next == kNoIndex || slots_[next].state != MessageSlot::State::kAvailable) return kNoIndex;
  return next;
}

uint32_t MessageGroups::FindOrAdd(const GroupId& id) {
  const uint32_t hash = HashOf(id);
  uint32_t index = by_id_.Find(hash, [&](uint32_t group) { return groups_[group].id == id; });
  if (index != HashIndex::kNone) return index;
  index = TakeFree();
  groups_[index].id = id;
  groups_[index].id_hash = hash;
  by_id_.Insert(hash, index);
  return index;
}

uint32_t MessageGroups::TakeFree() {
  if (free_ == kNoIndex) return groups_.Grow();
  const uint32_t index = std::exchange(free_, groups_[free_].links.next);
  groups_[index].links = RunLinks();
  return index;
}

void MessageGroups::Free(uint32_t index) {
  groups_[index] = Group();
  groups_[index].links.next = std::exchange(free_, index);
}

}  // namespace twinq
