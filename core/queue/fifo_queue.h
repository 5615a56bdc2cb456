#ifndef TWINQ_CORE_QUEUE_FIFO_QUEUE_H_
#define TWINQ_CORE_QUEUE_FIFO_QUEUE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/types/span.h"

#include "core/queue/dedup_window.h"
#include "core/queue/message_groups.h"
#include "core/queue/message_table.h"
#include "core/queue/queue.h"
#include "core/queue/queue_options.h"

namespace twinq {

// A FIFO queue: strict order within each message group, a group locked while its head is in flight,
// and sends deduplicated for five minutes (SQS semantics 4.5, 4.6). A receipt handle dies with the
// visibility of its delivery (rule F7). The delay is the queue's, also of messages already delayed
// (rule F8).
class FifoQueue : public Queue {
 public:
  FifoQueue(QueueId id, MessageSlots& slots, const QueueOptions& options = {});

  void Configure(const QueueSettings& settings) override;

  std::optional<ApiErrorCode> RefusesRequest(const NewMessage& message) const override;
  void PrefetchSend(const NewMessage& message) const override;
  void PrefetchDelete(absl::Span<const Receipt> receipts) const override {
    messages_->PrefetchRemove(receipts);
  }
  // REQUIRES: the message has a group.
  SentMessage Send(Timestamp now, NewMessage message, SequenceNumber sequence,
                   RecordSink& records) override;
  std::optional<ApiErrorCode> RefusesShortPoll() const override { return {}; }
  void Receive(Timestamp now, ReceiveCredit credit, absl::Duration visibility, RecordSink& records,
               std::vector<Delivery>& deliveries) override;
  std::optional<ApiErrorCode> Delete(Timestamp now, const Receipt& receipt,
                                     RecordSink& records) override;
  std::optional<ApiErrorCode> ChangeVisibility(Timestamp now, const Receipt& receipt,
                                               absl::Duration visibility,
                                               RecordSink& records) override;
  void Release(Timestamp now, const Receipt& receipt, RecordSink& records) override;

  void Apply(const MessagePut& record) override;
  void Apply(const DedupPut& record) override;
  void Apply(const Delivered& record) override { messages_->Apply(record); }
  void Apply(const VisibilitySet& record) override { messages_->Apply(record); }
  BodyRef Apply(const MessageRemoved& record) override { return messages_->Apply(record); }
  std::unique_ptr<PurgedMessages> Purge(SequenceNumber through) override;

  void EndReplay() override;
  bool Holds(uint32_t slot, SequenceNumber sequence) const override {
    return messages_->Holds(slot, sequence);
  }
  bool Holds(const DedupPut& record) const override;
  bool IsInOrder(SequenceNumber sequence, Timestamp sent_at) const override;
  MessagePut CopyOf(uint32_t slot) const override;
  std::optional<DedupPut> CopyOfDedup(SequenceNumber sequence, Timestamp now) const override;
  QueueFootprint footprint() const override;

  int EndDue(Timestamp now, int budget, RecordSink& records) override;
  Timestamp NextDeadline() const override;
  bool HasDeliverable() const override { return messages_->Candidate() != kNoIndex; }
  QueueCounts counts() const override { return messages_->counts(); }
  QueueStats stats() const override;
  std::string Dump() const override;

 private:
  using Messages = MessageTable<MessageGroups>;

  std::unique_ptr<Messages> NewMessages(SequenceNumber purged_through) const;
  // Whether the handle's delivery is the message's last and its visibility still runs.
  bool IsAlive(Timestamp now, const Receipt& receipt) const;

  const QueueId id_;
  MessageSlots& slots_;
  const QueueOptions options_;
  QueueSettings settings_;
  std::unique_ptr<Messages> messages_;
  DedupWindow dedup_;
  // Copies that a replay met: they may be older than what the window has, which is in order.
  absl::btree_map<SequenceNumber, DedupWindow::Entry> replayed_dedup_;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_FIFO_QUEUE_H_
