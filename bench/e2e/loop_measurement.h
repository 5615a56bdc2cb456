#ifndef TWINQ_BENCH_E2E_LOOP_MEASUREMENT_H_
#define TWINQ_BENCH_E2E_LOOP_MEASUREMENT_H_

#include <cstdint>
#include <string>
#include <vector>

namespace twinq::bench {

// What one measured stretch of a closed loop gave.
struct LoopMeasurement {
  // Room for a million latencies, so that the loop allocates nothing for them.
  LoopMeasurement();

  std::vector<int64_t> latencies_ns;  // Of calls that ended within it.
  int64_t messages = 0;               // That came to their end within it.
  int64_t elapsed_ns = 0;
  double server_cpu_seconds = 0;
  double client_cpu_seconds = 0;
  int failed = 0;
  std::string first_error;
};

// The members of a JSON object, without its braces: rates, latencies, CPU time a call and a
// message. REQUIRES: a call has ended, and a message. Cost: reorders the latencies.
std::string JsonMembers(LoopMeasurement& measured);

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_E2E_LOOP_MEASUREMENT_H_
