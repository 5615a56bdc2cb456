#ifndef TWINQ_CLIENT_LOAD_ENGINE_WORKLOAD_H_
#define TWINQ_CLIENT_LOAD_ENGINE_WORKLOAD_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/time/time.h"

namespace twinq::load {

// What is done to one queue: producers send, consumers receive, handle and delete, and all have
// accidents. With the same seed a message has the same group and the same accidents on its first
// way whatever the kind of the queue.
struct Workload {
  // Sending ends with the first of the two; what is left over is received after it.
  absl::Duration duration = absl::Seconds(5);
  std::optional<int64_t> messages_max = std::nullopt;
  // So much of the beginning is left out of latencies, throughput and usage.
  absl::Duration warmup = absl::ZeroDuration();
  // Messages a second, each with its due time, whatever the server does about those before it
  // (open loop). Nothing: as fast as the server answers (closed loop).
  std::optional<double> rate_per_s = std::nullopt;
  int producers = 2;
  int consumers = 4;  // Each has a delete to make for every message; two could not keep up.
  int batch = 1;      // Messages that a send, a receive and a delete carry, 1 to 10.
  int groups = 50;    // Each message is of one.
  // How unequal groups are: group n is drawn with a weight of 1/n^skew. 0: all alike.
  double group_skew = 0;
  size_t body_bytes = 256;
  // In a closed loop at most so many messages are sent and not received. It keeps latency a matter
  // of the server: with a backlog that grows, it would tell only for how long one has measured.
  int backlog_max = 1000;
  absl::Duration visibility_timeout = absl::Seconds(1);  // Whole seconds.
  absl::Duration processing = absl::ZeroDuration();      // That a consumer takes for each message.
  double lose_ack = 0.01;    // Probability that a message is handled and not deleted.
  double retry_send = 0.01;  // Probability that a message is sent twice, as after a lost answer.
  // Probability that a consumer vanishes when it comes to a message, with all that it holds.
  double crash = 0;
  uint64_t seed = 1;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_WORKLOAD_H_
