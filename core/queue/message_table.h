#ifndef TWINQ_CORE_QUEUE_MESSAGE_TABLE_H_
#define TWINQ_CORE_QUEUE_MESSAGE_TABLE_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"

#include "core/base/check.h"
#include "core/base/timestamp.h"
#include "core/model/queue_id.h"
#include "core/model/receipt.h"
#include "core/queue/message_slots.h"
#include "core/queue/queue.h"
#include "core/queue/queue_options.h"
#include "core/queue/queue_record.h"
#include "core/queue/queue_settings.h"

namespace twinq {

// What ends a message's delay: the instant that its send has set, or the queue's attribute as it is
// now (rule F8).
enum class DelayRule : uint8_t { kFixedAtSend, kFollowsQueue };

// The messages of one queue, their states and what ends them by time: what both kinds of queue
// share. In which order available messages are delivered is the business of `Order`, which is told
// of every change:
//   Joined(slot, group)    the message was stored; it is not available yet
//   BecameAvailable(slot)  it had no delay, or its delay or visibility has ended
//   Taken(slot)            it is available no longer: delivered, or about to leave
//   Left(slot)             it is about to be freed
//   PrefetchLeft(slot)     what that touches should begin to load; the slot may be another's
//   EndReplay()            the log has been replayed: later messages may have joined before earlier
//                          ones, and from now on none does
//   FreeSome(budget)       there are no messages and will be none (PurgedTable)
//
// Lifetime: borrows the shard's slots, which must outlive it.
// Cost: each call O(1) for timeouts that come in few distinct values, else O(log n) (RunQueue).
template <typename Order>
class MessageTable {
 public:
  // Of messages after `purged_through`: those before are out of reach, whatever slots say.
  MessageTable(QueueId queue, MessageSlots& slots, DelayRule delay_rule,
               const QueueOptions& options, SequenceNumber purged_through)
      : queue_(queue),
        delay_rule_(delay_rule),
        in_flight_max_(options.in_flight_max),
        purged_through_(purged_through),
        slots_(slots),
        deadlines_({&slots}),
        delayed_({&slots}),
        ages_({&slots}),
        order_(slots) {}
  MessageTable(const MessageTable&) = delete;
  MessageTable& operator=(const MessageTable&) = delete;

  void Configure(const QueueSettings& settings) {
    settings_ = settings;
    next_deadline_.reset();
  }
  const QueueAttributes& attributes() const { return settings_.attributes; }
  Order& order() { return order_; }
  const Order& order() const { return order_; }
  const MessageSlot& slot(uint32_t index) const { return slots_[index]; }
  const QueueCounts& counts() const { return counts_; }
  // How many more messages may be in flight.
  int room() const {
    const size_t room = in_flight_max_ - std::min(in_flight_max_, counts_.in_flight);
    return static_cast<int>(std::min<size_t>(room, std::numeric_limits<int>::max()));
  }
  // The message to deliver next, or kNoIndex.
  uint32_t Candidate() const { return room() == 0 ? kNoIndex : order_.Candidate(); }

  // Whether the message of this receipt is still there at `now`.
  bool Holds(const Receipt& receipt, Timestamp now) const {
    return Holds(receipt.slot, receipt.sequence) &&
           settings_.RetentionEnd(slots_[receipt.slot].sent_at) > now;
  }
  // Whether the message is in flight at `now`; one whose end is due but not yet done is not.
  bool InFlight(uint32_t index, Timestamp now) const {
    const MessageSlot& slot = slots_[index];
    return slot.state == MessageSlot::State::kInFlight && slot.available_at > now;
  }

