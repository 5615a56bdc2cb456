#ifndef TWINQ_CORE_QUEUE_MESSAGE_GROUPS_H_
#define TWINQ_CORE_QUEUE_MESSAGE_GROUPS_H_

#include <compare>
#include <cstdint>
#include <vector>

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
  explicit MessageGroups(MessageSlots& slots) : slots_(slots), ready_(ByHead{&slots, &groups_}) {}
  MessageGroups(const MessageGroups&) = delete;
  MessageGroups& operator=(const MessageGroups&) = delete;

  void Joined(uint32_t slot, const GroupId& id);
  void BecameAvailable(uint32_t slot);
  void Taken(uint32_t slot);
  void Left(uint32_t slot);
  void EndReplay();

  // The head of the group to serve next, or kNoIndex. REQUIRES: a replay has ended.
  uint32_t Candidate() const {
    TWINQ_CHECK(unsorted_.empty());
    return ready_.empty() ? kNoIndex : groups_[ready_.front()].head;
  }
  // The message behind `slot` in its group if it is available, else kNoIndex.
  uint32_t NextOfPrefix(uint32_t slot) const;
  const GroupId& GroupOf(uint32_t slot) const { return groups_[slots_[slot].group].id; }
  size_t size() const { return by_id_.size(); }

 private:
  struct Group {
    GroupId id;
    uint32_t head = kNoIndex;
    uint32_t tail = kNoIndex;
    RunLinks links;  // In `ready_`, while its head is available.
    uint32_t id_hash = 0;
  };
  using Groups = Slab<Group>;

  struct ByHead {
    enum class Head : uint8_t { kNew, kReceived };
    struct Key {
      Timestamp available_since;
      Head head = Head::kNew;
      SequenceNumber sequence;
      friend auto operator<=>(const Key&, const Key&) = default;
    };
    Key key(uint32_t group) const;
    RunLinks& links(uint32_t group) { return (*groups)[group].links; }
    const MessageSlots* slots;
    Groups* groups;
  };

  uint32_t FindOrAdd(const GroupId& id);
  void Sort(uint32_t group);

  MessageSlots& slots_;
  Groups groups_;
  std::vector<uint32_t> free_groups_;
  HashIndex by_id_;
  std::vector<uint32_t> unsorted_;  // During a replay; some may be gone or stand here twice.
  RunQueue<ByHead, LazyHeap<ByHead>> ready_;  // They leave at the front, but for expired heads.
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_MESSAGE_GROUPS_H_
