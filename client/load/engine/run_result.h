#ifndef TWINQ_CLIENT_LOAD_ENGINE_RUN_RESULT_H_
#define TWINQ_CLIENT_LOAD_ENGINE_RUN_RESULT_H_

#include <cstdint>
#include <optional>

#include "absl/time/time.h"

#include "client/lib/admin_client.h"
#include "client/lib/queue_client.h"
#include "client/load/engine/judged_totals.h"
#include "client/load/engine/measurements.h"
#include "client/load/engine/usage_meter.h"

namespace twinq::load {

// What a workload came to on one queue.
struct RunResult {
  client::QueueKind kind = client::QueueKind::kStandard;
  int64_t sent = 0;  // Messages that were acknowledged; repeats are not counted.
  JudgedTotals judged = {};
  Measurements measurements = {};
  absl::Duration sending = absl::ZeroDuration();  // How long messages were sent.
  int64_t throughput_per_s = 0;  // First deliveries while messages were sent, after the warm-up.
  Usage usage = {};
  int chapters = 0;
  bool is_drained = true;  // If not, it took too long, and nothing can be called lost.
  std::optional<client::ServerInfo> server = std::nullopt;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_RUN_RESULT_H_
