#ifndef TWINQ_CORE_QUEUE_MESSAGE_GROUPS_H_
#define TWINQ_CORE_QUEUE_MESSAGE_GROUPS_H_

#include <compare>
#include <cstdint>
#include <tuple>
#include <vector>

#include "absl/hash/hash.h"

#include "core/base/check.h"
#include "core/base/timestamp.h"
#include "core/model/group_id.h"
#include "core/queue/hash_index.h"
#include "core/queue/lazy_heap.h"
#include "core/queue/message_slots.h"
#include "core/queue/run_queue.h"
#include "core/queue/slab.h"

namespace twinq {

// The message groups of a FIFO queue: each the list of its undeleted messages by sequence number,
// and the order in which groups are served. A replayed log may hold copies of messages behind later
// ones of their group; EndReplay() puts them in order.
//
// Rules (SQS semantics 4.5). F1: deliverable from a group is the longest prefix of available
// messages, so a group can be served exactly when its head is available. F4: such groups are served
// by the moment their head became available: the end of its delay, as it was at the send, if it was
// never received, else the last end of its visibility; at the same instant (a batch of commands has
// one, a virtual clock may stand still) sends come first. Lifetime: borrows the slots. A group
// exists while it has a message; an idle one costs nothing. Cost: O(1) for heads that become
// available in the order of time, else O(log groups).
class MessageGroups {
 public:
  explicit MessageGroups(MessageSlots& slots) : slots_(slots), ready_(ByHead{&groups_}) {}
  MessageGroups(const MessageGroups&) = delete;
  MessageGroups& operator=(const MessageGroups&) = delete;

  // A message of the group of this hash is about to join: begins to load, one from the other, where
  // the group is found, the group, and its last message.
  static uint32_t HashOf(const GroupId& id) { return HashIndex::Fold(absl::HashOf(id)); }
  void PrefetchCell(uint32_t hash) const { by_id_.Prefetch(hash); }
  void PrefetchGroup(uint32_t hash) const;
  void PrefetchTail(uint32_t hash) const;

  void Joined(uint32_t slot, const GroupId& id);
  void BecameAvailable(uint32_t slot);
  void Taken(uint32_t slot);
  void Left(uint32_t slot);
  void EndReplay();

  // The head of the group to serve next, or kNoIndex. REQUIRES: a replay has ended.
  uint32_t Candidate() const {
    TWINQ_CHECK(unsorted_.empty());
    return FirstHead();
  }
  // The message behind `slot` in its group if it is available, else kNoIndex.
  uint32_t NextOfPrefix(uint32_t slot) const;
  const GroupId& GroupOf(uint32_t slot) const { return groups_[slots_[slot].group].id; }
  size_t size() const { return by_id_.size(); }

 private:
  // The order of rule F4.
  enum class Head : uint8_t { kNew, kReceived };
  struct ReadyKey {
    Timestamp available_since;
    SequenceNumber sequence;
    Head head = Head::kNew;

    friend bool operator==(const ReadyKey&, const ReadyKey&) = default;
    friend auto operator<=>(const ReadyKey& a, const ReadyKey& b) {
      return std::tie(a.available_since, a.head, a.sequence) <=>
             std::tie(b.available_since, b.head, b.sequence);
    }
  };

  struct Group {
    ReadyKey ready_key;  // While its head is available. Here, so that ordering touches no message.
    RunLinks links;      // In `ready_`, while its head is available; in `free_`.
    uint32_t head = kNoIndex;
    uint32_t tail = kNoIndex;
    uint32_t id_hash = 0;
    GroupId id;
  };
  using Groups = Slab<Group>;

  struct ByHead {
    using Key = ReadyKey;
    const Key& key(uint32_t group) const { return (*groups)[group].ready_key; }
    RunLinks& links(uint32_t group) { return (*groups)[group].links; }
    Groups* groups;
  };

  uint32_t FirstHead() const { return ready_.empty() ? kNoIndex : groups_[ready_.front()].head; }
  uint32_t FindOrAdd(const GroupId& id);
  // Puts the messages of the group in order.
  void Sort(uint32_t group);
  uint32_t TakeFree();
  void Free(uint32_t index);
  // Of the group whose head has become available.
  void PutReady(uint32_t index);

  MessageSlots& slots_;
  Groups groups_;
  uint32_t free_ = kNoIndex;  // A list through `links`.
  HashIndex by_id_;
  std::vector<uint32_t> unsorted_;  // During a replay; some may be gone or stand here twice.
  RunQueue<ByHead, LazyHeap<ByHead>> ready_;  // They leave at the front, but for expired heads.
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_MESSAGE_GROUPS_H_
