#include "client/load/engine/stop_signal.h"

#include "platform/monotonic_clock.h"

namespace twinq::load {

void StopSignal::Give() {
  platform::MutexLock lock(mutex_);
  is_given_ = true;
  changed_.NotifyAll();
}

void StopSignal::WaitFor(absl::Duration span) {
  const platform::MonotonicClock clock;
  const absl::Time until = clock.Now() + span;
  platform::MutexLock lock(mutex_);
  for (absl::Duration left = span; left > absl::ZeroDuration() && !is_given_;
       left = until - clock.Now()) {
    changed_.WaitFor(mutex_, left);
  }
}

}  // namespace twinq::load
