#include "server/metrics/server_condition.h"

#include "core/base/check.h"

namespace twinq::metrics {

void ServerCondition::Move(State to) {
  State from = state_.load(std::memory_order_relaxed);
  while (from < to && !state_.compare_exchange_weak(from, to, std::memory_order_release)) {
  }
}

absl::string_view Explanation(ServerCondition::State state) {
  switch (state) {
    case ServerCondition::State::kStarting:
      return "starting: the journal is still being read";
    case ServerCondition::State::kServing:
      return "ok";
    case ServerCondition::State::kEnding:
      return "ending: calls in progress are finished, new ones are refused";
    case ServerCondition::State::kFailed:
      return "failed: a read, write or sync of the journal has failed";
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

}  // namespace twinq::metrics
