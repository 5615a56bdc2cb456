#ifndef TWINQ_TESTS_CORE_QUEUE_OBVIOUS_QUEUE_H_
#define TWINQ_TESTS_CORE_QUEUE_OBVIOUS_QUEUE_H_

#include <optional>
#include <vector>

#include "core/model/queue_kind.h"
#include "core/queue/queue.h"

namespace twinq {

// A queue of either kind as SQS semantics 4 describes it, without any structure: a list of messages
// that every call scans in full. What a message is in at `now` is asked, not kept. Receipts name no
// slot.
class ObviousQueue {
 public:
  ObviousQueue(QueueKind kind, QueueId id) : kind_(kind), id_(id) {}

  SentMessage Send(Timestamp now, const NewMessage& message, SequenceNumber sequence);
  std::vector<Delivery> Receive(Timestamp now, int messages_max, absl::Duration visibility);
  std::optional<ApiErrorCode> Delete(Timestamp now, const Receipt& receipt);
  std::optional<ApiErrorCode> ChangeVisibility(Timestamp now, const Receipt& receipt,
                                               absl::Duration visibility);
  void Release(Timestamp now, const Receipt& receipt);

  QueueCounts CountsAt(Timestamp now) const;
  bool HasDeliverable(Timestamp now) const;
  Timestamp NextDeadline(Timestamp now) const;

 private:
  struct Message {
    NewMessage sent;
    SequenceNumber sequence;
    Timestamp sent_at;
    uint32_t receive_count = 0;
    Timestamp first_received_at = {};
    Timestamp visible_at = {};  // After the first receive.
  };
  struct Accepted {
    DedupKey key;
    Timestamp at;
    SentMessage answer;
  };

  static bool InFlight(const Message& message, Timestamp now);
  Message* Find(const Receipt& receipt);
  bool IsAlive(const Message& message, const Receipt& receipt, Timestamp now) const;
  // Which messages a receive would return, in order: indices of messages_.
  std::vector<size_t> Deliverable(Timestamp now, size_t messages_max) const;
  std::vector<size_t> DeliverableOfGroups(Timestamp now, size_t messages_max) const;

  const QueueKind kind_;
  const QueueId id_;
  std::vector<Message> messages_;  // By sequence.
  std::vector<Accepted> accepted_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_CORE_QUEUE_OBVIOUS_QUEUE_H_
