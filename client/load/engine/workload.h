#ifndef TWINQ_CLIENT_LOAD_ENGINE_WORKLOAD_H_
#define TWINQ_CLIENT_LOAD_ENGINE_WORKLOAD_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace twinq::load {

// What is done to one queue: producers send and consumers receive and delete as fast as the server
// answers, and both have accidents. The same workload and seed draw the same groups and accidents
// for either kind of queue, as far as threads allow.
struct Workload {
  // Of sending; what is left over is received after it.
  absl::Duration duration = absl::Seconds(5);
  int producers = 2;
  int consumers = 4;  // Each has a delete to make for every message; two could not keep up.
  int groups = 50;    // Each message is of one, drawn uniformly.
  size_t body_bytes = 256;
  // At most so many messages are sent and not received. It keeps latency a matter of the server:
  // with a backlog that grows, it would tell only for how long one has measured.
  int backlog_max = 1000;
  absl::Duration visibility_timeout = absl::Seconds(1);  // Whole seconds.
  double lose_ack = 0.01;    // Probability that a message is handled and not deleted.
  double retry_send = 0.01;  // Probability that a message is sent twice, as after a lost answer.
  uint64_t seed = 1;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_WORKLOAD_H_
