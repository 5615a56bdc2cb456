#ifndef TWINQ_SIM_HISTORY_RULE_H_
#define TWINQ_SIM_HISTORY_RULE_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace twinq::history {

// What a queue can have done wrong.
enum class Verdict : uint8_t {
  kUnexpected,        // Delivered, never attempted.
  kUndead,            // Delivered after its delete or purge was acknowledged.
  kLost,              // Send acknowledged, never delivered, and at the end not there.
  kVanished,          // Delivered, never deleted, and at the end not there: lost after a delivery.
  kStoredTwice,       // Two stored messages for what may be stored once.
  kSwallowed,         // Acknowledged as the duplicate of a message of which it is none.
  kMessageHeldTwice,  // Delivered while somebody provably holds it.
  kGroupHeldTwice,    // FIFO: delivered while an earlier message of its group is provably held.
  kOutOfOrder,        // FIFO: delivered before an earlier message of its group.
  kSequence,          // FIFO: sequence numbers that do not rise in the order of sending.
  kReceiveCount,      // A count that does not rise by one for each delivery.
};
inline constexpr size_t kVerdicts = static_cast<size_t>(Verdict::kReceiveCount) + 1;

// In snake_case.
absl::string_view NameOf(Verdict verdict);

// The ways in which verdicts are proven. `a` and `b` are the two times of a Violation; a rule holds
// when `a < b`, unless it says otherwise.
enum class Rule : uint8_t {
  kNeverAttempted,
  kOnlyRefused,
  kBeforeSend,
  kOtherBody,
  kAfterDelete,
  kAfterPurge,
  kNeverDelivered,
  kGoneUndeleted,
  kMoreThanAttempts,
  kTwiceInWindow,
  kStandardAnsweredTwice,
  kOtherDedupId,
  kWindowOver,
  kWindowPurged,
  kHeldMessage,
  kHeldGroup,
  kFirstDeliveryTooLate,
  kPassedOver,
  kDisorderInAnswer,
  kSequenceNotAbove,
  kSequenceNotOne,
  kCountNotAbove,
  kCountTwice,
  kCountTooHigh,
};

Verdict VerdictOf(Rule rule);
// The proof: a sentence in which $0 and $1 stand for the two times.
absl::string_view ProofOf(Rule rule);

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_RULE_H_
