#ifndef TWINQ_TESTS_CLIENT_LOAD_TICKING_CLOCK_H_
#define TWINQ_TESTS_CLIENT_LOAD_TICKING_CLOCK_H_

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"

#include "core/base/clock.h"

namespace twinq {

// A clock that is a millisecond later at each look: what runs "for a second" makes about a thousand
// steps, as fast as the machine can.
//
// Thread-safety: Now() may be called from any thread.
class TickingClock : public Clock {
 public:
  absl::Time Now() const override { return absl::FromUnixMillis(kStartMillis + ++ticks_); }

 private:
  static constexpr int64_t kStartMillis = 1'700'000'000'000;

  mutable std::atomic<int64_t> ticks_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_CLIENT_LOAD_TICKING_CLOCK_H_
