#include "tests/soak/stop_sign.h"

#include "platform/monotonic_clock.h"

namespace twinq::soak {

void StopSign::Raise() {
  const platform::MutexLock lock(mutex_);
  is_raised_ = true;
  raised_.NotifyAll();
}

bool StopSign::is_raised() const {
  const platform::MutexLock lock(mutex_);
  return is_raised_;
}

void StopSign::Pause(absl::Duration span) const {
  const platform::MonotonicClock clock;
  const absl::Time until = clock.Now() + span;
  const platform::MutexLock lock(mutex_);
  for (absl::Duration left = span; !is_raised_ && left > absl::ZeroDuration();
       left = until - clock.Now()) {
    raised_.WaitFor(mutex_, left);
  }
}

}  // namespace twinq::soak
