#include "core/base/manual_clock.h"

#include "gtest/gtest.h"

namespace twinq {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

TEST(ManualClockTest, StandsStillUntilItIsMoved) {
  ManualClock clock(kStart);

  EXPECT_EQ(clock.Now(), kStart);
  EXPECT_EQ(clock.Now(), kStart);
}

TEST(ManualClockTest, AdvancesToTheNanosecond) {
  ManualClock clock(kStart);

  clock.Advance(absl::Minutes(5) - absl::Nanoseconds(1));

  EXPECT_EQ(clock.Now(), kStart + absl::Minutes(5) - absl::Nanoseconds(1));
}

TEST(ManualClockTest, MayBeSetBack) {
  ManualClock clock(kStart);

  clock.Set(kStart - absl::Seconds(1));

  EXPECT_EQ(clock.Now(), kStart - absl::Seconds(1));
}

}  // namespace
}  // namespace twinq
