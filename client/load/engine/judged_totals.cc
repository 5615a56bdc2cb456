#include "client/load/engine/judged_totals.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace twinq::load {

using history::Verdict;

void JudgedTotals::Add(history::Judgement judgement) {
  const history::FirstDeliveries& firsts = judgement.first_deliveries;
  delivered += judgement.counts.deliveries;
  received += firsts.messages;
  deleted += judgement.counts.deleted;
  stored_again += judgement.counts.stored_again;
  further_copies += firsts.further_copies;
  for (size_t i = 0; i < redeliveries.size(); ++i) {
    redeliveries.at(i) += judgement.duplicates.at(i);
  }
  out_of_order += firsts.out_of_order;
  distance_sum += firsts.distance_mean * static_cast<double>(firsts.out_of_order);
  distance_max = std::max(distance_max, firsts.distance_max);
  groups_held_twice += judgement.groups_held_twice;
  for (size_t i = 0; i < violations.size(); ++i) violations.at(i) += judgement.violations.at(i);
  for (history::Finding& finding : judgement.findings) {
    if (findings.size() == kFindingsMax) break;
    findings.push_back(std::move(finding));
  }
}

int64_t JudgedTotals::lost() const {
  return violations.at(static_cast<size_t>(Verdict::kLost)) +
         violations.at(static_cast<size_t>(Verdict::kVanished));
}

double JudgedTotals::distance_mean() const {
  return out_of_order == 0 ? 0 : distance_sum / static_cast<double>(out_of_order);
}

bool JudgedTotals::IsClean() const {
  return std::all_of(violations.begin(), violations.end(), [](int64_t n) { return n == 0; });
}

}  // namespace twinq::load
