#include "sim/history/rule.h"

#include <array>

namespace twinq::history {
namespace {

struct RuleFacts {
  Rule rule;
  Verdict verdict;
  absl::string_view proof;
};

constexpr std::array kRules = {
    RuleFacts{Rule::kNeverAttempted, Verdict::kUnexpected,
              "nobody attempted to send it; received by $0"},
    RuleFacts{Rule::kOnlyRefused, Verdict::kUnexpected,
              "every attempt to send it was refused; received by $0"},
    RuleFacts{Rule::kBeforeSend, Verdict::kUnexpected,
              "received by $0, before the first attempt that may have stored it was made at $1"},
    RuleFacts{Rule::kOtherBody, Verdict::kUnexpected,
              "the id was acknowledged for another message than it was delivered with by $0"},
    RuleFacts{Rule::kAfterDelete, Verdict::kUndead,
              "its delete was acknowledged at $0, before the receive was asked at $1"},
    RuleFacts{Rule::kAfterPurge, Verdict::kUndead,
              "stored before a purge that was acknowledged at $0, before the receive was asked at "
              "$1"},
    RuleFacts{Rule::kNeverDelivered, Verdict::kLost,
              "acknowledged by $0; until the end at $1 never delivered, purged or expired, and not "
              "there"},
    RuleFacts{Rule::kGoneUndeleted, Verdict::kVanished,
              "delivered by $0; until the end at $1 nobody asked to delete or purge it, it has not "
              "expired, and is not there"},
    RuleFacts{Rule::kMoreThanAttempts, Verdict::kStoredTwice,
              "more stored messages than attempts that can have stored one; this one was received "
              "by $0"},
    RuleFacts{Rule::kTwiceInWindow, Verdict::kStoredTwice,
              "one deduplication id, stored twice between $0 and $1, which is less than 5 minutes"},
    RuleFacts{Rule::kStandardAnsweredTwice, Verdict::kSwallowed,
              "two sends to a standard queue were acknowledged with one id, at $0 and $1"},
    RuleFacts{Rule::kOtherDedupId, Verdict::kSwallowed,
              "sends with different deduplication ids were acknowledged with one id, at $0 and $1"},
    RuleFacts{Rule::kWindowOver, Verdict::kSwallowed,
              "stored by $0, and 5 minutes were over when the send was asked at $1 that was "
              "answered as its duplicate"},
    RuleFacts{Rule::kWindowPurged, Verdict::kSwallowed,
              "stored before a purge that was acknowledged at $0, before the send was asked at $1 "
              "that was answered as its duplicate"},
    RuleFacts{Rule::kHeldMessage, Verdict::kMessageHeldTwice,
              "received again by $0, while another delivery was held until $1"},
    RuleFacts{Rule::kHeldGroup, Verdict::kGroupHeldTwice,
              "received by $0, while an earlier message of its group was held until $1"},
    RuleFacts{Rule::kFirstDeliveryTooLate, Verdict::kOutOfOrder,
              "received by $0, before the receive that first brought an earlier message of its "
              "group was asked at $1"},
    RuleFacts{Rule::kPassedOver, Verdict::kOutOfOrder,
              "received by $0 without an earlier message of its group that was there: the receive "
              "that brought it again was asked at $1"},
    RuleFacts{Rule::kDisorderInAnswer, Verdict::kOutOfOrder,
              "in the answer of $0 it stands before an earlier message of its group"},
    RuleFacts{Rule::kSequenceNotAbove, Verdict::kSequence,
              "an earlier message of its group was stored by $0, before it was first sent at $1 or "
              "before it in one batch, and has no lower sequence number"},
    RuleFacts{Rule::kSequenceNotOne, Verdict::kSequence,
              "its sequence number was not the same in all answers; the other one came by $0"},
    RuleFacts{
        Rule::kCountNotAbove, Verdict::kReceiveCount,
        "a delivery that was received by $0, before the receive was asked at $1, has no lower "
        "receive count"},
    RuleFacts{Rule::kCountTwice, Verdict::kReceiveCount,
              "two deliveries, received by $0 and $1, have one receive count"},
    RuleFacts{Rule::kCountTooHigh, Verdict::kReceiveCount,
              "when it was received by $0, fewer receives had been asked that can have brought it"},
};

constexpr bool IsInOrder() {
  for (size_t i = 0; i < kRules.size(); ++i) {
    if (static_cast<size_t>(kRules.at(i).rule) != i) return false;
  }
  return true;
}
static_assert(IsInOrder() && kRules.size() == static_cast<size_t>(Rule::kCountTooHigh) + 1);

constexpr std::array<absl::string_view, kVerdicts> kNames = {
    "unexpected",         "undead",           "lost",
    "vanished",           "stored_twice",     "swallowed",
    "message_held_twice", "group_held_twice", "out_of_order",
    "sequence",           "receive_count"};

}  // namespace

absl::string_view NameOf(Verdict verdict) { return kNames.at(static_cast<size_t>(verdict)); }

Verdict VerdictOf(Rule rule) { return kRules.at(static_cast<size_t>(rule)).verdict; }

absl::string_view ProofOf(Rule rule) { return kRules.at(static_cast<size_t>(rule)).proof; }

}  // namespace twinq::history
