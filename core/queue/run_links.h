#ifndef TWINQ_CORE_QUEUE_RUN_LINKS_H_
#define TWINQ_CORE_QUEUE_RUN_LINKS_H_

#include <cstddef>
#include <cstdint>

#include "core/queue/slab.h"

namespace twinq {

// Where an item stands in the RunQueue that holds it; lives in the item.
struct RunLinks {
  uint32_t previous = kNoIndex;  // In its run.
  uint32_t next = kNoIndex;
  uint32_t place = kNoIndex;  // The number of its run, or from kInHeap on; kNoIndex: nowhere.
};

inline constexpr size_t kRunsMax = 8;
inline constexpr uint32_t kInHeap = 8;

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_RUN_LINKS_H_
