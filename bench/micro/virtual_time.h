#ifndef TWINQ_BENCH_MICRO_VIRTUAL_TIME_H_
#define TWINQ_BENCH_MICRO_VIRTUAL_TIME_H_

#include "absl/time/time.h"

#include "core/base/timestamp.h"

namespace twinq::bench {

// When every benchmark begins.
inline constexpr Timestamp kStart = Timestamp::FromNanos(1'700'000'000'000'000'000);
// From one send to the next: 10,000 a second.
inline constexpr absl::Duration kStep = absl::Microseconds(100);

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_VIRTUAL_TIME_H_
