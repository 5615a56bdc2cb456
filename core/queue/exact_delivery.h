#ifndef TWINQ_CORE_QUEUE_EXACT_DELIVERY_H_
#define TWINQ_CORE_QUEUE_EXACT_DELIVERY_H_

#include <cstdint>

#include "core/model/group_id.h"
#include "core/queue/message_slots.h"
#include "core/queue/run_queue.h"

namespace twinq {

// The delivery order of a standard queue on one server: by sequence number, always everything there
// is. A message that becomes visible again gets its original position back (SQS semantics 4.1).
//
// Lifetime: borrows the slots. Cost: O(1) while messages return in order, else O(log returned).
class ExactDelivery {
 public:
  explicit ExactDelivery(MessageSlots& slots) : available_(BySequence{&slots}) {}

  void Joined(uint32_t, const GroupId&) {}
  void BecameAvailable(uint32_t slot) { available_.Push(slot); }
  void Taken(uint32_t slot) { available_.Remove(slot); }
  void Left(uint32_t) {}
  void PrefetchLeft(uint32_t) const {}
  void EndReplay() {}
  bool is_big() const { return false; }  // It lives in the slots.
  int FreeSome(int) { return 0; }

  // Groups have no part in this order, and are not kept.
  GroupId GroupOf(uint32_t) const { return {}; }
  // The message to deliver next, or kNoIndex.
  uint32_t Candidate() const { return available_.empty() ? kNoIndex : available_.front(); }

 private:
  RunQueue<BySequence> available_;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_EXACT_DELIVERY_H_
