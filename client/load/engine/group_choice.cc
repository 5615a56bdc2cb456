#include "client/load/engine/group_choice.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "core/base/check.h"

namespace twinq::load {
namespace {

// Uniform in [0, 1): the 53 bits that a double has room for.
double Uniform(Random& random) { return static_cast<double>(random.Next() >> 11) * 0x1p-53; }

}  // namespace

GroupChoice::GroupChoice(int groups, double skew) : groups_(groups) {
  TWINQ_CHECK(groups > 0 && skew >= 0);
  if (skew == 0) return;
  weights_.reserve(static_cast<size_t>(groups));
  double sum = 0;
  for (int group = 0; group < groups; ++group) {
    sum += std::pow(group + 1, -skew);
    weights_.push_back(sum);
  }
}

int GroupChoice::Draw(Random& random) const {
  if (weights_.empty()) return static_cast<int>(random.Below(static_cast<uint64_t>(groups_)));
  const double drawn = Uniform(random) * weights_.back();
  const auto place = std::upper_bound(weights_.begin(), weights_.end(), drawn);
  return std::min(static_cast<int>(place - weights_.begin()), groups_ - 1);
}

}  // namespace twinq::load
