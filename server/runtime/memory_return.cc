#include "server/runtime/memory_return.h"

#include <algorithm>
#include <utility>

namespace twinq {

bool MemoryReturn::IsDue(uint64_t commands, int64_t resident_bytes) {
  least_resident_bytes_ = std::min(least_resident_bytes_, resident_bytes);
  const bool is_quiet = commands - std::exchange(commands_, commands) <= kQuietCommandsMax;
  return is_quiet && resident_bytes - least_resident_bytes_ >= kGrowthBytesMin;
}

}  // namespace twinq
