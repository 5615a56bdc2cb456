#include "platform/waiting_clock.h"

#include "platform/monotonic_clock.h"

namespace twinq::platform {
namespace {

class MachineClock : public WaitingClock {
 public:
  absl::Time Now() const override { return MonotonicClock().Now(); }

  void Wait(CondVar& condition, Mutex& mutex, absl::Time until) override
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    if (until == absl::InfiniteFuture()) return condition.Wait(mutex);
    const absl::Duration left = until - Now();
    if (left > absl::ZeroDuration()) condition.WaitFor(mutex, left);
  }
};

}  // namespace

WaitingClock& MachineWaitingClock() {
  static MachineClock clock;
  return clock;
}

}  // namespace twinq::platform
