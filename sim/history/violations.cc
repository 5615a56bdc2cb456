#include "sim/history/violations.h"

#include <algorithm>

namespace twinq::history {

void Violations::Add(const Violation& violation) {
  const auto verdict = static_cast<size_t>(VerdictOf(violation.rule));
  ++counts_.at(verdict);
  std::vector<Violation>& first = first_.at(verdict);
  const auto later = std::upper_bound(
      first.begin(), first.end(), violation,
      [](const Violation& one, const Violation& another) { return one.a < another.a; });
  if (later == first.end() && first.size() == kKeptMax) return;
  first.insert(later, violation);
  if (first.size() > kKeptMax) first.pop_back();
}

}  // namespace twinq::history
