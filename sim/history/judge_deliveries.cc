#include <algorithm>

#include "sim/history/judges.h"

namespace twinq::history {
namespace {

// Whether the message may be stored under an id that this send was acknowledged with.
bool IsOfMessage(const Evidence& evidence, StoredNumber number, const MessageName& message) {
  const auto acks = evidence.acknowledgements(number);
  if (acks.empty()) return true;
  const auto is_of_message = [&](uint32_t i) {
    return evidence.history.sends[i].message == message;
  };
  if (std::any_of(acks.begin(), acks.end(), is_of_message)) return true;
  // An attempt without answer may have stored it; the acknowledged ones were then its duplicates.
  const auto attempts = evidence.attempts(evidence.stored[number].logical);
  return std::any_of(attempts.begin(), attempts.end(), [&](uint32_t i) {
    return evidence.history.sends[i].outcome == Outcome::kUnknown;
  });
}

void JudgeExpected(const Evidence& evidence, StoredNumber number, Violations& violations) {
  const auto deliveries = evidence.deliveries(number);
  if (deliveries.empty()) return;
  const Delivery& first = evidence.history.deliveries[deliveries.front()];
  Violation violation = {.stored = number, .a = first.call.answered_at};
  const uint32_t logical = evidence.stored[number].logical;
  if (evidence.attempts(logical).empty()) {
    violation.rule = Rule::kNeverAttempted;
    return violations.Add(violation);
  }
  if (!evidence.MayBeStored(logical)) {
    violation.rule = Rule::kOnlyRefused;
    return violations.Add(violation);
  }
  for (const uint32_t i : deliveries) {
    const Delivery& delivery = evidence.history.deliveries[i];
    violation.a = delivery.call.answered_at;
    violation.b = evidence.FirstAttempt(number);
    if (violation.a < violation.b) {
      violation.rule = Rule::kBeforeSend;
      return violations.Add(violation);
    }
    if (delivery.message != first.message || !IsOfMessage(evidence, number, delivery.message)) {
      violation.rule = Rule::kOtherBody;
      return violations.Add(violation);
    }
  }
}

void JudgeGone(const Evidence& evidence, StoredNumber number, Violations& violations) {
  const Stored& stored = evidence.stored[number];
  const bool may_miss_deletes = evidence.promises.kind == QueueKind::kStandard &&
                                evidence.promises.copies == Promises::Copies::kSeveral;
  const Timestamp purged_by = evidence.purges.DoneAfter(stored.stored_by);
  for (const uint32_t i : evidence.deliveries(number)) {
    const Timestamp asked_at = evidence.history.deliveries[i].call.asked_at;
    if (stored.deleted_by < asked_at) {
      if (may_miss_deletes) continue;
      violations.Add(
          {.rule = Rule::kAfterDelete, .stored = number, .a = stored.deleted_by, .b = asked_at});
    } else if (purged_by < asked_at) {
      violations.Add({.rule = Rule::kAfterPurge, .stored = number, .a = purged_by, .b = asked_at});
    }
  }
}

}  // namespace

void JudgeDeliveries(const Evidence& evidence, Violations& violations) {
  for (StoredNumber number = 0; number < evidence.stored.size(); ++number) {
    JudgeExpected(evidence, number, violations);
    JudgeGone(evidence, number, violations);
  }
}

}  // namespace twinq::history
