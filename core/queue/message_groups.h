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
#include "core/queue/bucketed_queue.h"
#include "core/queue/hash_index.h"
#include "core/queue/message_slots.h"
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
  explicit MessageGroups(MessageSlots& slots) : slots_(slots) {}
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
  void PrefetchLeft(uint32_t slot) const;
  void EndReplay();

  // The head of the group to serve next, or kNoIndex. REQUIRES: a replay has ended.
  uint32_t Candidate() const {
    TWINQ_CHECK(unsorted_.empty());
    return ready_.empty() ? kNoIndex : ready_.front().slot;
  }
  // The message behind `slot` in its group if it is available, else kNoIndex.
  uint32_t NextOfPrefix(uint32_t slot) const;
  const GroupId& GroupOf(uint32_t slot) const { return groups_[slots_[slot].group].id; }
  size_t size() const { return by_id_.size(); }
  size_t ready() const { return ready_.size(); }  // Those that can be served now.

  // Whether it has so much memory that it should end piece by piece.
  bool is_big() const { return by_id_.is_big() || groups_.size() > kGroupsMax; }
  // Ends the groups piece by piece: as DedupWindow::FreeSome(). REQUIRES: no messages are left.
  int FreeSome(int budget);

 private:
  enum class Head : uint8_t { kNew, kReceived };
  // A group to serve, by its head, in the order of rule F4.
  struct Ready {
    Timestamp available_since;
    SequenceNumber sequence;
    uint32_t slot = kNoIndex;
    Head head = Head::kNew;

    friend bool operator==(const Ready& a, const Ready& b) { return a.sequence == b.sequence; }
    friend bool operator<(const Ready& a, const Ready& b) {
      if (a.available_since != b.available_since) return a.available_since < b.available_since;
      return std::tie(a.head, a.sequence) < std::tie(b.head, b.sequence);
    }
    friend bool operator>(const Ready& a, const Ready& b) { return b < a; }
  };

  struct Group {
    uint32_t head = kNoIndex;  // That there is none says that the group is gone.
    uint32_t tail = kNoIndex;  // Of a group that is gone: the next such.
    uint32_t id_hash = 0;
    GroupId id;
  };

  static constexpr uint32_t kFirstGroups = 64;   // Few: queues with a group or two are many.
  static constexpr uint32_t kGroupsMax = 8'192;  // To be freed at once.

  bool IsHead(uint32_t slot) const { return slots_[slot].group_previous == kNoIndex; }
  // Begins to load the groups to serve next, when another has been taken.
  void PrefetchNext();
  // Begins to load one more message of the next group. Each is found in the one before, so that
  // they would be waited for one after another when their turn has come.
  void PrefetchNextMember();
  // What orders the group of this head while the head is available.
  Ready ReadyOf(uint32_t head) const;
  uint32_t FindOrAdd(const GroupId& id);
  // Puts the messages of the group in order.
  void Sort(uint32_t group);
  uint32_t TakeFree();
  void Free(uint32_t index);

  MessageSlots& slots_;
  Slab<Group, kFirstGroups> groups_;
  uint32_t free_ = kNoIndex;  // A list of groups that are gone.
  SequenceNumber newest_;     // Of all messages that ever joined.
  HashIndex by_id_;
  std::vector<uint32_t> unsorted_;   // During a replay; some may be gone or stand here twice.
  BucketedQueue<Ready> ready_;       // Those whose heads are available.
  uint32_t next_member_ = kNoIndex;  // Of the group to serve next: the last that was prefetched.
  int members_left_ = 0;             // To prefetch.
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_MESSAGE_GROUPS_H_
