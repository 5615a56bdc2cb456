#ifndef TWINQ_CORE_QUEUE_QUEUE_FOOTPRINT_H_
#define TWINQ_CORE_QUEUE_QUEUE_FOOTPRINT_H_

#include <cstddef>
#include <cstdint>

namespace twinq {

// How much a queue holds: a log must have it, and memory has room for it.
struct QueueFootprint {
  size_t messages = 0;
  uint64_t content_bytes = 0;  // Of their bodies and group ids.
  size_t groups = 0;           // That have a message.
  size_t dedup_entries = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_QUEUE_FOOTPRINT_H_
