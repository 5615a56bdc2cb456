#ifndef TWINQ_TESTS_SOAK_RAW_CALLS_H_
#define TWINQ_TESTS_SOAK_RAW_CALLS_H_

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"

#include "platform/mutex.h"
#include "tests/soak/tally.h"

namespace twinq::soak {

// Calls over one connection of gRPC's, of any method and with any bytes for a request.
//
// Thread-safety: one thread at a time.
class RawCalls {
 public:
  // Connects; if that takes too long, the calls will tell.
  explicit RawCalls(const std::string& address);
  // Cancels what has not ended.
  ~RawCalls();
  RawCalls(const RawCalls&) = delete;
  RawCalls& operator=(const RawCalls&) = delete;

  // Begins a call of "/package.Service/Method". `on_end` runs on another thread.
  void Begin(const std::string& method, const std::string& request,
             std::function<void(Fate)> on_end);
  // Begins to cancel all calls.
  void Cancel();
  // Waits until all have ended.
  void AwaitEnds();

 private:
  struct Connection;  // Keep gRPC out of this header.
  struct Call;

  void OnEnd();

  const std::unique_ptr<Connection> connection_;
  std::deque<std::unique_ptr<Call>> calls_;
  platform::Mutex mutex_;
  platform::CondVar none_;
  int pending_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_RAW_CALLS_H_
