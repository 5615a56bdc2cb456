#ifndef TWINQ_TESTS_CRASH_SERVER_LOCATION_H_
#define TWINQ_TESTS_CRASH_SERVER_LOCATION_H_

#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

#include "platform/mutex.h"

namespace twinq::crash {

// Where the server is: each start has a port of its own, and between a kill and a start it is
// nowhere.
//
// Thread-safety: any thread.
class ServerLocation {
 public:
  void Started(const std::string& address);
  void Gone();
  // There will be no server any more.
  void GiveUp();

  bool is_given_up();
  // The server's address; waits while it is nowhere. None after GiveUp().
  std::optional<std::string> Await();
  // Waits so long, less if anything of this changes.
  void Pause(absl::Duration span);

 private:
  platform::Mutex mutex_;
  platform::CondVar changed_;
  std::string address_ ABSL_GUARDED_BY(mutex_);  // Empty: nowhere.
  bool is_given_up_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_SERVER_LOCATION_H_
