#ifndef TWINQ_CORE_QUEUE_MESSAGE_TABLE_H_
#define TWINQ_CORE_QUEUE_MESSAGE_TABLE_H_

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/time/time.h"

#include "core/base/check.h"
#include "core/base/timestamp.h"
#include "core/model/queue_id.h"
#include "core/model/receipt.h"
#include "core/queue/message_slots.h"
#include "core/queue/queue.h"
#include "core/queue/queue_record.h"

namespace twinq {

// The messages of one queue, their states and the ends of their visibility: what both kinds of
// queue share. In which order available messages are delivered is the business of `Order`, which is
// told of every change:
//   Joined(slot)           the message was stored; it is available
//   BecameAvailable(slot)  its visibility has ended
//   Taken(slot)            it is available no longer: delivered, or about to leave
//   Left(slot)             it is about to be freed
//
// Lifetime: borrows the shard's slots, which must outlive it.
// Cost: each call O(1) for timeouts that come in few distinct values, else O(log n) (RunQueue).
template <typename Order>
class MessageTable {
 public:
  MessageTable(QueueId queue, MessageSlots& slots)
      : queue_(queue), slots_(slots), deadlines_(ByDeadline{&slots}), order_(slots) {}

  Order& order() { return order_; }
  const Order& order() const { return order_; }
  const MessageSlot& slot(uint32_t index) const { return slots_[index]; }
  QueueCounts counts() const { return {.available = available_, .in_flight = deadlines_.size()}; }

  // Whether the slot still holds the message.
  bool Holds(uint32_t index, SequenceNumber sequence) const {
    return slots_.Holds(index, sequence);
  }
  // Whether the message is in flight at `now`; one whose end is due but not yet done is not.
  bool InFlight(uint32_t index, Timestamp now) const {
    const MessageSlot& slot = slots_[index];
    return slot.state == MessageSlot::State::kInFlight && slot.visible_at > now;
  }

  // The record that stores a message, not applied yet.
  MessagePut NewPut(Timestamp now, NewMessage message, SequenceNumber sequence) const {
    return {.queue = queue_,
            .slot = slots_.NextFree(),
            .sequence = sequence,
            .id = message.id,
            .sent_at = now,
            .group = std::move(message.group),
            .dedup = message.dedup,
            .body_bytes = message.body_bytes,
            .body = message.body};
  }
  // Delivers the message: applies and emits the record and adds it to `deliveries`.
  void Deliver(Timestamp now, uint32_t index, absl::Duration visibility, RecordSink& records,
               std::vector<Delivery>& deliveries) {
    const MessageSlot& slot = slots_[index];
    Delivered delivered{.queue = queue_,
                        .slot = index,
                        .sequence = slot.sequence,
                        .delivery = slot.receive_count + 1,
                        .received_at = now,
                        .visible_at = now + visibility};
    Apply(delivered);
    deliveries.push_back({.receipt = {queue_, index, slot.sequence, delivered.delivery, now},
                          .id = slot.id,
                          .body = slot.body,
                          .body_bytes = slot.body_bytes,
                          .group = order_.GroupOf(index),
                          .sent_at = slot.sent_at,
                          .first_received_at = slot.first_received_at});
    records.Emit(delivered);
  }
  // Moves the end of a delivery's visibility: applies and emits the record.
  void ChangeVisibility(const Receipt& receipt, Timestamp visible_at, RecordSink& records) {
    VisibilitySet set{.queue = queue_,
                      .slot = receipt.slot,
                      .sequence = receipt.sequence,
                      .visible_at = visible_at};
    Apply(set);
    records.Emit(set);
  }
  // Deletes the message: applies and emits the record.
  void Delete(const Receipt& receipt, RecordSink& records) {
    MessageRemoved removed{.queue = queue_, .slot = receipt.slot, .sequence = receipt.sequence};
    const BodyRef freed = Apply(removed);
    records.Emit(removed, freed);
  }

  // Apply: the changes that records stand for. REQUIRES: the message exists (MessagePut: does not).
  void Apply(const MessagePut& record) {
    MessageSlot& slot = slots_.Take(record.slot);
    slot.sequence = record.sequence;
    slot.id = record.id;
    slot.body = record.body;
    slot.body_bytes = record.body_bytes;
    slot.sent_at = record.sent_at;
    ++available_;
    order_.Joined(record.slot, record.group);
  }
  void Apply(const Delivered& record) {
    MessageSlot& slot = Withdraw(record.slot, record.sequence);
    if (slot.receive_count == 0) slot.first_received_at = record.received_at;
    slot.receive_count = record.delivery;
    PutInFlight(record.slot, record.visible_at);
  }
  void Apply(const VisibilitySet& record) {
    Withdraw(record.slot, record.sequence);
    PutInFlight(record.slot, record.visible_at);
  }
  // Returns the body, which nothing holds any longer.
  BodyRef Apply(const MessageRemoved& record) {
    const BodyRef body = Withdraw(record.slot, record.sequence).body;
    order_.Left(record.slot);
    slots_.Free(record.slot);
    return body;
  }
  // Removes every message and adds their bodies to `bodies`.
  void Clear(std::vector<BodyRef>& bodies) {
    for (uint32_t index : SlotsBySequence()) {
      bodies.push_back(Apply(
          MessageRemoved{.queue = queue_, .slot = index, .sequence = slots_[index].sequence}));
    }
  }

  // The next end of a visibility, or Timestamp::Infinite().
  Timestamp NextDeadline() const {
    return deadlines_.empty() ? Timestamp::Infinite() : deadlines_.front_key().deadline;
  }
  // Ends the visibilities that are over at `now`, in the order (deadline, sequence), at most
  // `budget`. Returns how many there were.
  int EndVisibilities(Timestamp now, int budget) {
    int done = 0;
    for (; done < budget && NextDeadline() <= now; ++done) {
      const uint32_t index = deadlines_.front();
      deadlines_.Remove(index);
      slots_[index].state = MessageSlot::State::kAvailable;
      ++available_;
      order_.BecameAvailable(index);
    }
    return done;
  }

  std::vector<uint32_t> SlotsBySequence() const {
    std::vector<uint32_t> indices = order_.AvailableSlots();
    const std::vector<uint32_t> in_flight = deadlines_.Items();
    indices.insert(indices.end(), in_flight.begin(), in_flight.end());
    std::sort(indices.begin(), indices.end(),
              [this](uint32_t a, uint32_t b) { return slots_[a].sequence < slots_[b].sequence; });
    return indices;
  }

 private:
  // Takes the message out of the order or the deadlines, whichever it is in.
  MessageSlot& Withdraw(uint32_t index, SequenceNumber sequence) {
    TWINQ_CHECK(slots_.Holds(index, sequence));
    MessageSlot& slot = slots_[index];
    if (slot.state == MessageSlot::State::kAvailable) {
      order_.Taken(index);
      --available_;
    } else {
      deadlines_.Remove(index);
    }
    return slot;
  }

  void PutInFlight(uint32_t index, Timestamp visible_at) {
    slots_[index].state = MessageSlot::State::kInFlight;
    slots_[index].visible_at = visible_at;
    deadlines_.Push(index);
  }

  const QueueId queue_;
  MessageSlots& slots_;
  RunQueue<ByDeadline> deadlines_;  // The messages in flight.
  Order order_;
  size_t available_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_MESSAGE_TABLE_H_
