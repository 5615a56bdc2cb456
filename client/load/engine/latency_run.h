#ifndef TWINQ_CLIENT_LOAD_ENGINE_LATENCY_RUN_H_
#define TWINQ_CLIENT_LOAD_ENGINE_LATENCY_RUN_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "client/load/engine/latency_histogram.h"
#include "client/load/engine/target.h"
#include "core/base/clock.h"

namespace twinq::load {

// One message at a time through an idle queue, whose consumer waits in a long poll.
struct LatencyPlan {
  absl::Duration duration = absl::Seconds(5);
  std::optional<int64_t> messages_max = std::nullopt;
  size_t body_bytes = 256;
};

struct LatencyResult {
  client::QueueKind kind = client::QueueKind::kStandard;
  LatencyHistogram send;  // From the call to its answer.
  // From the call to the answer of the consumer's poll: it is woken by the message.
  LatencyHistogram send_to_receive;
};

// Makes the queue, which must not exist yet, measures, and deletes it.
//
// Errors: the first call that failed ends it with its status, as does a message that is not
// received within ten seconds, or another that is.
// Cost: two connections and one thread beside the caller's. Before each send it waits for two
// milliseconds, so that the poll has reached the server.
absl::StatusOr<LatencyResult> MeasureLatency(const LatencyPlan& plan, const Target& target,
                                             const Clock& clock);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_LATENCY_RUN_H_
