#ifndef TWINQ_CLIENT_LOAD_ENGINE_LATENCY_HISTOGRAM_H_
#define TWINQ_CLIENT_LOAD_ENGINE_LATENCY_HISTOGRAM_H_

#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace twinq::load {

// How often which span was measured, in buckets that grow with the span.
//
// Guarantee: a percentile is at least the true one and exceeds it by less than 1/64 (1.6 %).
// Thread-safety: one thread at a time.
// Cost: Record is O(1); the memory is 30 KB whatever is recorded.
class LatencyHistogram {
 public:
  LatencyHistogram();

  // A negative span (the clock was set back) counts as zero.
  void Record(absl::Duration span);
  void Merge(const LatencyHistogram& other);

  int64_t count() const { return total_; }

  // The span that this share of the recorded ones does not exceed: 0.5 for the median. Zero if
  // nothing was recorded. REQUIRES: 0 < share <= 1.
  absl::Duration Percentile(double share) const;

 private:
  std::vector<int64_t> counts_;
  int64_t total_ = 0;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_LATENCY_HISTOGRAM_H_
