#include "platform/monotonic_clock.h"

#include <chrono>

namespace twinq::platform {

absl::Time MonotonicClock::Now() const {
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return absl::UnixEpoch() + absl::FromChrono(since_start);
}

}  // namespace twinq::platform
