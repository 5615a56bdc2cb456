#ifndef TWINQ_TESTS_SUPPORT_GATE_H_
#define TWINQ_TESTS_SUPPORT_GATE_H_

#include "absl/base/thread_annotations.h"

#include "platform/mutex.h"

namespace twinq {

// Where a test holds up the threads of what it tests. Open at first.
//
// Thread-safety: any thread.
class Gate {
 public:
  void Close();
  void Open();
  // Lets one thread through a closed gate: who waits there, or who comes next.
  void LetOneThrough();

  // Waits until somebody stands before the closed gate.
  void AwaitSomebody();
  // For those held up: returns when the gate lets them through.
  void Pass();

 private:
  platform::Mutex mutex_;
  platform::CondVar changed_;
  bool is_closed_ ABSL_GUARDED_BY(mutex_) = false;
  int may_pass_ ABSL_GUARDED_BY(mutex_) = 0;
  int standing_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_SUPPORT_GATE_H_
