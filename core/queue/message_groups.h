#ifndef TWINQ_CORE_QUEUE_MESSAGE_GROUPS_H_
#define TWINQ_CORE_QUEUE_MESSAGE_GROUPS_H_

#include <compare>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"

#include "core/base/timestamp.h"
#include "core/model/group_id.h"
#include "core/queue/message_slots.h"
#include "core/queue/run_queue.h"
#include "core/queue/slab.h"

namespace twinq {

// The message groups of a FIFO queue: each the list of its undeleted messages by sequence number,
// and the order in which groups are served.
//
// Rules (SQS semantics 4.5). F1: deliverable from a group is the longest prefix of available
// messages, so a group can be served exactly when its head is available. F4: such groups are served
// by the moment their head became available: its send if it was never received, else the last end
// of its visibility; at the same instant (a batch of commands has one, a virtual clock may stand
// still) sends come first.
// Lifetime: borrows the slots. A group exists while it has a message; an idle one costs nothing.
// Cost: O(1) for heads that become available in the order of time, else O(log groups).
class MessageGroups {
 public:
  explicit MessageGroups(MessageSlots& slots)
      : slots_(slots),
        by_id_(0, IdHash{&groups_}, IdEqual{&groups_}),
        ready_(ByHead{&slots, &groups_}) {}
  MessageGroups(const MessageGroups&) = delete;
  MessageGroups& operator=(const MessageGroups&) = delete;

  void Joined(uint32_t slot, const GroupId& id);
  void BecameAvailable(uint32_t slot);
  void Taken(uint32_t slot);
  void Left(uint32_t slot);

  // The head of the group to serve next, or kNoIndex.
  uint32_t Candidate() const { return ready_.empty() ? kNoIndex : groups_[ready_.front()].head; }
  // The message behind `slot` in its group if it is available, else kNoIndex.
  uint32_t NextOfPrefix(uint32_t slot) const;
  const GroupId& GroupOf(uint32_t slot) const { return groups_[slots_[slot].group].id; }
  size_t size() const { return by_id_.size(); }
  std::vector<uint32_t> AvailableSlots() const;

 private:
  struct Group {
    GroupId id;
    uint32_t head = kNoIndex;
    uint32_t tail = kNoIndex;
    RunLinks links;  // In `ready_`, while its head is available.
  };
  using Groups = Slab<Group>;

  // Hashes and compares groups by their id, so that the set holds indices and no second copy of the
  // ids.
  struct IdHash {
    using is_transparent = void;
    size_t operator()(const GroupId& id) const { return absl::HashOf(id); }
    size_t operator()(uint32_t group) const { return absl::HashOf((*groups)[group].id); }
    const Groups* groups;
  };
  struct IdEqual {
    using is_transparent = void;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t group, const GroupId& id) const { return (*groups)[group].id == id; }
    bool operator()(const GroupId& id, uint32_t group) const { return (*groups)[group].id == id; }
    const Groups* groups;
  };
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

  MessageSlots& slots_;
  Groups groups_;
  std::vector<uint32_t> free_groups_;
  absl::flat_hash_set<uint32_t, IdHash, IdEqual> by_id_;
  RunQueue<ByHead> ready_;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_MESSAGE_GROUPS_H_
