#include "sim/history/max_tree.h"

#include "core/base/check.h"

namespace twinq::history {

void MaxTree::Reset(size_t n) {
  times_.assign(n, Timestamp::Past());
  nodes_.assign(2 * n, 0);
  for (size_t i = 0; i < n; ++i) nodes_[n + i] = static_cast<uint32_t>(i);
  for (size_t i = n; i-- > 1;) nodes_[i] = nodes_[2 * i];
}

void MaxTree::Raise(size_t index, Timestamp time) {
  if (time <= times_[index]) return;
  times_[index] = time;
  for (size_t node = (times_.size() + index) / 2; node >= 1; node /= 2) {
    nodes_[node] = Later(nodes_[2 * node], nodes_[2 * node + 1]);
  }
}

size_t MaxTree::Latest(size_t begin, size_t end) const {
  TWINQ_CHECK(begin < end && end <= times_.size());
  auto latest = static_cast<uint32_t>(begin);
  size_t left = begin + times_.size();
  size_t right = end + times_.size();
  for (; left < right; left /= 2, right /= 2) {
    if (left % 2 == 1) latest = Later(latest, nodes_[left++]);
    if (right % 2 == 1) latest = Later(latest, nodes_[--right]);
  }
  return latest;
}

}  // namespace twinq::history
