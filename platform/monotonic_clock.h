#ifndef TWINQ_PLATFORM_MONOTONIC_CLOCK_H_
#define TWINQ_PLATFORM_MONOTONIC_CLOCK_H_

#include "absl/time/time.h"

#include "core/base/clock.h"

namespace twinq::platform {

// For spans: a clock that never steps and whose instants mean nothing by themselves.
class MonotonicClock : public Clock {
 public:
  absl::Time Now() const override;
};

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_MONOTONIC_CLOCK_H_
