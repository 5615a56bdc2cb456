#include "sim/history/first_deliveries.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <vector>

#include "absl/types/span.h"

#include "core/base/timestamp.h"

namespace twinq::history {
namespace {

struct First {
  uint32_t producer = 0;
  NameId group = NameId::kNone;
  uint32_t number = 0;
  Timestamp answered_at;
  uint32_t delivery = 0;
};

bool AreOfOneOrder(const First& one, const First& other) {
  return one.producer == other.producer && one.group == other.group;
}

// Counts numbers below n that were added, in O(log n): a Fenwick tree.
class SeenNumbers {
 public:
  explicit SeenNumbers(size_t n) : nodes_(n + 1, 0) {}

  void Add(size_t number) {
    for (size_t node = number + 1; node < nodes_.size(); node += node & (0 - node)) ++nodes_[node];
    ++added_;
  }
  int64_t CountAbove(size_t number) const {
    int64_t not_above = 0;
    for (size_t node = number + 1; node > 0; node &= node - 1) not_above += nodes_[node];
    return added_ - not_above;
  }

 private:
  std::vector<int64_t> nodes_;
  int64_t added_ = 0;
};

// By producer and group, and within them in the order of the deliveries.
std::vector<First> FindFirsts(const Evidence& evidence, FirstDeliveries& counts) {
  std::vector<First> firsts;
  const auto& deliveries = evidence.history.deliveries;
  for (uint32_t logical = 0; logical < evidence.logicals(); ++logical) {
    if (evidence.attempts(logical).empty()) continue;
    const Send& send = evidence.history.sends[evidence.attempts(logical).front()];
    First first = {.producer = send.message.producer,
                   .group = send.group,
                   .number = send.message.number,
                   .answered_at = Timestamp::Infinite()};
    int64_t copies = 0;
    for (const StoredNumber copy : evidence.copies(logical)) {
      if (!evidence.deliveries(copy).empty()) ++copies;
      for (const uint32_t i : evidence.deliveries(copy)) {
        const Timestamp answered_at = deliveries[i].call.answered_at;
        if (std::tie(answered_at, i) >= std::tie(first.answered_at, first.delivery)) continue;
        first.answered_at = answered_at;
        first.delivery = i;
      }
    }
    if (copies == 0) continue;
    counts.further_copies += copies - 1;
    firsts.push_back(first);
  }
  std::sort(firsts.begin(), firsts.end(), [](const First& one, const First& other) {
    return std::tie(one.producer, one.group, one.answered_at, one.delivery) <
           std::tie(other.producer, other.group, other.answered_at, other.delivery);
  });
  return firsts;
}

// Adds the distances of those out of order. REQUIRES: all are of one producer and group, in the
// order of the deliveries.
void FindDistances(absl::Span<const First> firsts, std::vector<int64_t>& distances) {
  std::vector<uint32_t> numbers;
  numbers.reserve(firsts.size());
  for (const First& first : firsts) numbers.push_back(first.number);
  if (std::is_sorted(numbers.begin(), numbers.end())) return;
  std::sort(numbers.begin(), numbers.end());
  SeenNumbers seen(numbers.size());
  for (const First& first : firsts) {
    const auto place = std::lower_bound(numbers.begin(), numbers.end(), first.number);
    const auto rank = static_cast<size_t>(place - numbers.begin());
    const int64_t distance = seen.CountAbove(rank);
    if (distance > 0) distances.push_back(distance);
    seen.Add(rank);
  }
}

}  // namespace

FirstDeliveries CountFirstDeliveries(const Evidence& evidence) {
  FirstDeliveries counts;
  const std::vector<First> firsts = FindFirsts(evidence, counts);
  counts.messages = static_cast<int64_t>(firsts.size());
  std::vector<int64_t> distances;
  for (size_t begin = 0; begin < firsts.size();) {
    size_t end = begin + 1;
    while (end < firsts.size() && AreOfOneOrder(firsts[begin], firsts[end])) ++end;
    FindDistances(absl::MakeConstSpan(firsts).subspan(begin, end - begin), distances);
    begin = end;
  }
  if (distances.empty()) return counts;
  std::sort(distances.begin(), distances.end());
  const auto count = static_cast<double>(distances.size());
  const auto total = std::accumulate(distances.begin(), distances.end(), int64_t{0});
  counts.out_of_order = static_cast<int64_t>(distances.size());
  counts.distance_mean = static_cast<double>(total) / count;
  counts.distance_p99 = distances[static_cast<size_t>(std::ceil(count * 0.99)) - 1];
  counts.distance_max = distances.back();
  return counts;
}

}  // namespace twinq::history
