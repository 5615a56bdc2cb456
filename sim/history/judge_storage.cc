#include <algorithm>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "core/model/limits.h"
#include "sim/history/grouping.h"
#include "sim/history/judges.h"

namespace twinq::history {
namespace {

// What deduplication compares: the id, the message if the id is its own, the group if that counts.
using DedupRef = std::tuple<NameId, MessageName, NameId>;

DedupRef RefOf(const Send& send, const Promises& promises) {
  const bool is_own = send.dedup == NameId::kOwn;
  const bool counts_group = promises.dedup_scope == DedupScope::kMessageGroup;
  return {send.dedup, is_own ? send.message : MessageName(),
          counts_group ? send.group : NameId::kNone};
}

// The deduplication ids of the stored messages: numbers of those, or kNoKey where it is not
// certain.
class DedupIds {
 public:
  explicit DedupIds(const Evidence& evidence) : evidence_(evidence) {}

  uint32_t Of(StoredNumber number) {
    const auto& sends = evidence_.history.sends;
    const auto acks = evidence_.acknowledgements(number);
    if (!acks.empty()) return NumberOf(sends[acks.front()]);
    uint32_t found = Grouping::kNoKey;
    for (const uint32_t i : evidence_.attempts(evidence_.stored[number].logical)) {
      if (sends[i].outcome != Outcome::kUnknown) continue;
      const uint32_t id = NumberOf(sends[i]);
      if (found != Grouping::kNoKey && id != found) return Grouping::kNoKey;
      found = id;
    }
    return found;
  }

  size_t size() const { return numbers_.size(); }

 private:
  uint32_t NumberOf(const Send& send) {
    if (send.dedup == NameId::kNone) return Grouping::kNoKey;
    const auto next = static_cast<uint32_t>(numbers_.size());
    return numbers_.try_emplace(RefOf(send, evidence_.promises), next).first->second;
  }

  const Evidence& evidence_;
  absl::flat_hash_map<DedupRef, uint32_t> numbers_;
};

// Stored messages with one deduplication id: two of them violate the window if even the longest
// time that can lie between them is shorter.
void JudgeWindow(const Evidence& evidence, std::vector<StoredNumber> same_id,
                 Violations& violations) {
  const auto& stored = evidence.stored;
  std::stable_sort(same_id.begin(), same_id.end(), [&](StoredNumber a, StoredNumber b) {
    return stored[a].stored_by < stored[b].stored_by;
  });
  StoredNumber closest = same_id.front();  // Of the earlier ones.
  for (size_t n = 1; n < same_id.size(); ++n) {
    const StoredNumber number = same_id[n];
    const Timestamp from = std::min(stored[closest].stored_from, stored[number].stored_from);
    const Timestamp until = stored[number].stored_by;
    if (until - from < kDedupWindow - evidence.promises.clock_error &&
        !evidence.purges.MayComeBetween(from, until)) {
      violations.Add({.rule = Rule::kTwiceInWindow,
                      .stored = number,
                      .other = closest,
                      .a = from,
                      .b = until});
    }
    if (stored[number].stored_from > stored[closest].stored_from) closest = number;
  }
}

void JudgeWindows(const Evidence& evidence, Violations& violations) {
  DedupIds ids(evidence);
  std::vector<uint32_t> id_of_stored;
  for (StoredNumber number = 0; number < evidence.stored.size(); ++number) {
    id_of_stored.push_back(ids.Of(number));
  }
  const Grouping by_id(id_of_stored, ids.size());
  for (uint32_t id = 0; id < ids.size(); ++id) {
    const auto same_id = by_id.of(id);
    if (same_id.size() > 1) {
      JudgeWindow(evidence, {same_id.begin(), same_id.end()}, violations);
    }
  }
}

// Each attempt stores at most one message: those acknowledged the one with their id, so the other
// copies are of attempts without answer.
void JudgeAttempts(const Evidence& evidence, uint32_t logical, Violations& violations) {
  size_t unknown = 0;
  for (const uint32_t i : evidence.attempts(logical)) {
    if (evidence.history.sends[i].outcome == Outcome::kUnknown) ++unknown;
  }
  size_t unacknowledged = 0;
  for (const StoredNumber copy : evidence.copies(logical)) {
    if (!evidence.acknowledgements(copy).empty() || ++unacknowledged <= unknown) continue;
    violations.Add(
        {.rule = Rule::kMoreThanAttempts, .stored = copy, .a = evidence.stored[copy].stored_by});
  }
}

void JudgeAcknowledgements(const Evidence& evidence, StoredNumber number, Violations& violations) {
  const auto& sends = evidence.history.sends;
  const auto acks = evidence.acknowledgements(number);
  if (acks.size() < 2) return;
  const Stored& stored = evidence.stored[number];
  const Send& first = sends[acks.front()];
  for (const uint32_t i : acks.subspan(1)) {
    const Send& send = sends[i];
    Violation violation = {.stored = number, .a = stored.stored_by, .b = send.call.asked_at};
    const Timestamp purged_by = evidence.purges.DoneAfter(stored.stored_by);
    if (evidence.promises.kind == QueueKind::kStandard) {
      violation.rule = Rule::kStandardAnsweredTwice;
      violation.a = first.call.answered_at;
      violation.b = send.call.answered_at;
    } else if (RefOf(send, evidence.promises) != RefOf(first, evidence.promises)) {
      violation.rule = Rule::kOtherDedupId;
      violation.a = first.call.answered_at;
      violation.b = send.call.answered_at;
    } else if (stored.stored_by + (kDedupWindow + evidence.promises.clock_error) <
               send.call.asked_at) {
      violation.rule = Rule::kWindowOver;
    } else if (purged_by < send.call.asked_at) {
      violation.rule = Rule::kWindowPurged;
      violation.a = purged_by;
    } else {
      continue;
    }
    violations.Add(violation);
  }
}

}  // namespace

void JudgeStorage(const Evidence& evidence, Violations& violations) {
  for (uint32_t logical = 0; logical < evidence.logicals(); ++logical) {
    if (evidence.MayBeStored(logical)) JudgeAttempts(evidence, logical, violations);
  }
  for (StoredNumber number = 0; number < evidence.stored.size(); ++number) {
    JudgeAcknowledgements(evidence, number, violations);
  }
  if (evidence.promises.kind == QueueKind::kFifo) JudgeWindows(evidence, violations);
}

}  // namespace twinq::history
