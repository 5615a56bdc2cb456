#ifndef TWINQ_TESTS_CLIENT_LOAD_REPORT_EXAMPLE_H_
#define TWINQ_TESTS_CLIENT_LOAD_REPORT_EXAMPLE_H_

#include <vector>

#include "client/load/engine/run_result.h"

namespace twinq::load {

// A standard and a FIFO queue after some workload.
inline std::vector<RunResult> ExampleResults() {
  RunResult standard;
  standard.sent = 1'234'567;
  standard.judged.delivered = 1'234'999;
  standard.judged.received = 1'234'567;
  standard.judged.further_copies = 400;
  standard.judged.redeliveries.at(static_cast<size_t>(history::Cause::kFailed)) = 32;
  standard.judged.out_of_order = 999;
  standard.judged.distance_sum = 1998;
  standard.judged.distance_max = 17;
  standard.judged.groups_held_twice = 5;
  standard.throughput_per_s = 8000;
  standard.sending = absl::Seconds(10);
  standard.usage = {.elapsed = absl::Seconds(10),
                    .generator_cpu = absl::Seconds(12),
                    .processors = 2,
                    .messages = 1'000'000,
                    .server_cpu = absl::Seconds(7),
                    .server_growth_bytes = 50'000'000};
  standard.measurements.send.Record(absl::Microseconds(1234));
  standard.measurements.end_to_end.Record(absl::Milliseconds(123));
  standard.measurements.received.Add(absl::ZeroDuration(), 800);
  RunResult fifo = standard;
  fifo.kind = client::QueueKind::kFifo;
  fifo.sent = 100;
  fifo.judged = {};
  fifo.judged.delivered = 107;
  fifo.judged.received = 100;
  fifo.judged.redeliveries.at(static_cast<size_t>(history::Cause::kFailed)) = 7;
  fifo.usage.server_cpu = std::nullopt;
  return {standard, fifo};
}

}  // namespace twinq::load

#endif  // TWINQ_TESTS_CLIENT_LOAD_REPORT_EXAMPLE_H_
