#ifndef TWINQ_CORE_BASE_CLOCK_H_
#define TWINQ_CORE_BASE_CLOCK_H_

#include "absl/time/time.h"

namespace twinq {

// The one source of the current time. platform/system_clock.h asks the operating system,
// manual_clock.h stands still until a test moves it.
//
// Guarantee: none about steps; a system's clock may jump in either direction.
// Thread-safety: Now() may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_BASE_CLOCK_H_
