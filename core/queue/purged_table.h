#ifndef TWINQ_CORE_QUEUE_PURGED_TABLE_H_
#define TWINQ_CORE_QUEUE_PURGED_TABLE_H_

#include <memory>
#include <utility>
#include <vector>

#include "core/queue/dedup_window.h"
#include "core/queue/message_table.h"
#include "core/queue/purged_messages.h"

namespace twinq {

// What a queue held when it was purged: its whole table, and on FIFO queues the deduplication
// window.
template <typename Order>
class PurgedTable : public PurgedMessages {
 public:
  PurgedTable(std::unique_ptr<MessageTable<Order>> messages, DedupWindow dedup)
      : messages_(std::move(messages)), dedup_(std::move(dedup)) {}

  bool empty() const override {
    return messages_->empty() && dedup_.entries().empty() && !messages_->order().is_big() &&
           !dedup_.is_big();
  }
  int Free(SequenceNumber through, int budget, std::vector<BodyRef>& bodies) override {
    const size_t bodies_before = bodies.size();
    const SequenceNumber last = messages_->FreeOldest(through, budget, bodies);
    int freed = static_cast<int>(bodies.size() - bodies_before);
    if (freed > 0) freed_through_ = last;
    if (!messages_->empty()) return freed;
    freed += messages_->order().FreeSome(budget - freed);
    return freed + dedup_.FreeSome(budget - freed);
  }
  SequenceNumber freed_through() const override { return freed_through_; }

 private:
  std::unique_ptr<MessageTable<Order>> messages_;
  DedupWindow dedup_;
  SequenceNumber freed_through_;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_PURGED_TABLE_H_
