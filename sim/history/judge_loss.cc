#include <algorithm>
#include <vector>

#include "sim/history/judges.h"

namespace twinq::history {
namespace {

// Whether the message was stored, and nothing that anyone asked for, or its age, can have removed
// it.
bool IsStillDue(const Evidence& evidence, StoredNumber number) {
  const Stored& stored = evidence.stored[number];
  const Promises& promises = evidence.promises;
  const Timestamp end = evidence.history.end.at;
  if (stored.undeleted_until != Timestamp::Infinite()) return false;
  if (!evidence.MayBeStored(stored.logical)) return false;  // Unexpected; judged as that.
  if (stored.stored_from + (promises.retention - promises.clock_error) <= end) return false;
  return evidence.purges.MayComeFrom(stored.stored_from) == Timestamp::Infinite();
}

}  // namespace

// What is due and not there is lost. If `remaining` messages are there, that many of the due ones
// may be among them, so only what goes beyond is certain: those that came last are let off.
void JudgeLoss(const Evidence& evidence, Violations& violations) {
  if (!evidence.history.end.remaining) return;
  const Timestamp end = evidence.history.end.at;
  std::vector<Violation> due;
  for (StoredNumber number = 0; number < evidence.stored.size(); ++number) {
    if (!IsStillDue(evidence, number)) continue;
    const bool is_delivered = !evidence.deliveries(number).empty();
    due.push_back({.rule = is_delivered ? Rule::kGoneUndeleted : Rule::kNeverDelivered,
                   .stored = number,
                   .a = evidence.stored[number].stored_by,
                   .b = end});
  }
  if (due.size() <= *evidence.history.end.remaining) return;
  std::stable_sort(due.begin(), due.end(),
                   [](const Violation& one, const Violation& other) { return one.a < other.a; });
  due.resize(due.size() - static_cast<size_t>(*evidence.history.end.remaining));
  for (const Violation& violation : due) violations.Add(violation);
}

}  // namespace twinq::history
