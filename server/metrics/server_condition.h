#ifndef TWINQ_SERVER_METRICS_SERVER_CONDITION_H_
#define TWINQ_SERVER_METRICS_SERVER_CONDITION_H_

#include <atomic>

#include "absl/strings/string_view.h"

namespace twinq::metrics {

// Whether this server serves calls, for those who decide whether it gets any.
//
//   kStarting ──SetServing()──► kServing ──SetEnding()──► kEnding
//        └─────────── SetFailed(), from any ───────────────┴──► kFailed
//
// Thread-safety: any thread.
class ServerCondition {
 public:
  enum class State { kStarting, kServing, kEnding, kFailed };

  void SetServing() { Move(State::kServing); }
  void SetEnding() { Move(State::kEnding); }
  void SetFailed() { Move(State::kFailed); }
  State state() const { return state_.load(std::memory_order_acquire); }

 private:
  // Goes forward only.
  void Move(State to);

  std::atomic<State> state_{State::kStarting};
};

// One line that says what the state means for calls.
absl::string_view Explanation(ServerCondition::State state);

}  // namespace twinq::metrics

#endif  // TWINQ_SERVER_METRICS_SERVER_CONDITION_H_
