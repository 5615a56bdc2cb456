#ifndef TWINQ_CORE_QUEUE_STANDARD_QUEUE_H_
#define TWINQ_CORE_QUEUE_STANDARD_QUEUE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"

#include "core/queue/exact_delivery.h"
#include "core/queue/message_table.h"
#include "core/queue/queue.h"
#include "core/queue/queue_options.h"

namespace twinq {

// A standard queue: every message at least once, in best-effort order. Every receipt handle ever
// issued for a message works until the message is deleted (SQS semantics 4.1, 2.11, 2.13). A delay
// is fixed at the send.
class StandardQueue : public Queue {
 public:
  StandardQueue(QueueId id, MessageSlots& slots, const QueueOptions& options = {});

  void Configure(const QueueSettings& settings) override;

  std::optional<ApiErrorCode> RefusesRequest(const NewMessage&) const override { return {}; }
  void PrefetchSend(const NewMessage&) const override {}
  void PrefetchDelete(absl::Span<const Receipt> receipts) const override {
    messages_->PrefetchRemove(receipts);
  }
  SentMessage Send(Timestamp now, NewMessage message, SequenceNumber sequence,
                   RecordSink& records) override;
  std::optional<ApiErrorCode> RefusesShortPoll() const override;
  void Receive(Timestamp now, ReceiveCredit credit, absl::Duration visibility, RecordSink& records,
               std::vector<Delivery>& deliveries) override;
  std::optional<ApiErrorCode> Delete(Timestamp now, const Receipt& receipt,
                                     RecordSink& records) override;
  std::optional<ApiErrorCode> ChangeVisibility(Timestamp now, const Receipt& receipt,
                                               absl::Duration visibility,
                                               RecordSink& records) override;
  void Release(Timestamp now, const Receipt& receipt, RecordSink& records) override;

  void Apply(const MessagePut& record) override { messages_->Apply(record); }
  void Apply(const DedupPut&) override {}
  void Apply(const Delivered& record) override { messages_->Apply(record); }
  void Apply(const VisibilitySet& record) override { messages_->Apply(record); }
  BodyRef Apply(const MessageRemoved& record) override { return messages_->Apply(record); }
  std::unique_ptr<PurgedMessages> Purge(SequenceNumber through) override;

  void EndReplay() override { messages_->order().EndReplay(); }
  bool Holds(uint32_t slot, SequenceNumber sequence) const override {
    return messages_->Holds(slot, sequence);
  }
  bool Holds(const DedupPut&) const override { return false; }
  bool IsInOrder(SequenceNumber, Timestamp) const override { return true; }
  MessagePut CopyOf(uint32_t slot) const override { return messages_->CopyOf(slot); }
  std::optional<DedupPut> CopyOfDedup(SequenceNumber, Timestamp) const override { return {}; }
  QueueFootprint footprint() const override {
    return {.messages = messages_->size(), .content_bytes = messages_->content_bytes()};
  }

  int EndDue(Timestamp now, int budget, RecordSink& records) override {
    return messages_->EndDue(now, budget, records);
  }
  Timestamp NextDeadline() const override { return messages_->NextDeadline(); }
  bool HasDeliverable() const override { return messages_->Candidate() != kNoIndex; }
  QueueCounts counts() const override { return messages_->counts(); }
  QueueStats stats() const override;
  std::string Dump() const override;

 private:
  using Messages = MessageTable<ExactDelivery>;

  std::unique_ptr<Messages> NewMessages(SequenceNumber purged_through) const;

  const QueueId id_;
  MessageSlots& slots_;
  const QueueOptions options_;
  QueueSettings settings_;
  std::unique_ptr<Messages> messages_;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_STANDARD_QUEUE_H_
