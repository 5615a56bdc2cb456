#ifndef TWINQ_CORE_QUEUE_PURGED_MESSAGES_H_
#define TWINQ_CORE_QUEUE_PURGED_MESSAGES_H_

#include <vector>

#include "core/model/sequence_number.h"
#include "core/queue/body_ref.h"

namespace twinq {

// The messages of a queue that a purge, or the end of the queue, has put out of reach. They hold
// their slots until those are freed, in slices, so that no purge stops the shard.
//
// Lifetime: borrows the shard's slots. Destroying it frees none of them.
class PurgedMessages {
 public:
  virtual ~PurgedMessages() = default;

  // Whether nothing is left to be freed.
  virtual bool empty() const = 0;
  // Frees slots in the order of sending, and then whatever else the queue remembered of its
  // messages: up to the message `through`, at most `budget` items. Adds the bodies to `bodies`.
  // Returns how many items there were.
  virtual int Free(SequenceNumber through, int budget, std::vector<BodyRef>& bodies) = 0;
  // The last message whose slot was freed.
  virtual SequenceNumber freed_through() const = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_PURGED_MESSAGES_H_
