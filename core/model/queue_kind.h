#ifndef TWINQ_CORE_MODEL_QUEUE_KIND_H_
#define TWINQ_CORE_MODEL_QUEUE_KIND_H_

#include <cstdint>

namespace twinq {

enum class QueueKind : uint8_t {
  kStandard,  // At least once, best-effort order.
  kFifo,      // Ordered per message group, deduplicated; its name ends in ".fifo".
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_QUEUE_KIND_H_
