#ifndef TWINQ_CORE_QUEUE_QUEUE_COUNTS_H_
#define TWINQ_CORE_QUEUE_QUEUE_COUNTS_H_

#include <cstddef>

namespace twinq {

// The undeleted messages of a queue by state. On a FIFO queue, messages that wait behind a locked
// group count as available (SQS rule F9).
struct QueueCounts {
  size_t available = 0;
  size_t in_flight = 0;
  size_t delayed = 0;

  friend bool operator==(const QueueCounts&, const QueueCounts&) = default;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_QUEUE_COUNTS_H_
