#ifndef TWINQ_PLATFORM_WAITING_CLOCK_H_
#define TWINQ_PLATFORM_WAITING_CLOCK_H_

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

#include "core/base/clock.h"
#include "platform/mutex.h"

namespace twinq::platform {

// A clock that threads can wait by, so that a test's clock, which stands still until it is moved,
// rules their waiting too.
//
// Thread-safety: all methods may be called from any thread.
class WaitingClock : public Clock {
 public:
  // Waits for a notification of `condition`, at most until Now() reaches `until`. May end without a
  // reason: look again.
  virtual void Wait(CondVar& condition, Mutex& mutex, absl::Time until)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) = 0;
};

// The machine's, for spans: it never steps, and its instants mean nothing by themselves. Lives as
// long as the process.
WaitingClock& MachineWaitingClock();

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_WAITING_CLOCK_H_
