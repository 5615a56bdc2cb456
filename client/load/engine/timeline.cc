#include "client/load/engine/timeline.h"

#include <algorithm>

namespace twinq::load {

void Timeline::Add(absl::Duration since_begin, int64_t count) {
  const int64_t interval = std::max<int64_t>(since_begin / kWidth, 0);
  const size_t place = std::min(static_cast<size_t>(interval), kIntervalsMax - 1);
  if (counts_.size() <= place) counts_.resize(place + 1, 0);
  counts_[place] += count;
}

void Timeline::Merge(const Timeline& other) {
  if (counts_.size() < other.counts_.size()) counts_.resize(other.counts_.size(), 0);
  for (size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
}

}  // namespace twinq::load
