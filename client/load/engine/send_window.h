#ifndef TWINQ_CLIENT_LOAD_ENGINE_SEND_WINDOW_H_
#define TWINQ_CLIENT_LOAD_ENGINE_SEND_WINDOW_H_

#include "absl/base/thread_annotations.h"

#include "platform/mutex.h"

namespace twinq::load {

// Holds producers back while too many messages are under way.
//
// Guarantee: of the places that were taken at most `places_max` have not been given back, but for
// one that takes more at once than there are: it takes them when all are free.
// Thread-safety: all methods may be called from any thread.
class SendWindow {
 public:
  enum class Entry { kOpen, kClosed };

  explicit SendWindow(int places_max) : places_max_(places_max), places_(places_max) {}

  // Waits for so many places and takes them; kClosed, without a place, once the window is closed.
  Entry Enter(int places);
  // Gives places back.
  void Leave(int places);
  // Lets nobody in any more, and lets those who wait go.
  void Close();

 private:
  const int places_max_;
  platform::Mutex mutex_;
  platform::CondVar changed_;
  int places_ ABSL_GUARDED_BY(mutex_);
  bool is_closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_SEND_WINDOW_H_
