#ifndef TWINQ_SIM_HISTORY_JUDGE_H_
#define TWINQ_SIM_HISTORY_JUDGE_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

#include "sim/history/duplicate_causes.h"
#include "sim/history/first_deliveries.h"
#include "sim/history/history.h"
#include "sim/history/promises.h"
#include "sim/history/rule.h"

namespace twinq::history {

// What happened, whether right or wrong.
struct Counts {
  int64_t sends_acknowledged = 0;  // Attempts, each of them.
  int64_t sends_refused = 0;
  int64_t sends_unknown = 0;
  int64_t sends_answered_as_duplicates = 0;  // Acknowledged with an id that had been before.
  int64_t stored = 0;                        // Ids that were acknowledged or delivered.
  int64_t stored_again = 0;                  // Of those: beyond the first of a logical message.
  int64_t recovered = 0;  // Delivered, though no attempt was acknowledged with the id. Allowed.
  int64_t deliveries = 0;
  int64_t duplicate_deliveries = 0;  // The sum of those by cause.
  int64_t deleted = 0;               // Ids with an acknowledged delete.

  friend bool operator==(const Counts&, const Counts&) = default;
};

// A violation, and what is known of the messages concerned.
struct Finding {
  Rule rule = Rule::kNeverAttempted;
  std::string proof;               // One sentence, with its times.
  std::vector<std::string> story;  // Their events in the order of time, as lines of the text form.
};

struct Judgement {
  Counts counts;
  CauseCounts duplicates = {};
  FirstDeliveries first_deliveries;
  // Deliveries while somebody else provably held an earlier message of the group: violations on a
  // FIFO queue, on a standard one a matter of course.
  int64_t groups_held_twice = 0;
  std::array<int64_t, kVerdicts> violations = {};
  std::vector<Finding> findings = {};  // The first three of each verdict, by verdict, then time.

  int64_t count(Verdict verdict) const { return violations.at(static_cast<size_t>(verdict)); }
  bool IsClean() const;
};

// Judges a history. Only what is provable counts: no server that keeps its promises can have
// answered so, whatever happened between the clients' questions and answers; two events of one
// instant may have come in either order. For each rule ProofOf() gives the inequality.
//
// Errors: InvalidArgument for what Validate() refuses.
// Cost: O(n log n) for n events, about 60 bytes for each besides the history; see FindHolds() for
// messages whose visibility is changed very often.
absl::StatusOr<Judgement> Judge(const History& history, const Promises& promises);

// The counts that are not 0 and the findings, as lines to be read by a person.
std::string TextOf(const Judgement& judgement);

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_JUDGE_H_
