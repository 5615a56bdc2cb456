#include "client/load/engine/latency_histogram.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "gtest/gtest.h"

#include "core/base/random.h"

namespace twinq::load {
namespace {

TEST(LatencyHistogramTest, WithoutASpanEveryPercentileIsZero) {
  EXPECT_EQ(LatencyHistogram().Percentile(0.99), absl::ZeroDuration());
}

TEST(LatencyHistogramTest, ANegativeSpanCountsAsZero) {
  LatencyHistogram histogram;
  histogram.Record(absl::Seconds(-1));
  EXPECT_EQ(histogram.Percentile(1), absl::ZeroDuration());
}

TEST(LatencyHistogramTest, TakesAnySpan) {
  LatencyHistogram histogram;
  histogram.Record(absl::InfiniteDuration());
  EXPECT_GT(histogram.Percentile(1), absl::Hours(24 * 365 * 290));
}

class PrecisionTest : public ::testing::TestWithParam<int64_t> {};

TEST_P(PrecisionTest, OneSpanIsOverstatedByLessThanASixtyFourth) {
  LatencyHistogram histogram;
  histogram.Record(absl::Nanoseconds(GetParam()));

  const int64_t reported = absl::ToInt64Nanoseconds(histogram.Percentile(0.5));

  EXPECT_GE(reported, GetParam());
  EXPECT_LE(reported - GetParam(), GetParam() / 64);
}

INSTANTIATE_TEST_SUITE_P(Nanoseconds, PrecisionTest,
                         ::testing::Values(0, 1, 63, 64, 127, 128, 129, 255, 256, 257, 1'000'000,
                                           999'999'999, 3'600'000'000'000));

TEST(LatencyHistogramTest, AgreesWithTheSortedSpans) {
  SeededRandom random(7);
  LatencyHistogram histogram;
  std::vector<int64_t> sorted;
  for (int i = 0; i < 10'000; ++i) {
    const auto nanos = static_cast<int64_t>(random.Below(uint64_t{1} << random.Below(40)));
    histogram.Record(absl::Nanoseconds(nanos));
    sorted.push_back(nanos);
  }
  std::sort(sorted.begin(), sorted.end());

  for (const double share : {0.0001, 0.01, 0.5, 0.9, 0.99, 0.999, 1.0}) {
    const int64_t exact = sorted[static_cast<size_t>(std::ceil(share * 10'000)) - 1];
    const int64_t reported = absl::ToInt64Nanoseconds(histogram.Percentile(share));
    EXPECT_GE(reported, exact) << share;
    EXPECT_LE(reported - exact, exact / 64) << share;
  }
}

}  // namespace
}  // namespace twinq::load
