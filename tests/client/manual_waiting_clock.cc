#include "tests/client/manual_waiting_clock.h"

#include <algorithm>
#include <vector>

namespace twinq {

absl::Time ManualWaitingClock::Now() const {
  const platform::MutexLock lock(mutex_);
  return now_;
}

void ManualWaitingClock::Wait(platform::CondVar& condition, platform::Mutex& mutex,
                              absl::Time until) {
  std::list<Sleeper>::iterator self;
  {
    const platform::MutexLock lock(mutex_);
    if (now_ >= until) return;
    self = sleepers_.insert(sleepers_.end(),
                            {.condition = &condition, .mutex = &mutex, .until = until});
    changed_.NotifyAll();
  }
  condition.Wait(mutex);
  const platform::MutexLock lock(mutex_);
  sleepers_.erase(self);
}

void ManualWaitingClock::Advance(absl::Duration span) {
  std::vector<Sleeper> woken;
  {
    const platform::MutexLock lock(mutex_);
    now_ += span;
    woken.assign(sleepers_.begin(), sleepers_.end());
  }
  for (const Sleeper& sleeper : woken) {
    // With it in hand, for the sleeper has let go of it only once it hears of notifications.
    const platform::MutexLock lock(*sleeper.mutex);
    sleeper.condition->NotifyAll();
  }
}

absl::Time ManualWaitingClock::NextAlarm() const {
  absl::Time next = absl::InfiniteFuture();
  for (const Sleeper& sleeper : sleepers_) {
    if (sleeper.until > now_) next = std::min(next, sleeper.until);
  }
  return next;
}

void ManualWaitingClock::AdvanceToNextAlarm() {
  absl::Duration span;
  {
    const platform::MutexLock lock(mutex_);
    while (NextAlarm() == absl::InfiniteFuture()) changed_.Wait(mutex_);
    span = NextAlarm() - now_;
  }
  Advance(span);
}

void ManualWaitingClock::AwaitAlarm(absl::Time moment) {
  const platform::MutexLock lock(mutex_);
  const auto waits_for_it = [moment](const Sleeper& sleeper) { return sleeper.until == moment; };
  while (std::none_of(sleepers_.begin(), sleepers_.end(), waits_for_it)) changed_.Wait(mutex_);
}

}  // namespace twinq
