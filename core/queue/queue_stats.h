#ifndef TWINQ_CORE_QUEUE_QUEUE_STATS_H_
#define TWINQ_CORE_QUEUE_QUEUE_STATS_H_

#include <cstddef>
#include <optional>

#include "core/base/timestamp.h"
#include "core/queue/queue_counts.h"

namespace twinq {

// What there is in a queue, for those who watch over it.
struct QueueStats {
  QueueCounts counts;
  std::optional<Timestamp> oldest_sent_at;  // Of the undeleted messages, in whichever state.
  // FIFO: the message groups that have a message, and those of them that can deliver nothing now
  // because their first message is in flight or delayed.
  size_t groups = 0;
  size_t blocked_groups = 0;
  size_t dedup_entries = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_QUEUE_STATS_H_
