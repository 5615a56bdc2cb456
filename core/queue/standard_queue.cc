#include "core/queue/standard_queue.h"

#include <utility>

#include "core/queue/message_dump.h"
#include "core/queue/visibility_budget.h"

namespace twinq {

std::variant<SentMessage, ApiErrorCode> StandardQueue::Send(Timestamp now, NewMessage message,
                                                            SequenceNumber sequence,
                                                            RecordSink& records) {
  MessagePut put = messages_.NewPut(now, std::move(message), sequence);
  Apply(put);
  const SentMessage sent{.id = put.id, .sequence = sequence};
  records.Emit(std::move(put));
  return sent;
}

void StandardQueue::Receive(Timestamp now, int messages_max, absl::Duration visibility,
                            RecordSink& records, std::vector<Delivery>& deliveries) {
  for (int taken = 0; taken < messages_max && HasDeliverable(); ++taken) {
    messages_.Deliver(now, messages_.order().Candidate(), visibility, records, deliveries);
  }
}

std::optional<ApiErrorCode> StandardQueue::Delete(Timestamp, const Receipt& receipt,
                                                  RecordSink& records) {
  if (messages_.Holds(receipt.slot, receipt.sequence)) messages_.Delete(receipt, records);
  return std::nullopt;
}

std::optional<ApiErrorCode> StandardQueue::ChangeVisibility(Timestamp now, const Receipt& receipt,
                                                            absl::Duration visibility,
                                                            RecordSink& records) {
  if (!messages_.Holds(receipt.slot, receipt.sequence)) return ApiErrorCode::kMessageNotAvailable;
  if (ExceedsVisibilityBudget(now, receipt, visibility)) {
    return ApiErrorCode::kVisibilityTotalTooLong;
  }
  // After its end a visibility is not begun again: the call succeeds and the message stays visible.
  if (messages_.InFlight(receipt.slot, now)) {
    messages_.ChangeVisibility(receipt, now + visibility, records);
  }
  return std::nullopt;
}

void StandardQueue::Release(Timestamp now, const Receipt& receipt, RecordSink& records) {
  if (messages_.Holds(receipt.slot, receipt.sequence) && messages_.InFlight(receipt.slot, now) &&
      messages_.slot(receipt.slot).receive_count == receipt.delivery) {
    messages_.ChangeVisibility(receipt, now, records);
  }
}

std::string StandardQueue::Dump() const {
  std::string text;
  for (uint32_t index : messages_.SlotsBySequence()) {
    text += DumpMessage(index, messages_.slot(index), GroupId());
  }
  return text;
}

}  // namespace twinq
