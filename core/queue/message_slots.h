#ifndef TWINQ_CORE_QUEUE_MESSAGE_SLOTS_H_
#define TWINQ_CORE_QUEUE_MESSAGE_SLOTS_H_

#include <cstddef>
#include <cstdint>

#include "core/base/timestamp.h"
#include "core/model/message_id.h"
#include "core/model/sequence_number.h"
#include "core/queue/body_ref.h"
#include "core/queue/run_queue.h"
#include "core/queue/slab.h"

namespace twinq {

// What the engine keeps of one message. 96 bytes; the body is elsewhere (BodyRef).
//
//            Receive
//   kAvailable ─────► kInFlight ──Delete──► kFree
//        ▲                │
//        └────────────────┘ visible_at is over
struct MessageSlot {
  enum class State : uint8_t { kFree, kAvailable, kInFlight };

  SequenceNumber sequence;
  MessageId id;
  BodyRef body;
  Timestamp sent_at;
  Timestamp first_received_at;  // Meaningless before the first receive.
  Timestamp visible_at;         // In flight: when it ends. Available again: when it ended.
  uint32_t body_bytes = 0;
  uint32_t receive_count = 0;
  RunLinks links;  // Available: in the queue's order (standard). In flight: in its deadlines.
  uint32_t group = kNoIndex;  // FIFO: index of the message group, and the neighbours in it.
  uint32_t group_previous = kNoIndex;
  uint32_t group_next = kNoIndex;
  State state = State::kFree;
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

  // Whether this slot holds a message, and that one.
  bool Holds(uint32_t index, SequenceNumber sequence) const {
    return index < slots_.size() && slots_[index].state != MessageSlot::State::kFree &&
           slots_[index].sequence == sequence;
  }

  // The slot that the next message should be put into.
  uint32_t NextFree() const { return free_ != kNoIndex ? free_ : slots_.size(); }
  // Makes the slot a message's, in state kAvailable. REQUIRES: it is free.
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

// Orders messages in flight by the end of their visibility, equal ends by sequence number.
struct ByDeadline {
  struct Key {
    Timestamp deadline;
    SequenceNumber sequence;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  Key key(uint32_t slot) const { return {(*slots)[slot].visible_at, (*slots)[slot].sequence}; }
  RunLinks& links(uint32_t slot) { return (*slots)[slot].links; }
  MessageSlots* slots;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_MESSAGE_SLOTS_H_
