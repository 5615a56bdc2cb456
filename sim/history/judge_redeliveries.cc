#include <algorithm>
#include <vector>

#include "sim/history/judges.h"

namespace twinq::history {
namespace {

// The deliveries of one stored message, by the time at which they were asked and answered.
struct Redeliveries {
  std::vector<uint32_t> asked;
  std::vector<uint32_t> answered;
};

Timestamp AskedAt(const Evidence& evidence, uint32_t i) {
  return evidence.history.deliveries[i].call.asked_at;
}
Timestamp AnsweredAt(const Evidence& evidence, uint32_t i) {
  return evidence.history.deliveries[i].call.answered_at;
}

// Two deliveries violate the lock if either order of them does: the one that was answered later
// came before the other's hold ended, and that one after it or before its own hold ended.
void JudgeHolds(const Evidence& evidence, const Redeliveries& deliveries, Violations& violations) {
  uint32_t holder = deliveries.answered.front();  // Of those answered so far, the last to end.
  for (size_t n = 1; n < deliveries.answered.size(); ++n) {
    const uint32_t i = deliveries.answered[n];
    const bool is_held = AnsweredAt(evidence, i) < evidence.held_until[holder];
    const bool is_after = AnsweredAt(evidence, holder) < AskedAt(evidence, i) ||
                          AnsweredAt(evidence, holder) < evidence.held_until[i];
    if (is_held && is_after) {
      violations.Add({.rule = Rule::kHeldMessage,
                      .stored = evidence.stored_of_delivery[i],
                      .a = AnsweredAt(evidence, i),
                      .b = evidence.held_until[holder]});
    }
    if (evidence.held_until[i] > evidence.held_until[holder]) holder = i;
  }
}

// A delivery that was answered before the receive of another was asked has a lower count, unless a
// crash may have forgotten it.
void JudgeCountsRise(const Evidence& evidence, const Redeliveries& deliveries,
                     Violations& violations) {
  const auto& all = evidence.history.deliveries;
  size_t earlier = 0;  // Of deliveries.answered: those before the receive that is looked at.
  const Delivery* highest = nullptr;
  Timestamp forgotten_from = Timestamp::Past();  // Of the highest.
  for (const uint32_t i : deliveries.asked) {
    for (; earlier < deliveries.answered.size(); ++earlier) {
      const Delivery& before = all[deliveries.answered[earlier]];
      if (before.call.answered_at >= all[i].call.asked_at) break;
      const Timestamp forgotten = evidence.ReceiveForgottenFrom(before.call.asked_at);
      if (highest == nullptr || forgotten > forgotten_from ||
          (forgotten == forgotten_from && before.receive_count > highest->receive_count)) {
        highest = &before;
        forgotten_from = forgotten;
      }
    }
    if (highest == nullptr || all[i].receive_count == 0) continue;
    if (forgotten_from <= all[i].call.answered_at) continue;
    if (highest->receive_count < all[i].receive_count) continue;
    violations.Add({.rule = Rule::kCountNotAbove,
                    .stored = evidence.stored_of_delivery[i],
                    .a = highest->call.answered_at,
                    .b = all[i].call.asked_at});
  }
}

// No count comes twice, even if nobody can say which of the deliveries was the first.
void JudgeCountsDiffer(const Evidence& evidence, const Redeliveries& deliveries,
                       Violations& violations) {
  const auto& all = evidence.history.deliveries;
  std::vector<uint32_t> by_count = deliveries.answered;
  std::stable_sort(by_count.begin(), by_count.end(), [&](uint32_t a, uint32_t b) {
    return all[a].receive_count < all[b].receive_count;
  });
  for (size_t n = 1; n < by_count.size(); ++n) {
    const Delivery& one = all[by_count[n - 1]];
    const Delivery& other = all[by_count[n]];
    if (one.receive_count != other.receive_count || one.receive_count == 0) continue;
    // If one is provably the earlier, its count has been judged.
    if (one.call.answered_at < other.call.asked_at) continue;
    const Timestamp first_asked_at = std::min(one.call.asked_at, other.call.asked_at);
    if (evidence.ReceiveForgottenFrom(first_asked_at) <= other.call.answered_at) continue;
    violations.Add({.rule = Rule::kCountTwice,
                    .stored = evidence.stored_of_delivery[by_count[n]],
                    .a = one.call.answered_at,
                    .b = other.call.answered_at});
  }
}

// A count is no higher than the receives that can have brought the message by then: those that did,
// and those whose answer was lost.
void JudgeCountsLow(const Evidence& evidence, const Redeliveries& deliveries,
                    const std::vector<Timestamp>& unanswered, Violations& violations) {
  size_t asked = 0;  // Of deliveries.asked: those asked by the answer that is looked at.
  for (const uint32_t i : deliveries.answered) {
    const Delivery& delivery = evidence.history.deliveries[i];
    while (asked < deliveries.asked.size() &&
           AskedAt(evidence, deliveries.asked[asked]) <= delivery.call.answered_at) {
      ++asked;
    }
    if (delivery.receive_count <= asked) continue;
    const auto lost =
        std::upper_bound(unanswered.begin(), unanswered.end(), delivery.call.answered_at) -
        unanswered.begin();
    if (delivery.receive_count <= asked + static_cast<size_t>(lost)) continue;
    violations.Add({.rule = Rule::kCountTooHigh,
                    .stored = evidence.stored_of_delivery[i],
                    .a = delivery.call.answered_at});
  }
}

}  // namespace

void JudgeRedeliveries(const Evidence& evidence, Violations& violations) {
  std::vector<Timestamp> unanswered;  // When those receives were asked.
  for (const EmptyReceive& receive : evidence.history.empty_receives) {
    if (receive.outcome == Outcome::kUnknown) unanswered.push_back(receive.call.asked_at);
  }
  const bool may_race = evidence.promises.kind == QueueKind::kStandard &&
                        evidence.promises.copies == Promises::Copies::kSeveral;
  Redeliveries deliveries;
  for (StoredNumber number = 0; number < evidence.stored.size(); ++number) {
    const auto of_message = evidence.deliveries(number);
    if (of_message.empty()) continue;
    deliveries.asked.assign(of_message.begin(), of_message.end());
    deliveries.answered = deliveries.asked;
    std::stable_sort(
        deliveries.answered.begin(), deliveries.answered.end(),
        [&](uint32_t a, uint32_t b) { return AnsweredAt(evidence, a) < AnsweredAt(evidence, b); });
    JudgeCountsLow(evidence, deliveries, unanswered, violations);
    if (of_message.size() == 1) continue;
    if (may_race) continue;  // Then neither locks nor counts are exact.
    JudgeHolds(evidence, deliveries, violations);
    JudgeCountsRise(evidence, deliveries, violations);
    JudgeCountsDiffer(evidence, deliveries, violations);
  }
}

}  // namespace twinq::history
