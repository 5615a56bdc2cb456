#ifndef TWINQ_CLIENT_LOAD_ENGINE_STOP_SIGNAL_H_
#define TWINQ_CLIENT_LOAD_ENGINE_STOP_SIGNAL_H_

#include <atomic>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

#include "platform/mutex.h"

namespace twinq::load {

// Tells threads to stop, also those that wait.
//
// Thread-safety: all methods may be called from any thread.
class StopSignal {
 public:
  void Give();
  bool is_given() const { return is_given_; }
  // Waits so long, or until the signal is given.
  void WaitFor(absl::Duration span);

 private:
  std::atomic<bool> is_given_ = false;
  platform::Mutex mutex_;
  platform::CondVar changed_;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_STOP_SIGNAL_H_
