#include "server/metrics/histogram.h"

#include <numeric>

namespace twinq::metrics {

Histogram::Counts& Histogram::Counts::operator+=(const Counts& other) {
  for (size_t i = 0; i < kBuckets; ++i) buckets[i] += other.buckets[i];
  sum_nanos += other.sum_nanos;
  return *this;
}

uint64_t Histogram::Counts::total() const {
  return std::accumulate(buckets.begin(), buckets.end(), uint64_t{0});
}

void Histogram::Add(absl::Duration took) {
  const int64_t nanos = absl::ToInt64Nanoseconds(took);
  // Most calls are short, so the search is, too.
  size_t bucket = 0;
  while (bucket < kBoundsNanos.size() && nanos > kBoundsNanos[bucket]) ++bucket;
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_nanos_.fetch_add(nanos, std::memory_order_relaxed);
}

Histogram::Counts Histogram::Read() const {
  Counts counts;
  for (size_t i = 0; i < kBuckets; ++i) {
    counts.buckets[i] = buckets_[i].load(std::memory_order_relaxed);
  }
  counts.sum_nanos = sum_nanos_.load(std::memory_order_relaxed);
  return counts;
}

}  // namespace twinq::metrics
