#include <algorithm>
#include <tuple>
#include <vector>

#include "absl/types/span.h"

#include "sim/history/group_members.h"
#include "sim/history/judges.h"
#include "sim/history/max_tree.h"

namespace twinq::history {
namespace {

// Rule F1 says that a message is delivered only with, and behind, every earlier message of its
// group that is not deleted. So a delivery is wrong if an earlier message was still there when it
// was answered, and is not before it in the same answer. That a message was still there is proven
// by a consumer that held it at that time, or by a later receive that brought it.
//
// Which message is the earlier one is proven by sequence numbers, or by the times of the sends.
enum class Order : uint8_t { kBySequence, kByTime };

// When a message of a group was stored, as an interval of time or of one sequence number.
struct Place {
  int64_t from = 0;
  int64_t by = 0;
  StoredNumber stored = kNoStored;
};

class GroupJudge {
 public:
  GroupJudge(const Evidence& evidence, Violations& violations)
      : evidence_(evidence),
        violations_(violations),
        rules_(evidence.history.deliveries.size()),
        ranks_(evidence.stored.size()) {}

  void Judge(absl::Span<const StoredNumber> members, Order order);

 private:
  // Deliveries of one answer, in its order.
  using Answer = absl::Span<const uint32_t>;

  void Rank(absl::Span<const StoredNumber> members, Order order);
  std::vector<uint32_t> DeliveriesByAnswer() const;
  void JudgeAnswer(Answer answer);
  void JudgeDelivery(uint32_t delivery, const std::vector<size_t>& in_answer);
  void JudgeEarlier(uint32_t delivery, size_t begin, size_t end);
  void Add(const Violation& violation, uint32_t delivery);

  const Call& CallOf(uint32_t delivery) const {
    return evidence_.history.deliveries[delivery].call;
  }
  size_t RankOf(uint32_t delivery) const { return ranks_[evidence_.stored_of_delivery[delivery]]; }
  // How many messages are certainly earlier: those of lower ranks than the result.
  size_t EarlierThan(size_t rank) const;

