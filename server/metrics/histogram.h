#ifndef TWINQ_SERVER_METRICS_HISTOGRAM_H_
#define TWINQ_SERVER_METRICS_HISTOGRAM_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace twinq::metrics {

// How often something took how long, from 50 us to the longest wait of a receive.
//
// Thread-safety: any thread; what is read while others add may miss what they are just adding.
// Cost: Add is two atomic additions.
class Histogram {
 public:
  // The upper bounds of all buckets but the last, which has none.
  static constexpr std::array<int64_t, 19> kBoundsNanos = {
      50'000,        100'000,        250'000,        500'000,       1'000'000,
      2'500'000,     5'000'000,      10'000'000,     25'000'000,    50'000'000,
      100'000'000,   250'000'000,    500'000'000,    1'000'000'000, 2'500'000'000,
      5'000'000'000, 10'000'000'000, 20'500'000'000, 30'000'000'000};
  static constexpr size_t kBuckets = kBoundsNanos.size() + 1;

  struct Counts {
    std::array<uint64_t, kBuckets> buckets{};  // Each without those below.
    int64_t sum_nanos = 0;

    Counts& operator+=(const Counts& other);
    uint64_t total() const;
  };

  void Add(absl::Duration took);
  Counts Read() const;

 private:
  std::array<std::atomic<uint64_t>, kBuckets> buckets_{};
  std::atomic<int64_t> sum_nanos_{0};
};

}  // namespace twinq::metrics

#endif  // TWINQ_SERVER_METRICS_HISTOGRAM_H_
