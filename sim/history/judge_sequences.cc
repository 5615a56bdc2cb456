#include <algorithm>
#include <vector>

#include "sim/history/group_members.h"
#include "sim/history/judges.h"

namespace twinq::history {
namespace {

void JudgeSame(const Evidence& evidence, StoredNumber number, Violations& violations) {
  const uint64_t sequence = evidence.stored[number].sequence;
  const auto judge = [&](SequenceNumber other, Timestamp answered_at) {
    if (other.value() == sequence || other.value() == 0) return;
    violations.Add({.rule = Rule::kSequenceNotOne, .stored = number, .a = answered_at});
  };
  for (const uint32_t i : evidence.acknowledgements(number)) {
    judge(evidence.history.sends[i].sequence, evidence.history.sends[i].call.answered_at);
  }
  for (const uint32_t i : evidence.deliveries(number)) {
    judge(evidence.history.deliveries[i].sequence, evidence.history.deliveries[i].call.answered_at);
  }
}

// A message that was certainly stored before another of its group has the lower sequence number.
void JudgeRise(const Evidence& evidence, std::vector<StoredNumber> members,
               Violations& violations) {
  const auto& stored = evidence.stored;
  std::erase_if(members, [&](StoredNumber number) { return stored[number].sequence == 0; });
  std::vector<StoredNumber> by_end = members;
  std::stable_sort(members.begin(), members.end(), [&](StoredNumber a, StoredNumber b) {
    return stored[a].stored_from < stored[b].stored_from;
  });
  std::stable_sort(by_end.begin(), by_end.end(), [&](StoredNumber a, StoredNumber b) {
    return stored[a].stored_by < stored[b].stored_by;
  });
  size_t earlier = 0;  // Of by_end: those stored before the one that is looked at.
  StoredNumber highest = kNoStored;
  for (const StoredNumber number : members) {
    for (;
         earlier < by_end.size() && stored[by_end[earlier]].stored_by < stored[number].stored_from;
         ++earlier) {
      const StoredNumber before = by_end[earlier];
      if (highest == kNoStored || stored[before].sequence > stored[highest].sequence) {
        highest = before;
      }
    }
    if (highest == kNoStored || stored[highest].sequence < stored[number].sequence) continue;
    violations.Add({.rule = Rule::kSequenceNotAbove,
                    .stored = number,
                    .other = highest,
                    .a = stored[highest].stored_by,
                    .b = stored[number].stored_from});
  }
}

// The stored message of a batch's entry, if this call has certainly stored it.
bool IsStoredByItself(const Evidence& evidence, StoredNumber number, const Call& call) {
  return evidence.stored[number].stored_from == call.asked_at &&
         evidence.acknowledgements(number).size() == 1;
}

// The entries of a batch are stored in the order of its list.
void JudgeBatches(const Evidence& evidence, Violations& violations) {
  const auto& sends = evidence.history.sends;
  std::vector<StoredNumber> stored_of_send(sends.size(), kNoStored);
  for (StoredNumber number = 0; number < evidence.stored.size(); ++number) {
    for (const uint32_t i : evidence.acknowledgements(number)) stored_of_send[i] = number;
  }
  for (size_t i = 0; i < sends.size(); ++i) {
    const StoredNumber one = stored_of_send[i];
    if (one == kNoStored || !IsStoredByItself(evidence, one, sends[i].call)) continue;
    for (size_t j = i + 1; j < sends.size() && sends[j].call.asked_at == sends[i].call.asked_at;
         ++j) {
      const bool is_same_call = sends[j].call.client == sends[i].call.client &&
                                sends[j].call.number == sends[i].call.number;
      const StoredNumber other = stored_of_send[j];
      if (!is_same_call) break;
      if (other == kNoStored || sends[j].group != sends[i].group ||
          !IsStoredByItself(evidence, other, sends[j].call)) {
        continue;
      }
      if (sends[i].sequence < sends[j].sequence) break;
      violations.Add({.rule = Rule::kSequenceNotAbove,
                      .stored = other,
                      .other = one,
                      .a = sends[i].call.answered_at,
                      .b = sends[j].call.asked_at});
      break;
    }
  }
}

}  // namespace

void JudgeSequences(const Evidence& evidence, Violations& violations) {
  for (StoredNumber number = 0; number < evidence.stored.size(); ++number) {
    JudgeSame(evidence, number, violations);
  }
  const GroupMembers groups(evidence);
  for (uint32_t group = 0; group < groups.size(); ++group) {
    const auto members = groups.of(group);
    JudgeRise(evidence, {members.begin(), members.end()}, violations);
  }
  JudgeBatches(evidence, violations);
}

}  // namespace twinq::history
