#ifndef TWINQ_CORE_MODEL_DEDUP_SCOPE_H_
#define TWINQ_CORE_MODEL_DEDUP_SCOPE_H_

#include <cstdint>

namespace twinq {

// Among which messages of a FIFO queue deduplication ids are compared (SQS semantics 4.6).
enum class DedupScope : uint8_t {
  kQueue,         // All of the queue.
  kMessageGroup,  // Those of the same message group.
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_DEDUP_SCOPE_H_
