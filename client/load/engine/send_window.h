#ifndef TWINQ_CLIENT_LOAD_ENGINE_SEND_WINDOW_H_
#define TWINQ_CLIENT_LOAD_ENGINE_SEND_WINDOW_H_

#include "absl/base/thread_annotations.h"

#include "platform/mutex.h"

namespace twinq::load {

// Holds producers back while too many messages are under way.
//
// Guarantee: of at most `places_max` Enter() calls that were let in, Leave() has not been called.
// Thread-safety: all methods may be called from any thread.
class SendWindow {
 public:
  enum class Entry { kOpen, kClosed };

  explicit SendWindow(int places_max) : places_(places_max) {}

  // Waits for a place and takes it; kClosed, without a place, once the window is closed.
  Entry Enter();
  // Gives a place back.
  void Leave();
  // Lets nobody in any more, and lets those who wait go.
  void Close();

 private:
  platform::Mutex mutex_;
  platform::CondVar changed_;
  int places_ ABSL_GUARDED_BY(mutex_);
  bool is_closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_SEND_WINDOW_H_
