#include "platform/system_clock.h"

#include <time.h>

namespace twinq::platform {

absl::Time SystemClock::Now() const {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return absl::TimeFromTimespec(now);
}

}  // namespace twinq::platform
