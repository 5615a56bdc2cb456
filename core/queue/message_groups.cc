#include "core/queue/message_groups.h"

#include <algorithm>

#include "absl/hash/hash.h"

namespace twinq {

MessageGroups::ByHead::Key MessageGroups::ByHead::key(uint32_t group) const {
  const MessageSlot& head = (*slots)[(*groups)[group].head];
  if (head.receive_count == 0) return {head.available_at, Head::kNew, head.sequence};
  return {head.available_at, Head::kReceived, head.sequence};
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
    by_id_.Erase(group.id_hash, index);
    group = Group();
    free_groups_.push_back(index);
  } else if (was_head && slots_[group.head].state == MessageSlot::State::kAvailable) {
    ready_.Push(index);
  }
}

void MessageGroups::EndReplay() {
  for (const uint32_t group : unsorted_) Sort(group);
  unsorted_ = {};
}

void MessageGroups::Sort(uint32_t index) {
  Group& group = groups_[index];
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
  if (group.head != kNoIndex && slots_[group.head].state == MessageSlot::State::kAvailable) {
    ready_.Push(index);
  }
}

uint32_t MessageGroups::NextOfPrefix(uint32_t slot) const {
  const uint32_t next = slots_[slot].group_next;
  if (next == kNoIndex || slots_[next].state != MessageSlot::State::kAvailable) return kNoIndex;
  return next;
}

uint32_t MessageGroups::FindOrAdd(const GroupId& id) {
  const uint32_t hash = HashIndex::Fold(absl::HashOf(id));
  uint32_t index = by_id_.Find(hash, [&](uint32_t group) { return groups_[group].id == id; });
  if (index != HashIndex::kNone) return index;
  if (free_groups_.empty()) {
    index = groups_.Grow();
  } else {
    index = free_groups_.back();
    free_groups_.pop_back();
  }
  groups_[index].id = id;
  groups_[index].id_hash = hash;
  by_id_.Insert(hash, index);
  return index;
}

}  // namespace twinq
