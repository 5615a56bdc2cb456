#ifndef TWINQ_CORE_QUEUE_STANDARD_QUEUE_H_
#define TWINQ_CORE_QUEUE_STANDARD_QUEUE_H_

#include <string>
#include <vector>

#include "core/queue/exact_delivery.h"
#include "core/queue/message_table.h"
#include "core/queue/queue.h"

namespace twinq {

// A standard queue: every message at least once, in best-effort order. Every receipt handle ever
// issued for a message works until the message is deleted (SQS semantics 4.1, 2.11, 2.13).
class StandardQueue : public Queue {
 public:
  StandardQueue(QueueId id, MessageSlots& slots) : messages_(id, slots) {}

  std::variant<SentMessage, ApiErrorCode> Send(Timestamp now, NewMessage message,
                                               SequenceNumber sequence,
                                               RecordSink& records) override;
  void Receive(Timestamp now, int messages_max, absl::Duration visibility, RecordSink& records,
               std::vector<Delivery>& deliveries) override;
  std::optional<ApiErrorCode> Delete(Timestamp now, const Receipt& receipt,
                                     RecordSink& records) override;
  std::optional<ApiErrorCode> ChangeVisibility(Timestamp now, const Receipt& receipt,
                                               absl::Duration visibility,
                                               RecordSink& records) override;
  void Release(Timestamp now, const Receipt& receipt, RecordSink& records) override;

  void Apply(const MessagePut& record) override { messages_.Apply(record); }
  void Apply(const Delivered& record) override { messages_.Apply(record); }
  void Apply(const VisibilitySet& record) override { messages_.Apply(record); }
  BodyRef Apply(const MessageRemoved& record) override { return messages_.Apply(record); }
  void Clear(std::vector<BodyRef>& bodies) override { messages_.Clear(bodies); }

  int EndDue(Timestamp now, int budget) override { return messages_.EndVisibilities(now, budget); }
  Timestamp NextDeadline() const override { return messages_.NextDeadline(); }
  bool HasDeliverable() const override { return messages_.order().Candidate() != kNoIndex; }
  QueueCounts counts() const override { return messages_.counts(); }
  std::string Dump() const override;

 private:
  MessageTable<ExactDelivery> messages_;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_STANDARD_QUEUE_H_
