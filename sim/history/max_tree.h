#ifndef TWINQ_SIM_HISTORY_MAX_TREE_H_
#define TWINQ_SIM_HISTORY_MAX_TREE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/timestamp.h"

namespace twinq::history {

// An array of times that tells where the latest of any range is.
//
// Cost: O(log n) for each call, O(n) to begin with.
class MaxTree {
 public:
  // Begins anew, with n times in the past.
  void Reset(size_t n);

  // Sets the time at `index` to the later of what it is and `time`.
  void Raise(size_t index, Timestamp time);
  Timestamp at(size_t index) const { return times_[index]; }
  // The index of the latest time in [begin, end). REQUIRES: the range is not empty.
  size_t Latest(size_t begin, size_t end) const;

 private:
  uint32_t Later(uint32_t one, uint32_t another) const {
    return times_[another] > times_[one] ? another : one;
  }

  std::vector<Timestamp> times_;
  // Node i > 0 has the children 2i and 2i + 1; the leaves are the last n nodes. Each holds the
  // index of the latest time below it.
  std::vector<uint32_t> nodes_;
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_MAX_TREE_H_
