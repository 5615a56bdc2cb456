#ifndef TWINQ_PLATFORM_SYSTEM_CLOCK_H_
#define TWINQ_PLATFORM_SYSTEM_CLOCK_H_

#include "absl/time/time.h"

#include "core/base/clock.h"

namespace twinq::platform {

// The operating system's clock: the time of day, which may be set back or forth while we run.
class SystemClock : public Clock {
 public:
  absl::Time Now() const override;
};

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_SYSTEM_CLOCK_H_
