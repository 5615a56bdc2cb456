#ifndef TWINQ_CLIENT_LOAD_ENGINE_RUN_RESULT_H_
#define TWINQ_CLIENT_LOAD_ENGINE_RUN_RESULT_H_

#include <cstdint>

#include "absl/time/time.h"

#include "client/load/engine/tally.h"

namespace twinq::load {

// What a workload came to on one queue.
struct RunResult {
  Counts counts = {};
  int64_t throughput_per_s = 0;  // Messages received while the producers sent.
  // From the first send of a message to its first delivery.
  absl::Duration latency_p50 = absl::ZeroDuration();
  absl::Duration latency_p99 = absl::ZeroDuration();
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_RUN_RESULT_H_
