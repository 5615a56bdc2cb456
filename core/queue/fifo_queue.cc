#include "core/queue/fifo_queue.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/queue/message_dump.h"
#include "core/queue/purged_table.h"
#include "core/queue/visibility_budget.h"

namespace twinq {

FifoQueue::FifoQueue(QueueId id, MessageSlots& slots, const QueueOptions& options)
    : id_(id), slots_(slots), options_(options), messages_(NewMessages(SequenceNumber())) {}

std::unique_ptr<FifoQueue::Messages> FifoQueue::NewMessages(SequenceNumber purged_through) const {
  auto messages =
      std::make_unique<Messages>(id_, slots_, DelayRule::kFollowsQueue, options_, purged_through);
  messages->Configure(settings_);
  return messages;
}

void FifoQueue::Configure(const QueueSettings& settings) {
  settings_ = settings;
  messages_->Configure(settings);
}

std::optional<ApiErrorCode> FifoQueue::RefusesRequest(const NewMessage& message) const {
  if (message.dedup.has_value() || settings_.attributes.content_based_dedup) return std::nullopt;
  return ApiErrorCode::kMissingDedupId;
}

void FifoQueue::PrefetchSend(const NewMessage& message) const {
  const std::optional<DedupKey>& key =
      message.dedup.has_value() ? message.dedup : message.content_dedup;
  if (key.has_value()) dedup_.Prefetch(*key);
  messages_->order().PrefetchCell(MessageGroups::HashOf(message.group));
}

SentMessage FifoQueue::Send(Timestamp now, NewMessage message, SequenceNumber sequence,
                            RecordSink& records) {
  const std::optional<DedupKey> key =
      message.dedup.has_value() ? message.dedup : message.content_dedup;
  TWINQ_CHECK(!message.group.empty() && key.has_value());
  const uint32_t group_hash = MessageGroups::HashOf(message.group);
  messages_->order().PrefetchGroup(group_hash);
  if (const DedupWindow::Entry* original = dedup_.Find(*key, now)) {
    return {.outcome = SentMessage::Outcome::kDuplicate,
            .id = original->id,
            .sequence = original->sequence};
  }
  messages_->order().PrefetchTail(group_hash);
  message.dedup = key;
  message.delay.reset();  // Rule F8: only the queue's delay counts.
  MessagePut put = messages_->NewPut(now, std::move(message), sequence);
  put.kind = QueueKind::kFifo;
  Apply(put);
  const SentMessage sent{.id = put.id, .sequence = sequence};
  records.Emit(std::move(put));
  return sent;
}

// Rule F2: as many messages as possible from one group before the next; F3: what is left of a group
// that was cut stays locked, because its head is now in flight.
void FifoQueue::Receive(Timestamp now, ReceiveCredit credit, absl::Duration visibility,
                        RecordSink& records, std::vector<Delivery>& deliveries) {
  credit.messages = std::min(credit.messages, messages_->room());
  bool is_first = true;
  while (credit.messages > 0) {
    uint32_t index = messages_->Candidate();
    if (index == kNoIndex) return;
    while (index != kNoIndex) {
      if (!credit.Take(messages_->slot(index).body_bytes, std::exchange(is_first, false))) return;
      messages_->Deliver(now, index, visibility, records, deliveries);
      slots_.Prefetch(messages_->slot(index).group_next);
      index = credit.messages > 0 ? messages_->order().NextOfPrefix(index) : kNoIndex;
    }
  }
}

bool FifoQueue::IsAlive(Timestamp now, const Receipt& receipt) const {
  return messages_->InFlight(receipt.slot, now) &&
         messages_->slot(receipt.slot).receive_count == receipt.delivery;
}

std::optional<ApiErrorCode> FifoQueue::Delete(Timestamp now, const Receipt& receipt,
                                              RecordSink& records) {
  if (!messages_->Holds(receipt, now)) return std::nullopt;
  if (!IsAlive(now, receipt)) return ApiErrorCode::kReceiptHandleExpired;
  messages_->Remove(receipt.slot, records);
  return std::nullopt;
}

std::optional<ApiErrorCode> FifoQueue::ChangeVisibility(Timestamp now, const Receipt& receipt,
                                                        absl::Duration visibility,
                                                        RecordSink& records) {
  if (!messages_->Holds(receipt, now) || !IsAlive(now, receipt)) {
    return ApiErrorCode::kMessageNotAvailable;
  }
  if (ExceedsVisibilityBudget(now, receipt, visibility)) {
    return ApiErrorCode::kVisibilityTotalTooLong;
  }
  messages_->ChangeVisibility(receipt, now + visibility, records);
  return std::nullopt;
}

void FifoQueue::Release(Timestamp now, const Receipt& receipt, RecordSink& records) {
  if (messages_->Holds(receipt, now) && IsAlive(now, receipt)) {
    messages_->ChangeVisibility(receipt, now, records);
  }
}

void FifoQueue::Apply(const MessagePut& record) {
  messages_->Apply(record);
  if (record.dedup.has_value()) {
    dedup_.Put({.key = *record.dedup,
                .first_sent_at = record.sent_at,
                .id = record.id,
                .sequence = record.sequence});
  }
}

void FifoQueue::Apply(const DedupPut& record) {
  replayed_dedup_[record.sequence] = {.key = record.key,
                                      .first_sent_at = record.first_sent_at,
                                      .id = record.id,
                                      .sequence = record.sequence};
}

bool FifoQueue::Holds(const DedupPut& record) const {
  if (replayed_dedup_.contains(record.sequence)) return true;
  const DedupWindow::Entry* entry = dedup_.Find(record.key, record.first_sent_at);
  return entry != nullptr && entry->sequence == record.sequence;
}

bool FifoQueue::IsInOrder(SequenceNumber sequence, Timestamp sent_at) const {
  const auto next = replayed_dedup_.lower_bound(sequence);
  if (next != replayed_dedup_.end() && next->second.first_sent_at < sent_at) return false;
  if (next != replayed_dedup_.begin() && std::prev(next)->second.first_sent_at > sent_at) {
    return false;
  }
  return dedup_.IsInOrder(sequence, sent_at);
}

void FifoQueue::EndReplay() {
  messages_->order().EndReplay();
  if (replayed_dedup_.empty()) return;
  for (const DedupWindow::Entry& entry : dedup_.entries()) replayed_dedup_[entry.sequence] = entry;
  dedup_ = DedupWindow();
  for (const auto& [sequence, entry] : std::exchange(replayed_dedup_, {})) dedup_.Put(entry);
}

MessagePut FifoQueue::CopyOf(uint32_t slot) const {
  MessagePut copy = messages_->CopyOf(slot);
  copy.kind = QueueKind::kFifo;
  return copy;
}

std::optional<DedupPut> FifoQueue::CopyOfDedup(SequenceNumber sequence, Timestamp now) const {
  const DedupWindow::Entry* sent = dedup_.FindSent(sequence);
  if (sent == nullptr || dedup_.Find(sent->key, now) != sent) return std::nullopt;
  return DedupPut{.queue = id_,
                  .key = sent->key,
                  .first_sent_at = sent->first_sent_at,
                  .id = sent->id,
                  .sequence = sequence};
}

QueueStats FifoQueue::stats() const {
  const MessageGroups& groups = messages_->order();
  return {.counts = messages_->counts(),
          .oldest_sent_at = messages_->oldest_sent_at(),
          .groups = groups.size(),
          .blocked_groups = groups.size() - groups.ready(),
          .dedup_entries = dedup_.entries().size()};
}

QueueFootprint FifoQueue::footprint() const {
  return {.messages = messages_->size(),
          .content_bytes = messages_->content_bytes(),
          .groups = messages_->order().size(),
          .dedup_entries = dedup_.entries().size()};
}

std::unique_ptr<PurgedMessages> FifoQueue::Purge(SequenceNumber through) {
  replayed_dedup_.clear();
  std::unique_ptr<Messages> purged = std::exchange(messages_, NewMessages(through));
  return std::make_unique<PurgedTable<MessageGroups>>(std::move(purged),
                                                      std::exchange(dedup_, DedupWindow()));
}

int FifoQueue::EndDue(Timestamp now, int budget, RecordSink& records) {
  const int ended = messages_->EndDue(now, budget, records);
  return ended + dedup_.Forget(now, budget - ended);
}

Timestamp FifoQueue::NextDeadline() const {
  return std::min(messages_->NextDeadline(), dedup_.NextDeadline());
}

std::string FifoQueue::Dump() const {
  std::string text;
  for (uint32_t index : messages_->SlotsBySequence()) {
    text += DumpMessage(index, messages_->slot(index), messages_->order().GroupOf(index));
  }
  for (const DedupWindow::Entry& entry : dedup_.entries()) {
    absl::StrAppend(&text, "dedup key=", absl::Hex(entry.key.high), "-", absl::Hex(entry.key.low),
                    " sent=", entry.first_sent_at.nanos(), " id=", entry.id.ToText(),
                    " sequence=", entry.sequence.value(), "\n");
  }
  return text;
}

}  // namespace twinq
