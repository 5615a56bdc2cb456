#ifndef TWINQ_PLATFORM_WATCHDOG_H_
#define TWINQ_PLATFORM_WATCHDOG_H_

#include <functional>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

#include "platform/mutex.h"
#include "platform/thread.h"

namespace twinq::platform {

// Calls a function, on a thread of its own, unless it is destroyed within `patience`.
class Watchdog {
 public:
  Watchdog(absl::Duration patience, std::function<void()> on_expiry);
  // Waits for the function if it has been called.
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  // False if it is called off before.
  bool Expires(absl::Duration patience);

  Mutex mutex_;
  CondVar changed_;
  bool is_called_off_ ABSL_GUARDED_BY(mutex_) = false;
  Thread thread_;
};

}  // namespace twinq::platform

#endif  // TWINQ_PLATFORM_WATCHDOG_H_
