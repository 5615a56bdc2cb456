#ifndef TWINQ_SIM_HISTORY_VIOLATIONS_H_
#define TWINQ_SIM_HISTORY_VIOLATIONS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/base/timestamp.h"
#include "sim/history/rule.h"

namespace twinq::history {

// A stored message: its number in the evidence.
using StoredNumber = uint32_t;
inline constexpr StoredNumber kNoStored = std::numeric_limits<StoredNumber>::max();

// One thing that was provably wrong.
struct Violation {
  Rule rule = Rule::kNeverAttempted;
  StoredNumber stored = kNoStored;  // The message concerned,
  StoredNumber other = kNoStored;   // and another one, if the rule is of two.
  Timestamp a;                      // The times of the proof; `a` also dates the violation.
  Timestamp b = Timestamp::Infinite();
};

// Counts violations and keeps the first of each verdict.
class Violations {
 public:
  static constexpr size_t kKeptMax = 3;  // Of each verdict.

  void Add(const Violation& violation);

  int64_t count(Verdict verdict) const { return counts_.at(static_cast<size_t>(verdict)); }
  // The earliest ones, in the order of time.
  const std::vector<Violation>& first(Verdict verdict) const {
    return first_.at(static_cast<size_t>(verdict));
  }

 private:
  std::array<int64_t, kVerdicts> counts_ = {};
  std::array<std::vector<Violation>, kVerdicts> first_;
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_VIOLATIONS_H_
