#include "platform/allocator.h"

#include <malloc.h>

namespace twinq::platform {

void JoinFreedBlocksAtOnce() {
  // There are no other threads yet.
  mallopt(M_MXFAST, 0);  // NOLINT(concurrency-mt-unsafe)
}

void ReturnFreedMemory() { malloc_trim(0); }

}  // namespace twinq::platform
