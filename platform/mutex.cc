#include "platform/mutex.h"

#include "absl/time/time.h"

namespace twinq::platform {

// The lock is the caller's before and after; std::condition_variable only borrows it.
void CondVar::Wait(Mutex& mutex) {
  std::unique_lock<std::mutex> borrowed(mutex.mutex_, std::adopt_lock);
  condition_.wait(borrowed);
  borrowed.release();
}

void CondVar::WaitFor(Mutex& mutex, absl::Duration timeout) {
  std::unique_lock<std::mutex> borrowed(mutex.mutex_, std::adopt_lock);
  condition_.wait_for(borrowed, absl::ToChronoNanoseconds(timeout));
  borrowed.release();
}

}  // namespace twinq::platform
