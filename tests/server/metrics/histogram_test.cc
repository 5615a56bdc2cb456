#include "server/metrics/histogram.h"

#include <algorithm>

#include "absl/time/time.h"
#include "gtest/gtest.h"

namespace twinq::metrics {
namespace {

// The bucket that has one entry.
size_t BucketOf(absl::Duration took) {
  Histogram histogram;
  histogram.Add(took);
  const Histogram::Counts counts = histogram.Read();
  const auto found = std::find(counts.buckets.begin(), counts.buckets.end(), uint64_t{1});
  return static_cast<size_t>(found - counts.buckets.begin());
}

TEST(HistogramTest, ABoundIsInItsBucket) {
  EXPECT_EQ(BucketOf(absl::ZeroDuration()), 0u);
  EXPECT_EQ(BucketOf(absl::Microseconds(50)), 0u);
  EXPECT_EQ(BucketOf(absl::Microseconds(50) + absl::Nanoseconds(1)), 1u);
  EXPECT_EQ(BucketOf(absl::Seconds(30)), Histogram::kBuckets - 2);
  EXPECT_EQ(BucketOf(absl::Hours(1)), Histogram::kBuckets - 1);
}

TEST(HistogramTest, BoundsGrow) {
  const auto& bounds = Histogram::kBoundsNanos;

  EXPECT_TRUE(std::is_sorted(bounds.begin(), bounds.end()));
  EXPECT_EQ(std::adjacent_find(bounds.begin(), bounds.end()), bounds.end());
}

TEST(HistogramTest, CountsAddUp) {
  Histogram one;
  Histogram other;
  one.Add(absl::Milliseconds(3));
  other.Add(absl::Milliseconds(4));
  other.Add(absl::Seconds(9));

  Histogram::Counts sum = one.Read();
  sum += other.Read();

  EXPECT_EQ(sum.total(), 3u);
  EXPECT_EQ(sum.sum_nanos, 9'007'000'000);
}

}  // namespace
}  // namespace twinq::metrics
