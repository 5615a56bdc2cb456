#include "sim/history/judge.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "core/base/status_macros.h"
#include "sim/history/evidence.h"
#include "sim/history/judges.h"
#include "sim/history/story.h"
#include "sim/history/violations.h"

namespace twinq::history {
namespace {

void CountSends(const History& history, Counts& counts) {
  for (const Send& send : history.sends) {
    switch (send.outcome) {
      case Outcome::kDone:
        ++counts.sends_acknowledged;
        break;
      case Outcome::kRefused:
        ++counts.sends_refused;
        break;
      case Outcome::kUnknown:
        ++counts.sends_unknown;
        break;
    }
  }
}

Counts CountAll(const Evidence& evidence) {
  Counts counts;
  CountSends(evidence.history, counts);
  counts.stored = static_cast<int64_t>(evidence.stored.size());
  counts.deliveries = static_cast<int64_t>(evidence.history.deliveries.size());
  for (StoredNumber number = 0; number < evidence.stored.size(); ++number) {
    const auto acks = static_cast<int64_t>(evidence.acknowledgements(number).size());
    if (acks == 0) {
      if (evidence.MayBeStored(evidence.stored[number].logical)) ++counts.recovered;
    } else {
      counts.sends_answered_as_duplicates += acks - 1;
    }
    if (evidence.stored[number].deleted_by != Timestamp::Infinite()) ++counts.deleted;
  }
  for (uint32_t logical = 0; logical < evidence.logicals(); ++logical) {
    const auto copies = static_cast<int64_t>(evidence.copies(logical).size());
    counts.stored_again += std::max<int64_t>(0, copies - 1);
  }
  return counts;
}

Violations FindViolations(const Evidence& evidence) {
  Violations violations;
  JudgeDeliveries(evidence, violations);
  JudgeRedeliveries(evidence, violations);
  JudgeLoss(evidence, violations);
  JudgeStorage(evidence, violations);
  if (evidence.promises.kind == QueueKind::kFifo) {
    JudgeSequences(evidence, violations);
    JudgeGroups(evidence, violations);
  }
  return violations;
}

int64_t CountGroupsHeldTwice(const Evidence& evidence, const Violations& violations) {
  if (evidence.promises.kind == QueueKind::kFifo) {
    return violations.count(Verdict::kGroupHeldTwice);
  }
  Violations not_promised;
  JudgeGroups(evidence, not_promised);
  return not_promised.count(Verdict::kGroupHeldTwice);
}

void AppendCount(absl::string_view name, int64_t count, std::string& text) {
  if (count != 0) absl::StrAppend(&text, name, ": ", count, "\n");
}

}  // namespace

bool Judgement::IsClean() const {
  return std::all_of(violations.begin(), violations.end(), [](int64_t n) { return n == 0; });
}

absl::StatusOr<Judgement> Judge(const History& history, const Promises& promises) {
  TWINQ_RETURN_IF_ERROR(Validate(history));
  const Evidence evidence(history, promises);
  const Violations violations = FindViolations(evidence);
  Judgement judgement = {.counts = CountAll(evidence),
                         .duplicates = CountDuplicates(evidence),
                         .first_deliveries = CountFirstDeliveries(evidence),
                         .groups_held_twice = CountGroupsHeldTwice(evidence, violations)};
  judgement.counts.duplicate_deliveries =
      std::accumulate(judgement.duplicates.begin(), judgement.duplicates.end(), int64_t{0});
  for (size_t i = 0; i < kVerdicts; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    judgement.violations.at(i) = violations.count(verdict);
    for (const Violation& violation : violations.first(verdict)) {
      judgement.findings.push_back({.rule = violation.rule,
                                    .proof = ProofOf(violation, evidence),
                                    .story = StoryOf(violation, evidence)});
    }
  }
  return judgement;
}

std::string TextOf(const Judgement& judgement) {
  const Counts& counts = judgement.counts;
  std::string text;
  AppendCount("sends acknowledged", counts.sends_acknowledged, text);
  AppendCount("sends refused", counts.sends_refused, text);
  AppendCount("sends with unknown outcome", counts.sends_unknown, text);
  AppendCount("sends answered as duplicates", counts.sends_answered_as_duplicates, text);
  AppendCount("stored", counts.stored, text);
  AppendCount("stored again", counts.stored_again, text);
  AppendCount("recovered", counts.recovered, text);
  AppendCount("deliveries", counts.deliveries, text);
  AppendCount("deleted", counts.deleted, text);
  for (size_t i = 0; i < kCauses; ++i) {
    const absl::string_view cause = NameOf(static_cast<Cause>(i));
    AppendCount(absl::StrCat("duplicate deliveries, ", cause), judgement.duplicates.at(i), text);
  }
  AppendCount("first deliveries out of order", judgement.first_deliveries.out_of_order, text);
  AppendCount("groups held twice", judgement.groups_held_twice, text);
  for (size_t i = 0; i < kVerdicts; ++i) {
    const absl::string_view verdict = NameOf(static_cast<Verdict>(i));
    AppendCount(absl::StrCat("VIOLATIONS, ", verdict), judgement.violations.at(i), text);
  }
  for (const Finding& finding : judgement.findings) {
    absl::StrAppend(&text, "\n", NameOf(VerdictOf(finding.rule)), ": ", finding.proof, "\n  ",
                    absl::StrJoin(finding.story, "\n  "), "\n");
  }
  return text;
}

}  // namespace twinq::history
