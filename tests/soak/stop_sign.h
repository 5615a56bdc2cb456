#ifndef TWINQ_TESTS_SOAK_STOP_SIGN_H_
#define TWINQ_TESTS_SOAK_STOP_SIGN_H_

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

#include "platform/mutex.h"

namespace twinq::soak {

// Tells the threads of a phase that it is over.
//
// Thread-safety: any thread.
class StopSign {
 public:
  void Raise();

  bool is_raised() const;
  // Waits so long, less if it is raised.
  void Pause(absl::Duration span) const;

 private:
  mutable platform::Mutex mutex_;
  mutable platform::CondVar raised_;
  bool is_raised_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_STOP_SIGN_H_
