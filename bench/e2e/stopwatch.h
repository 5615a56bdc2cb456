#ifndef TWINQ_BENCH_E2E_STOPWATCH_H_
#define TWINQ_BENCH_E2E_STOPWATCH_H_

#include <chrono>
#include <cstdint>

namespace twinq::bench {

// Nanoseconds of a clock that never steps; only differences mean anything. The one place in the
// end-to-end benchmarks that asks for the time. Cost: about 25 ns.
inline int64_t MonotonicNanoseconds() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_E2E_STOPWATCH_H_
