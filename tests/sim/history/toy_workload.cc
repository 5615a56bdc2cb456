#include "tests/sim/history/toy_workload.h"

#include "core/base/random.h"

namespace twinq::history {

ToyWorkload RandomWorkload(QueueKind kind, uint64_t seed) {
  SeededRandom random(seed ^ 0x70f1);
  ToyWorkload workload = {.kind = kind, .seed = seed};
  workload.producers = 1 + static_cast<uint32_t>(random.Below(4));
  workload.consumers = 1 + static_cast<uint32_t>(random.Below(5));
  workload.groups = 1 + static_cast<uint32_t>(random.Below(6));
  workload.latency_max = absl::Milliseconds(random.Below(4) * 40);
  for (double* probability : {&workload.lose_request, &workload.delay_request,
                              &workload.lose_answer, &workload.retry_late, &workload.leave,
                              &workload.release, &workload.extend, &workload.handle_slowly}) {
    *probability = random.Chance(0.3) ? 0.0 : static_cast<double>(random.Below(20)) / 100.0;
  }
  workload.server_crashes = static_cast<uint32_t>(random.Below(4));
  workload.purges = random.Chance(0.3) ? static_cast<uint32_t>(random.Below(3)) : 0;
  workload.is_drained = random.Chance(0.8);
  return workload;
}

ToyWorkload CalmWorkload(QueueKind kind, uint64_t seed) {
  return {.kind = kind,
          .seed = seed,
          .lose_request = 0,
          .delay_request = 0,
          .lose_answer = 0,
          .refuse_send = 0,
          .retry_late = 0,
          .give_up = 0,
          .retry_answered = 0,
          .leave = 0,
          .release = 0,
          .extend = 0,
          .handle_slowly = 0,
          .crash_client = 0,
          .server_crashes = 0};
}

}  // namespace twinq::history
