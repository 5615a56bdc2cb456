#include "client/load/engine/latency_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <limits>

#include "core/base/check.h"

namespace twinq::load {
namespace {

// Each power of two of nanoseconds is cut into this many buckets of equal width.
constexpr uint64_t kBucketsPerDoubling = 64;

// Up to 128 ns a bucket is one nanosecond wide; above, the value's seven leading bits choose it.
size_t BucketOf(uint64_t nanos) {
  const uint64_t shift =
      std::bit_width(nanos | kBucketsPerDoubling) - std::bit_width(kBucketsPerDoubling);
  return shift * kBucketsPerDoubling + (nanos >> shift);
}

uint64_t LargestIn(size_t bucket) {
  const uint64_t shift = std::max<uint64_t>(bucket / kBucketsPerDoubling, 1) - 1;
  return ((bucket - shift * kBucketsPerDoubling + 1) << shift) - 1;
}

}  // namespace

LatencyHistogram::LatencyHistogram() : counts_(BucketOf(std::numeric_limits<int64_t>::max()) + 1) {}

void LatencyHistogram::Record(absl::Duration span) {
  const int64_t nanos = std::max<int64_t>(absl::ToInt64Nanoseconds(span), 0);
  ++counts_[BucketOf(static_cast<uint64_t>(nanos))];
  ++total_;
}

void LatencyHistogram::Merge(const LatencyHistogram& other) {
  for (size_t bucket = 0; bucket < counts_.size(); ++bucket) {
    counts_[bucket] += other.counts_[bucket];
  }
  total_ += other.total_;
}

absl::Duration LatencyHistogram::Percentile(double share) const {
  TWINQ_CHECK(share > 0 && share <= 1);
  if (total_ == 0) return absl::ZeroDuration();
  auto left = static_cast<int64_t>(std::ceil(share * static_cast<double>(total_)));
  size_t bucket = 0;
  while (left > counts_[bucket]) left -= counts_[bucket++];
  return absl::Nanoseconds(static_cast<int64_t>(LargestIn(bucket)));
}

}  // namespace twinq::load
