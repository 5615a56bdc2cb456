#include "tests/crash/queue_plan.h"

namespace twinq::crash {

std::vector<QueuePlan> LastingQueues() {
  return {{.name = "jobs"},
          {.name = "orders.fifo", .kind = QueueKind::kFifo},
          {.name = "events.fifo",
           .kind = QueueKind::kFifo,
           .dedup = QueuePlan::Dedup::kByContent,
           .dedup_scope = DedupScope::kMessageGroup,
           .delay = absl::Seconds(1)}};
}

history::Promises PromisesOf(const QueuePlan& plan) {
  return {.kind = plan.kind, .dedup_scope = plan.dedup_scope, .clock_error = absl::Milliseconds(1)};
}

}  // namespace twinq::crash
