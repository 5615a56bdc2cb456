#ifndef TWINQ_TESTS_SIM_HISTORY_TOY_WORKLOAD_H_
#define TWINQ_TESTS_SIM_HISTORY_TOY_WORKLOAD_H_

#include <cstdint>

#include "absl/time/time.h"

#include "core/model/queue_kind.h"

namespace twinq::history {

// What befalls the clients of a toy queue. Probabilities are per call, unless they say otherwise.
struct ToyWorkload {
  QueueKind kind = QueueKind::kStandard;
  uint64_t seed = 1;
  uint32_t producers = 3;
  uint32_t consumers = 3;
  uint32_t groups = 3;
  uint32_t messages = 40;                               // Of each producer.
  absl::Duration latency_max = absl::Milliseconds(20);  // One way; 0: all is of one instant.
  double lose_request = 0.02;
  double delay_request = 0.02;  // Carried out when the client has given up.
  double lose_answer = 0.02;
  double refuse_send = 0.01;
  double retry_late = 0.02;      // Of unanswered sends: after the deduplication window.
  double give_up = 0.2;          // Of unanswered sends: no retry.
  double retry_answered = 0.03;  // Sent again though it was answered.
  double leave = 0.05;           // Of messages: not deleted,
  double release = 0.05;         // given back,
  double extend = 0.1;           // extended before the delete,
  double handle_slowly = 0.05;   // deleted when the visibility is over.
  double crash_client = 0.01;
  uint32_t server_crashes = 2;  // In the whole run.
  uint32_t purges = 0;          // In the whole run.
  bool is_drained = true;       // Else it ends while messages are there.
};

// A mix of these that the seed draws.
ToyWorkload RandomWorkload(QueueKind kind, uint64_t seed);

// No crash, loss, purge, retry or accident: messages are sent, received once and deleted.
ToyWorkload CalmWorkload(QueueKind kind, uint64_t seed);

}  // namespace twinq::history

#endif  // TWINQ_TESTS_SIM_HISTORY_TOY_WORKLOAD_H_
