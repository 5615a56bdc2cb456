#include "platform/monotonic_clock.h"

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace twinq::platform {
namespace {

TEST(MonotonicClockTest, NeverStepsBack) {
  const MonotonicClock clock;
  absl::Time last = clock.Now();

  for (int i = 0; i < 1'000; ++i) {
    const absl::Time now = clock.Now();
    ASSERT_GE(now, last);
    last = now;
  }
}

}  // namespace
}  // namespace twinq::platform
