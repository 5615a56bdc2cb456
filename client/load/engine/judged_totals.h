#ifndef TWINQ_CLIENT_LOAD_ENGINE_JUDGED_TOTALS_H_
#define TWINQ_CLIENT_LOAD_ENGINE_JUDGED_TOTALS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "sim/history/judge.h"

namespace twinq::load {

// The judgements of a run's chapters, added up.
struct JudgedTotals {
  static constexpr size_t kFindingsMax = 6;

  int64_t delivered = 0;     // Deliveries, each of them.
  int64_t received = 0;      // Logical messages that were delivered.
  int64_t deleted = 0;       // Stored messages whose delete was acknowledged.
  int64_t stored_again = 0;  // Stored messages beyond the first of each logical one.
  // Deliveries of a logical message after its first: of another stored copy of it, or again of the
  // same, by cause. delivered = received + further_copies + the sum of the causes.
  int64_t further_copies = 0;
  history::CauseCounts redeliveries = {};
  int64_t out_of_order = 0;
  double distance_sum = 0;
  int64_t distance_max = 0;
  int64_t groups_held_twice = 0;
  std::array<int64_t, history::kVerdicts> violations = {};
  std::vector<history::Finding> findings = {};  // The first ones.

  void Add(history::Judgement judgement);

  int64_t duplicates() const { return delivered - received; }
  int64_t lost() const;
  double distance_mean() const;
  bool IsClean() const;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_JUDGED_TOTALS_H_
