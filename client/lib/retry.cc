#include "client/lib/retry.h"

#include <algorithm>
#include <cstdint>

#include "client/lib/call_status.h"

namespace twinq::client {

Failure FailureOf(const absl::Status& status) {
  // Only the service knows that a call had no effect, and its answers bear a name.
  const bool is_answer = !SqsErrorName(status).empty();
  if (WasNotSent(status)) return Failure::kNotNow;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
      return is_answer ? Failure::kNotNow : Failure::kUnknown;
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
      return Failure::kUnknown;
    default:
      return Failure::kRefused;
  }
}

absl::Time Attempts::Next(absl::Time now, Random& random) {
  constexpr uint64_t kSteps = 1 << 20;
  const absl::Duration pause =
      bound_ * static_cast<int64_t>(random.Below(kSteps)) / static_cast<int64_t>(kSteps);
  bound_ = std::min(bound_ * 2, policy_.pause_max);
  const absl::Time next = now + pause;
  return next < give_up_at_ ? next : absl::InfiniteFuture();
}

}  // namespace twinq::client
