#include "core/queue/fifo_queue.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/queue/message_dump.h"
#include "core/queue/visibility_budget.h"

namespace twinq {

std::variant<SentMessage, ApiErrorCode> FifoQueue::Send(Timestamp now, NewMessage message,
                                                        SequenceNumber sequence,
                                                        RecordSink& records) {
  TWINQ_CHECK(!message.group.empty() && message.dedup.has_value());
  if (const DedupWindow::Entry* original = dedup_.Find(*message.dedup, now)) {
    return SentMessage{.outcome = SentMessage::Outcome::kDuplicate,
                       .id = original->id,
                       .sequence = original->sequence};
  }
  MessagePut put = messages_.NewPut(now, std::move(message), sequence);
  Apply(put);
  const SentMessage sent{.id = put.id, .sequence = sequence};
  records.Emit(std::move(put));
  return sent;
}

// Rule F2: as many messages as possible from one group before the next; F3: what is left of a group
// that was cut stays locked, because its head is now in flight.
void FifoQueue::Receive(Timestamp now, int messages_max, absl::Duration visibility,
                        RecordSink& records, std::vector<Delivery>& deliveries) {
  int taken = 0;
  while (taken < messages_max) {
    uint32_t index = messages_.order().Candidate();
    if (index == kNoIndex) return;
    for (; index != kNoIndex && taken < messages_max; ++taken) {
      messages_.Deliver(now, index, visibility, records, deliveries);
      index = messages_.order().NextOfPrefix(index);
    }
  }
}

bool FifoQueue::IsAlive(Timestamp now, const Receipt& receipt) const {
  return messages_.InFlight(receipt.slot, now) &&
         messages_.slot(receipt.slot).receive_count == receipt.delivery;
}

std::optional<ApiErrorCode> FifoQueue::Delete(Timestamp now, const Receipt& receipt,
                                              RecordSink& records) {
  if (!messages_.Holds(receipt.slot, receipt.sequence)) return std::nullopt;
  if (!IsAlive(now, receipt)) return ApiErrorCode::kReceiptHandleExpired;
  messages_.Delete(receipt, records);
  return std::nullopt;
}

std::optional<ApiErrorCode> FifoQueue::ChangeVisibility(Timestamp now, const Receipt& receipt,
                                                        absl::Duration visibility,
                                                        RecordSink& records) {
  if (!messages_.Holds(receipt.slot, receipt.sequence) || !IsAlive(now, receipt)) {
    return ApiErrorCode::kMessageNotAvailable;
  }
  if (ExceedsVisibilityBudget(now, receipt, visibility))
    return ApiErrorCode::kVisibilityTotalTooLong;
  messages_.ChangeVisibility(receipt, now + visibility, records);
  return std::nullopt;
}

void FifoQueue::Release(Timestamp now, const Receipt& receipt, RecordSink& records) {
  if (messages_.Holds(receipt.slot, receipt.sequence) && IsAlive(now, receipt)) {
    messages_.ChangeVisibility(receipt, now, records);
  }
}

void FifoQueue::Apply(const MessagePut& record) {
  messages_.Apply(record);
  if (record.dedup.has_value()) {
    dedup_.Put({.key = *record.dedup,
                .first_sent_at = record.sent_at,
                .id = record.id,
                .sequence = record.sequence});
  }
}

int FifoQueue::EndDue(Timestamp now, int budget) {
  const int ended = messages_.EndVisibilities(now, budget);
  return ended + dedup_.Forget(now, budget - ended);
}

Timestamp FifoQueue::NextDeadline() const {
  return std::min(messages_.NextDeadline(), dedup_.NextDeadline());
}

std::string FifoQueue::Dump() const {
  std::string text;
  for (uint32_t index : messages_.SlotsBySequence()) {
    text += DumpMessage(index, messages_.slot(index), messages_.order().GroupOf(index));
  }
  for (const DedupWindow::Entry& entry : dedup_.entries()) {
    absl::StrAppend(&text, "dedup key=", absl::Hex(entry.key.high), "-", absl::Hex(entry.key.low),
                    " sent=", entry.first_sent_at.nanos(), " id=", entry.id.ToText(),
                    " sequence=", entry.sequence.value(), "\n");
  }
  return text;
}

}  // namespace twinq
