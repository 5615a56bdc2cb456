#ifndef TWINQ_CLIENT_LIB_RETRY_H_
#define TWINQ_CLIENT_LIB_RETRY_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "core/base/random.h"

namespace twinq::client {

// For how long, and how often, a call that failed is made again.
struct RetryPolicy {
  // A pause is drawn uniformly from nothing to its bound, which doubles from the least to the most,
  // so that clients which lost their server together do not come back together.
  absl::Duration pause_min = absl::Milliseconds(50);
  absl::Duration pause_max = absl::Seconds(2);
  // Since the first attempt began; zero: a call is made once.
  absl::Duration give_up_after = absl::Minutes(2);
};

// What a failed call leaves to be known.
enum class Failure : uint8_t {
  kRefused,  // It had no effect and would have none again.
  kNotNow,  // It had no effect; the same call may have one later: a server that is full, or starts.
  kUnknown,  // It may have had its effect, or may still: the answer was lost, or came too late.
};

// REQUIRES: `status` is not OK and comes from a QueueClient.
Failure FailureOf(const absl::Status& status);

// The attempts at one call.
class Attempts {
 public:
  // The first begins at `now`.
  Attempts(const RetryPolicy& policy, absl::Time now)
      : policy_(policy), give_up_at_(now + policy.give_up_after), bound_(policy.pause_min) {}

  // When the next one begins, after one that failed at `now`; InfiniteFuture if there is none.
  absl::Time Next(absl::Time now, Random& random);

 private:
  RetryPolicy policy_;
  absl::Time give_up_at_;
  absl::Duration bound_;
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_RETRY_H_