  const Evidence& evidence_;
  Violations& violations_;
  std::vector<uint8_t> rules_;   // By delivery: the rules that were found broken by it, as bits.
  std::vector<uint32_t> ranks_;  // By stored message; of the group that is judged.
  // By rank, which is the order of `by`:
  std::vector<Place> places_;
  MaxTree last_asked_;  // The last receive that brought the message.
  MaxTree held_until_;  // By the answers that were judged so far.
};

void GroupJudge::Judge(absl::Span<const StoredNumber> members, Order order) {
  Rank(members, order);
  if (places_.size() < 2) return;
  const std::vector<uint32_t> deliveries = DeliveriesByAnswer();
  last_asked_.Reset(places_.size());
  held_until_.Reset(places_.size());
  for (const uint32_t i : deliveries) last_asked_.Raise(RankOf(i), CallOf(i).asked_at);
  for (size_t begin = 0; begin < deliveries.size();) {
    size_t end = begin + 1;
    while (end < deliveries.size() && CallOf(deliveries[end]) == CallOf(deliveries[begin])) ++end;
    const Answer answer = absl::MakeConstSpan(deliveries).subspan(begin, end - begin);
    JudgeAnswer(answer);
    for (const uint32_t i : answer) held_until_.Raise(RankOf(i), evidence_.held_until[i]);
    begin = end;
  }
}

void GroupJudge::Rank(absl::Span<const StoredNumber> members, Order order) {
  places_.clear();
  for (const StoredNumber number : members) {
    const Stored& stored = evidence_.stored[number];
    if (evidence_.deliveries(number).empty()) continue;
    if (order == Order::kByTime) {
      places_.push_back({stored.stored_from.nanos(), stored.stored_by.nanos(), number});
    } else if (stored.sequence != 0) {
      const auto place = static_cast<int64_t>(stored.sequence);
      places_.push_back({place, place, number});
    }
  }
  std::stable_sort(places_.begin(), places_.end(),
                   [](const Place& one, const Place& other) { return one.by < other.by; });
  for (size_t rank = 0; rank < places_.size(); ++rank) {
    ranks_[places_[rank].stored] = static_cast<uint32_t>(rank);
  }
}

// Without those of messages that were gone by then: they are wrong for another reason.
std::vector<uint32_t> GroupJudge::DeliveriesByAnswer() const {
  std::vector<uint32_t> deliveries;
  for (const Place& place : places_) {
    for (const uint32_t i : evidence_.deliveries(place.stored)) {
      if (!evidence_.IsUndead(i)) deliveries.push_back(i);
    }
  }
  std::sort(deliveries.begin(), deliveries.end(), [&](uint32_t a, uint32_t b) {
    const Call& one = CallOf(a);
    const Call& other = CallOf(b);
    return std::tie(one.answered_at, one.asked_at, one.client, one.number, a) <
           std::tie(other.answered_at, other.asked_at, other.client, other.number, b);
  });
  return deliveries;
}

void GroupJudge::JudgeAnswer(Answer answer) {
  std::vector<size_t> in_answer;  // The ranks of those before, sorted.
  for (size_t n = 0; n < answer.size(); ++n) {
    JudgeDelivery(answer[n], in_answer);
    const size_t rank = RankOf(answer[n]);
    in_answer.insert(std::upper_bound(in_answer.begin(), in_answer.end(), rank), rank);
    for (size_t earlier = 0; earlier < n; ++earlier) {
      if (rank >= EarlierThan(RankOf(answer[earlier]))) continue;
      Add({.rule = Rule::kDisorderInAnswer,
           .stored = evidence_.stored_of_delivery[answer[earlier]],
           .other = places_[rank].stored,
           .a = CallOf(answer[n]).answered_at},
          answer[earlier]);
    }
  }
}

void GroupJudge::JudgeDelivery(uint32_t delivery, const std::vector<size_t>& in_answer) {
  const size_t end = EarlierThan(RankOf(delivery));
  size_t begin = 0;
  for (const size_t rank : in_answer) {
    if (rank >= end) break;
    JudgeEarlier(delivery, begin, rank);
    begin = rank + 1;
  }
  JudgeEarlier(delivery, begin, end);
}

// The earlier messages in question are those with ranks in [begin, end).
void GroupJudge::JudgeEarlier(uint32_t delivery, size_t begin, size_t end) {
  if (begin >= end) return;
  const Timestamp answered_at = CallOf(delivery).answered_at;
  Violation violation = {.stored = evidence_.stored_of_delivery[delivery], .a = answered_at};
  const size_t held = held_until_.Latest(begin, end);
  if (held_until_.at(held) > answered_at) {
    violation.rule = Rule::kHeldGroup;
    violation.other = places_[held].stored;
    violation.b = held_until_.at(held);
    Add(violation, delivery);
  }
  const size_t later = last_asked_.Latest(begin, end);
  if (last_asked_.at(later) <= answered_at || held_until_.at(later) > answered_at) return;
  const auto deliveries = evidence_.deliveries(places_[later].stored);
  const Timestamp first_asked_at = CallOf(deliveries.front()).asked_at;
  const bool is_first = first_asked_at > answered_at;
  violation.rule = is_first ? Rule::kFirstDeliveryTooLate : Rule::kPassedOver;
  violation.other = places_[later].stored;
  violation.b = is_first ? first_asked_at : last_asked_.at(later);
  Add(violation, delivery);
}

// Both orders find most violations; each counts once.
void GroupJudge::Add(const Violation& violation, uint32_t delivery) {
  const auto bit = static_cast<uint8_t>(
      1U << (static_cast<uint32_t>(violation.rule) - static_cast<uint32_t>(Rule::kHeldGroup)));
  if ((rules_[delivery] & bit) != 0) return;
  rules_[delivery] |= bit;
  violations_.Add(violation);
}

size_t GroupJudge::EarlierThan(size_t rank) const {
  const auto end =
      std::lower_bound(places_.begin(), places_.end(), places_[rank].from,
                       [](const Place& place, int64_t from) { return place.by < from; });
  return static_cast<size_t>(end - places_.begin());
}

}  // namespace

void JudgeGroups(const Evidence& evidence, Violations& violations) {
  const GroupMembers groups(evidence);
  GroupJudge judge(evidence, violations);
  for (uint32_t group = 0; group < groups.size(); ++group) {
    judge.Judge(groups.of(group), Order::kBySequence);
    judge.Judge(groups.of(group), Order::kByTime);
  }
}

}  // namespace twinq::history
