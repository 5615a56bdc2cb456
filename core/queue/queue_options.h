#ifndef TWINQ_CORE_QUEUE_QUEUE_OPTIONS_H_
#define TWINQ_CORE_QUEUE_QUEUE_OPTIONS_H_

#include <cstddef>

#include "core/model/limits.h"

namespace twinq {

// Rules of the engine that are no attributes of a queue. The defaults are the service's.
struct QueueOptions {
  // The most messages of one queue that may be in flight (SQS semantics 4.8).
  size_t in_flight_max = kInFlightMax;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_QUEUE_OPTIONS_H_
