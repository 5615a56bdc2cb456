#include "core/base/timestamp.h"

#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace twinq {
namespace {

constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
constexpr int64_t kMin = std::numeric_limits<int64_t>::min();

static_assert(sizeof(Timestamp) == 8);
static_assert(Timestamp::Past() < Timestamp() && Timestamp() < Timestamp::Infinite());

struct SumCase {
  const char* name;
  int64_t instant;
  absl::Duration span;
  int64_t sum;
};

class TimestampSumTest : public ::testing::TestWithParam<SumCase> {};

TEST_P(TimestampSumTest, Saturates) {
  const auto& [name, instant, span, sum] = GetParam();

  EXPECT_EQ((Timestamp::FromNanos(instant) + span).nanos(), sum);
}

INSTANTIATE_TEST_SUITE_P(
    Boundaries, TimestampSumTest,
    ::testing::Values(SumCase{"Plain", 1'000, absl::Nanoseconds(7), 1'007},
                      SumCase{"Back", 1'000, absl::Nanoseconds(-7), 993},
                      SumCase{"UpToTheEnd", kMax - 7, absl::Nanoseconds(7), kMax},
                      SumCase{"PastTheEnd", kMax - 7, absl::Nanoseconds(8), kMax},
                      SumCase{"OfInfinite", kMax, absl::Hours(12), kMax},
                      SumCase{"InfiniteSpan", 1'700'000'000'000'000'000, absl::InfiniteDuration(),
                              kMax},
                      SumCase{"DownToTheStart", kMin + 7, absl::Nanoseconds(-7), kMin},
                      SumCase{"BeforeTheStart", kMin + 7, absl::Nanoseconds(-8), kMin},
                      SumCase{"InfiniteSpanBack", -1, -absl::InfiniteDuration(), kMin}),
    [](const auto& test) { return test.param.name; });

TEST(TimestampTest, DifferenceIsExactOrInfinite) {
  EXPECT_EQ(Timestamp::FromNanos(kMax) - Timestamp::FromNanos(kMax - 3), absl::Nanoseconds(3));
  EXPECT_EQ(Timestamp::FromNanos(5) - Timestamp::FromNanos(12), absl::Nanoseconds(-7));
  EXPECT_EQ(Timestamp::Infinite() - Timestamp::Past(), absl::InfiniteDuration());
  EXPECT_EQ(Timestamp::Past() - Timestamp::Infinite(), -absl::InfiniteDuration());
}

TEST(TimestampTest, KeepsTimesToTheNanosecond) {
  const absl::Time time = absl::FromUnixNanos(1'700'000'000'123'456'789);

  EXPECT_EQ(Timestamp::FromTime(time).nanos(), 1'700'000'000'123'456'789);
  EXPECT_EQ(Timestamp::FromTime(time).millis(), 1'700'000'000'123);
  EXPECT_EQ(Timestamp::FromTime(time).ToTime(), time);
}

TEST(TimestampTest, InfiniteTimesAreInfiniteTimestamps) {
  EXPECT_EQ(Timestamp::FromTime(absl::InfiniteFuture()), Timestamp::Infinite());
  EXPECT_EQ(Timestamp::FromTime(absl::InfinitePast()), Timestamp::Past());
  EXPECT_EQ(Timestamp::Infinite().ToTime(), absl::InfiniteFuture());
  EXPECT_EQ(Timestamp::Past().ToTime(), absl::InfinitePast());
}

TEST(TimestampTest, TimesBeyondTheRangeSaturate) {
  const absl::Time year_2500 = absl::FromCivil(absl::CivilYear(2500), absl::UTCTimeZone());

  EXPECT_EQ(Timestamp::FromTime(year_2500), Timestamp::Infinite());
}

}  // namespace
}  // namespace twinq
