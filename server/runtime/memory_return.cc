#include "server/runtime/memory_return.h"

#include <algorithm>
#include <utility>

namespace twinq {

bool MemoryReturn::IsDue(uint64_t commands, int64_t resident_bytes) {
  least_resident_bytes_ = std::min(least_resident_bytes_, resident_bytes);
  const bool is_quiet = commands - std::exchange(commands_, commands) <= kQuietCommandsMax;
  if (!is_quiet) return false;
  if (resident_bytes - least_resident_bytes_ >= kGrowthBytesMin) {
    again_in_ = kAgainAfter;
    return true;
  }
  return again_in_ > 0 && --again_in_ == 0;
}

}  // namespace twinq
