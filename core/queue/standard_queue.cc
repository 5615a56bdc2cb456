#include "core/queue/standard_queue.h"

#include <utility>

#include "core/queue/message_dump.h"
#include "core/queue/purged_table.h"
#include "core/queue/visibility_budget.h"

namespace twinq {

StandardQueue::StandardQueue(QueueId id, MessageSlots& slots, const QueueOptions& options)
    : id_(id), slots_(slots), options_(options), messages_(NewMessages(SequenceNumber())) {}

std::unique_ptr<StandardQueue::Messages> StandardQueue::NewMessages(
    SequenceNumber purged_through) const {
  auto messages =
      std::make_unique<Messages>(id_, slots_, DelayRule::kFixedAtSend, options_, purged_through);
  messages->Configure(settings_);
  return messages;
}

void StandardQueue::Configure(const QueueSettings& settings) {
  settings_ = settings;
  messages_->Configure(settings);
}

SentMessage StandardQueue::Send(Timestamp now, NewMessage message, SequenceNumber sequence,
                                RecordSink& records) {
  MessagePut put = messages_->NewPut(now, std::move(message), sequence);
  Apply(put);
  const SentMessage sent{.id = put.id, .sequence = sequence};
  records.Emit(std::move(put));
  return sent;
}

std::optional<ApiErrorCode> StandardQueue::RefusesShortPoll() const {
  if (messages_->room() > 0) return std::nullopt;
  return ApiErrorCode::kTooManyInFlight;
}

void StandardQueue::Receive(Timestamp now, ReceiveCredit credit, absl::Duration visibility,
                            RecordSink& records, std::vector<Delivery>& deliveries) {
  for (bool is_first = true; credit.messages > 0; is_first = false) {
    const uint32_t index = messages_->Candidate();
    if (index == kNoIndex || !credit.Take(messages_->slot(index).body_bytes, is_first)) return;
    messages_->Deliver(now, index, visibility, records, deliveries);
  }
}

std::optional<ApiErrorCode> StandardQueue::Delete(Timestamp now, const Receipt& receipt,
                                                  RecordSink& records) {
  if (messages_->Holds(receipt, now)) messages_->Remove(receipt.slot, records);
  return std::nullopt;
}

std::optional<ApiErrorCode> StandardQueue::ChangeVisibility(Timestamp now, const Receipt& receipt,
                                                            absl::Duration visibility,
                                                            RecordSink& records) {
  if (!messages_->Holds(receipt, now)) return ApiErrorCode::kMessageNotAvailable;
  if (ExceedsVisibilityBudget(now, receipt, visibility)) {
    return ApiErrorCode::kVisibilityTotalTooLong;
  }
  // After its end a visibility is not begun again: the call succeeds and the message stays visible.
  if (messages_->InFlight(receipt.slot, now)) {
    messages_->ChangeVisibility(receipt, now + visibility, records);
  }
  return std::nullopt;
}

void StandardQueue::Release(Timestamp now, const Receipt& receipt, RecordSink& records) {
  if (messages_->Holds(receipt, now) && messages_->InFlight(receipt.slot, now) &&
      messages_->slot(receipt.slot).receive_count == receipt.delivery) {
    messages_->ChangeVisibility(receipt, now, records);
  }
}

std::unique_ptr<PurgedMessages> StandardQueue::Purge(SequenceNumber through) {
  std::unique_ptr<Messages> purged = std::exchange(messages_, NewMessages(through));
  return std::make_unique<PurgedTable<ExactDelivery>>(std::move(purged), DedupWindow());
}

QueueStats StandardQueue::stats() const {
  return {.counts = messages_->counts(), .oldest_sent_at = messages_->oldest_sent_at()};
}

std::string StandardQueue::Dump() const {
  std::string text;
  for (uint32_t index : messages_->SlotsBySequence()) {
    text += DumpMessage(index, messages_->slot(index), GroupId());
  }
  return text;
}

}  // namespace twinq
