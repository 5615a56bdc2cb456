#ifndef TWINQ_TESTS_CLIENT_MANUAL_WAITING_CLOCK_H_
#define TWINQ_TESTS_CLIENT_MANUAL_WAITING_CLOCK_H_

#include <list>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

#include "platform/mutex.h"
#include "platform/waiting_clock.h"

namespace twinq {

// Stands still until the test moves it, which wakes who waits by it.
//
// Lifetime: must outlive the waits.
class ManualWaitingClock : public platform::WaitingClock {
 public:
  absl::Time Now() const override;
  void Wait(platform::CondVar& condition, platform::Mutex& mutex, absl::Time until) override
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);

  // None may end at the same time that holds what a waiter's mutex guards.
  void Advance(absl::Duration span);

  // Waits until somebody waits for a moment to come, and goes to the first such moment.
  void AdvanceToNextAlarm();
  // Waits until somebody waits for this moment.
  void AwaitAlarm(absl::Time moment);

 private:
  struct Sleeper {
    platform::CondVar* condition;
    platform::Mutex* mutex;
    absl::Time until;
  };

  absl::Time NextAlarm() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable platform::Mutex mutex_;
  platform::CondVar changed_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_) = absl::FromUnixSeconds(1'700'000'000);
  std::list<Sleeper> sleepers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace twinq

#endif  // TWINQ_TESTS_CLIENT_MANUAL_WAITING_CLOCK_H_
