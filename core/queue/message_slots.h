#ifndef TWINQ_CORE_QUEUE_MESSAGE_SLOTS_H_
#define TWINQ_CORE_QUEUE_MESSAGE_SLOTS_H_

#include <cstddef>
#include <cstdint>

#include "core/base/prefetch.h"
#include "core/base/timestamp.h"
#include "core/model/message_id.h"
#include "core/model/sequence_number.h"
#include "core/queue/body_ref.h"
#include "core/queue/message_age.h"
#include "core/queue/run_queue.h"
#include "core/queue/slab.h"

namespace twinq {

// What the engine keeps of one message. 96 bytes; the body is elsewhere (BodyRef).
//
//             delay > 0                   Receive
//   kFree ─┬────────────► kDelayed     ┌───────────► kInFlight ──Delete──► kFree
//          │                 │ due     │                │
//          │                 ▼         │                │
//          └────────────► kAvailable ──┘                │
//             no delay       ▲                          │
//                            └─── due, or visibility 0 ─┘
//   The end of retention frees it from any state.
struct MessageSlot {
  enum class State : uint8_t { kFree, kDelayed, kAvailable, kInFlight };

  SequenceNumber sequence;
  MessageId id;
  BodyRef body;
  Timestamp sent_at;  // Retention and the queue's delay count from it.
  // Delayed: when the delay ends, as it was at the send. In flight: when the visibility ends.
  // Available: when whichever was last has ended.
  Timestamp available_at;
  uint32_t body_bytes : 24 = 0;
  State state : 8 = State::kFree;
  uint32_t receive_count = 0;
  uint32_t first_received_after_ms = 0;  // After sent_at, in whole milliseconds of the calendar.
  RunLinks links;             // Available: in the queue's order (standard). Else: in its deadlines.
  RunLinks age_links;         // In the queue's messages by age.
  uint32_t group = kNoIndex;  // FIFO: index of the message group, and the neighbours in it.
  uint32_t group_previous = kNoIndex;
  uint32_t group_next = kNoIndex;
};

// All messages of a shard, by slot index. Queues share one, so that a small queue costs no chunk.
//
// Guarantee: a freed slot is the next to be given, and which slot is given depends only on the
// Take() and Free() calls so far: replaying them leads to the same choice.
// Cost: all O(1); Take() of an index above the size grows up to it.
class MessageSlots {
 public:
  MessageSlot& operator[](uint32_t index) { return slots_[index]; }
  const MessageSlot& operator[](uint32_t index) const { return slots_[index]; }
  size_t used() const { return used_; }
  // Free ones included.
  uint32_t size() const { return slots_.size(); }
  // Begins to load the slot, if there is one of this index.
  void Prefetch(uint32_t index) const {
    if (index < slots_.size()) twinq::Prefetch(slots_[index]);
  }

  bool IsUsed(uint32_t index) const {
    return index < slots_.size() && slots_[index].state != MessageSlot::State::kFree;
  }
  // Whether this slot holds a message, and that one.
  bool Holds(uint32_t index, SequenceNumber sequence) const {
    return IsUsed(index) && slots_[index].sequence == sequence;
  }

  // The slot that the next message should be put into.
  uint32_t NextFree() const { return free_ != kNoIndex ? free_ : slots_.size(); }
  // Makes the slot a message's, in state kDelayed. REQUIRES: it is free.
  MessageSlot& Take(uint32_t index);
  // REQUIRES: the slot holds a message.
  void Free(uint32_t index);

 private:
  void PushFree(uint32_t index);

  Slab<MessageSlot> slots_;
  uint32_t free_ = kNoIndex;  // A list through `links`, last freed first.
  size_t used_ = 0;
};

// Orders available messages by sequence number.
struct BySequence {
  using Key = SequenceNumber;
  Key key(uint32_t slot) const { return (*slots)[slot].sequence; }
  RunLinks& links(uint32_t slot) { return (*slots)[slot].links; }
  MessageSlots* slots;
};

// Orders messages by the end of their delay or visibility, equal ends by sequence number.
struct ByDeadline {
  struct Key {
    Timestamp deadline;
    SequenceNumber sequence;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  Key key(uint32_t slot) const { return {(*slots)[slot].available_at, (*slots)[slot].sequence}; }
  RunLinks& links(uint32_t slot) { return (*slots)[slot].links; }
  MessageSlots* slots;
};

// Orders messages by the time of their send, equal times by sequence number: for deadlines that lie
// as far behind the send as an attribute of the queue says, whatever it is set to.
template <RunLinks MessageSlot::*kLinks>
struct ByAge {
  using Key = MessageAge;
  Key key(uint32_t slot) const { return {(*slots)[slot].sent_at, (*slots)[slot].sequence}; }
  RunLinks& links(uint32_t slot) { return (*slots)[slot].*kLinks; }
  MessageSlots* slots;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_MESSAGE_SLOTS_H_
