#include "platform/watchdog.h"

#include <utility>

#include "platform/monotonic_clock.h"

namespace twinq::platform {

Watchdog::Watchdog(absl::Duration patience, std::function<void()> on_expiry)
    : thread_("watchdog", [this, patience, expired = std::move(on_expiry)] {
        if (Expires(patience)) expired();
      }) {}

Watchdog::~Watchdog() {
  {
    const MutexLock lock(mutex_);
    is_called_off_ = true;
    changed_.NotifyAll();
  }
  thread_.Join();
}

bool Watchdog::Expires(absl::Duration patience) {
  const MonotonicClock clock;
  const absl::Time end = clock.Now() + patience;
  const MutexLock lock(mutex_);
  while (!is_called_off_) {
    const absl::Duration left = end - clock.Now();
    if (left <= absl::ZeroDuration()) return true;
    changed_.WaitFor(mutex_, left);
  }
  return false;
}

}  // namespace twinq::platform