  // The record that stores a message, not applied yet.
  MessagePut NewPut(Timestamp now, NewMessage message, SequenceNumber sequence) const {
    return {.queue = queue_,
            .slot = slots_.NextFree(),
            .sequence = sequence,
            .id = message.id,
            .sent_at = now,
            .available_at = now + message.delay.value_or(settings_.attributes.delay),
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
    deliveries.push_back(
        {.receipt = {queue_, index, slot.sequence, delivered.delivery, now},
         .id = slot.id,
         .body = slot.body,
         .body_bytes = slot.body_bytes,
         .group = order_.GroupOf(index),
         .sent_at = slot.sent_at,
         .first_received_ms = slot.sent_at.millis() + slot.first_received_after_ms});
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
  // These messages, if they are there, are about to be removed: begins to load what that touches.
  // What is one load behind another is begun for all of them before the first is waited for.
  void PrefetchRemove(absl::Span<const Receipt> receipts) const {
    for (const Receipt& receipt : receipts) slots_.Prefetch(receipt.slot);
    if (receipts.size() == 1) return;
    for (const Receipt& receipt : receipts) {
      if (receipt.slot >= slots_.size()) continue;
      slots_.Prefetch(slots_[receipt.slot].age_links.previous);
      slots_.Prefetch(slots_[receipt.slot].age_links.next);
      order_.PrefetchLeft(receipt.slot);
    }
  }
  // Removes the message: applies and emits the record.
  void Remove(uint32_t index, RecordSink& records) {
    MessageRemoved removed{.queue = queue_, .slot = index, .sequence = slots_[index].sequence};
    const BodyRef freed = Apply(removed);
    records.Emit(removed, freed);
  }

  // Apply: the changes that records stand for. REQUIRES: the message exists (MessagePut: does not).
  void Apply(const MessagePut& record) {
    MessageSlot& slot = slots_.Take(record.slot);
    slot.sequence = record.sequence;
    slot.id = record.id;
    slot.body = record.body;
    slot.body_bytes = record.body_bytes & 0xFF'FFFF;
    slot.sent_at = record.sent_at;
    slot.available_at = record.available_at;
    slot.receive_count = record.receive_count;
    slot.first_received_after_ms = record.first_received_after_ms;
    ages_.Push(record.slot);
    next_deadline_.reset();
    order_.Joined(record.slot, record.group);
    content_bytes_ += ContentBytes(record.slot);
    if (record.receive_count > 0) {
      PutInFlight(record.slot, record.available_at);
    } else if (record.available_at > record.sent_at) {
      PutDelayed(record.slot);
    } else {
      PutAvailable(record.slot);
    }
  }
  void Apply(const Delivered& record) {
    MessageSlot& slot = Withdraw(record.slot, record.sequence);
    if (slot.receive_count == 0) {
      const int64_t after_ms = record.received_at.millis() - slot.sent_at.millis();
      slot.first_received_after_ms = static_cast<uint32_t>(
          std::clamp<int64_t>(after_ms, 0, std::numeric_limits<uint32_t>::max()));
    }
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
    content_bytes_ -= ContentBytes(record.slot);
    order_.Left(record.slot);
    ages_.Remove(record.slot);
    slots_.Free(record.slot);
    return body;
  }
  // The message with its whole state, as a record. REQUIRES: the slot holds one of this queue.
  MessagePut CopyOf(uint32_t index) const {
    const MessageSlot& slot = slots_[index];
    return {.queue = queue_,
            .slot = index,
            .sequence = slot.sequence,
            .id = slot.id,
            .sent_at = slot.sent_at,
            .available_at = slot.available_at,
            .group = order_.GroupOf(index),
            .dedup = {},
            .body_bytes = slot.body_bytes,
            .body = slot.body,
            .receive_count = slot.receive_count,
            .first_received_after_ms = slot.first_received_after_ms};
  }
  // Whether the slot holds this message of the queue, and within reach.
  bool Holds(uint32_t index, SequenceNumber sequence) const {
    return sequence > purged_through_ && slots_.Holds(index, sequence);
  }
  // Of the bodies and group ids of all messages.
  uint64_t content_bytes() const { return content_bytes_; }
  // Frees messages in the order of sending up to `through`, at most `budget`; adds their bodies to
  // `bodies`. Returns the last one's sequence number, or that of none.
  SequenceNumber FreeOldest(SequenceNumber through, int budget, std::vector<BodyRef>& bodies) {
    SequenceNumber last;
    for (; budget > 0 && !ages_.empty() && ages_.front_key().sequence <= through; --budget) {
      last = ages_.front_key().sequence;
      bodies.push_back(Apply(MessageRemoved{queue_, ages_.front(), last}));
    }
    return last;
  }
  bool empty() const { return ages_.empty(); }
  size_t size() const { return ages_.size(); }
  std::optional<Timestamp> oldest_sent_at() const {
    if (ages_.empty()) return std::nullopt;
    return ages_.front_key().sent_at;
  }

  // The next end of a delay, a visibility or a retention, or Timestamp::Infinite().
  Timestamp NextDeadline() const {
    if (!next_deadline_.has_value()) next_deadline_ = FindNextDeadline();
    return *next_deadline_;
  }
  // Does what is due at `now`, at most `budget` items: Queue::EndDue().
  int EndDue(Timestamp now, int budget, RecordSink& records) {
    int done = 0;
    for (; done < budget && !ages_.empty() && NextRetentionEnd() <= now; ++done) {
      Remove(ages_.front(), records);
    }
    for (; done < budget && !delayed_.empty() && NextDelayEnd() <= now; ++done) {
      MakeAvailable(delayed_.front());
    }
    for (; done < budget && !deadlines_.empty() && deadlines_.front_key().deadline <= now; ++done) {
      MakeAvailable(deadlines_.front());
    }
    return done;
  }

  std::vector<uint32_t> SlotsBySequence() const {
    std::vector<uint32_t> indices = ages_.Items();
    std::sort(indices.begin(), indices.end(),
              [this](uint32_t a, uint32_t b) { return slots_[a].sequence < slots_[b].sequence; });
    return indices;
  }

 private:
  using State = MessageSlot::State;

  Timestamp FindNextDeadline() const {
    Timestamp next = Timestamp::Infinite();
    if (!deadlines_.empty()) next = deadlines_.front_key().deadline;
    if (!delayed_.empty()) next = std::min(next, NextDelayEnd());
    if (!ages_.empty()) next = std::min(next, NextRetentionEnd());
    return next;
  }
  Timestamp NextDelayEnd() const { return settings_.DelayEnd(delayed_.front_key()); }
  Timestamp NextRetentionEnd() const { return settings_.RetentionEnd(ages_.front_key().sent_at); }

  uint64_t ContentBytes(uint32_t index) const {
    return slots_[index].body_bytes + order_.GroupOf(index).text().size();
  }

  // Takes the message out of wherever its state has it.
  MessageSlot& Withdraw(uint32_t index, SequenceNumber sequence) {
    TWINQ_CHECK(slots_.Holds(index, sequence));
    next_deadline_.reset();
    MessageSlot& slot = slots_[index];
    switch (slot.state) {
      case State::kDelayed:
        if (delay_rule_ == DelayRule::kFollowsQueue) {
          delayed_.Remove(index);
        } else {
          deadlines_.Remove(index);
        }
        --counts_.delayed;
        break;
      case State::kAvailable:
        order_.Taken(index);
        --counts_.available;
        break;
      case State::kInFlight:
        deadlines_.Remove(index);
        --counts_.in_flight;
        break;
      case State::kFree:
        TWINQ_CHECK(false);  // Holds() has said otherwise.
    }
    return slot;
  }

  void PutDelayed(uint32_t index) {
    slots_[index].state = State::kDelayed;
    ++counts_.delayed;
    if (delay_rule_ == DelayRule::kFollowsQueue) {
      delayed_.Push(index);
    } else {
      deadlines_.Push(index);
    }
  }
  void PutInFlight(uint32_t index, Timestamp visible_at) {
    slots_[index].state = State::kInFlight;
    slots_[index].available_at = visible_at;
    ++counts_.in_flight;
    deadlines_.Push(index);
  }
  void PutAvailable(uint32_t index) {
    slots_[index].state = State::kAvailable;
    ++counts_.available;
    order_.BecameAvailable(index);
  }
  // From being delayed or in flight.
  void MakeAvailable(uint32_t index) {
    Withdraw(index, slots_[index].sequence);
    PutAvailable(index);
  }

  const QueueId queue_;
  const DelayRule delay_rule_;
  const size_t in_flight_max_;
  const SequenceNumber purged_through_;
  QueueSettings settings_;
  MessageSlots& slots_;
  RunQueue<ByDeadline> deadlines_;  // Those in flight, and those whose delay is fixed.
  RunQueue<ByAge<&MessageSlot::links>> delayed_;   // Those whose delay follows the queue.
  RunQueue<ByAge<&MessageSlot::age_links>> ages_;  // All.
  Order order_;
  QueueCounts counts_;
  uint64_t content_bytes_ = 0;
  mutable std::optional<Timestamp> next_deadline_;  // Nothing: it may have changed.
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_MESSAGE_TABLE_H_
