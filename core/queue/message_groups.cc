#include "core/queue/message_groups.h"

#include <algorithm>
#include <utility>

#include "core/model/limits.h"

namespace twinq {

int MessageGroups::FreeSome(int budget) {
  constexpr uint32_t kGroupsPerItem = 6;  // To free them takes as long as a message.
  constexpr int kItemsPerPiece = 100;
  const uint32_t groups = std::min(static_cast<uint32_t>(budget) * kGroupsPerItem, groups_.size());
  groups_.FreeLast(groups);
  int done = static_cast<int>(groups / kGroupsPerItem);
  for (; done < budget && by_id_.FreePiece(); done += kItemsPerPiece) continue;
  return done;
}

void MessageGroups::PrefetchGroup(uint32_t hash) const {
  const uint32_t group = by_id_.FindAny(hash);
  if (group != HashIndex::kNone) Prefetch(groups_[group]);
}

void MessageGroups::PrefetchTail(uint32_t hash) const {
  const uint32_t group = by_id_.FindAny(hash);
  if (group == HashIndex::kNone || groups_[group].tail == kNoIndex) return;
  Prefetch(slots_[groups_[group].tail].group_next);  // All that is written, and nothing is read.
}

void MessageGroups::PrefetchNext() {
  constexpr size_t kSlotsAhead = 2;
  if (const Ready* far = ready_.Behind(kSlotsAhead)) slots_.Prefetch(far->slot);
  const Ready* next = ready_.Behind(0);
  next_member_ = next == nullptr ? kNoIndex : next->slot;
  members_left_ = kReceiveMessagesMax;
  if (next != nullptr) Prefetch(groups_[slots_[next->slot].group]);
}

void MessageGroups::PrefetchNextMember() {
  if (next_member_ == kNoIndex || members_left_ == 0) return;
  --members_left_;
  next_member_ = slots_[next_member_].group_next;  // Of a slot that is another's by now: no harm.
  slots_.Prefetch(next_member_);
}

void MessageGroups::PrefetchLeft(uint32_t slot) const {
  const MessageSlot& message = slots_[slot];
  slots_.Prefetch(message.group_next);
  if (message.group < groups_.size()) Prefetch(groups_[message.group]);
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
    // Reading the tail would wait for its coming: only a replay needs to.
    if (message.sequence < newest_ && message.sequence < slots_[group.tail].sequence) {
      unsorted_.push_back(index);
    }
    slots_[group.tail].group_next = slot;
  }
  group.tail = slot;
  newest_ = std::max(newest_, message.sequence);
}

void MessageGroups::BecameAvailable(uint32_t slot) {
  if (IsHead(slot)) ready_.Insert(ReadyOf(slot));
}

void MessageGroups::Taken(uint32_t slot) {
  if (!IsHead(slot)) return PrefetchNextMember();
  ready_.Erase(ReadyOf(slot));
  PrefetchNext();
  const Group& group = groups_[slots_[slot].group];
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
    ready_.Insert(ReadyOf(group.head));
  }
}

void MessageGroups::EndReplay() {
  for (const uint32_t group : unsorted_) Sort(group);
  unsorted_ = {};
}

void MessageGroups::Sort(uint32_t index) {
  Group& group = groups_[index];
  if (group.head == kNoIndex) return;  // It is gone.
  const bool was_ready = slots_[group.head].state == MessageSlot::State::kAvailable;
  if (was_ready) ready_.Erase(ReadyOf(group.head));
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
  const bool is_ready = slots_[group.head].state == MessageSlot::State::kAvailable;
  if (is_ready) ready_.Insert(ReadyOf(group.head));
}

MessageGroups::Ready MessageGroups::ReadyOf(uint32_t head) const {
  const MessageSlot& message = slots_[head];
  return {.available_since = message.available_at,
          .sequence = message.sequence,
          .slot = head,
          .head = message.receive_count == 0 ? Head::kNew : Head::kReceived};
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
  const uint32_t index = free_;
  free_ = std::exchange(groups_[index].tail, kNoIndex);
  return index;
}

void MessageGroups::Free(uint32_t index) {
  groups_[index] = Group();
  groups_[index].tail = std::exchange(free_, index);
}

}  // namespace twinq
