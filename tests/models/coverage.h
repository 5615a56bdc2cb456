#ifndef TWINQ_TESTS_MODELS_COVERAGE_H_
#define TWINQ_TESTS_MODELS_COVERAGE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

#include "core/model/queue_kind.h"

namespace twinq::model {

// What can happen in a queue, one value per case of SQS semantics: the transitions of 1.3, the
// rules and tables of 4.1 to 4.11, and every refusal that the engine gives.
enum class Rule : uint8_t {
  // Life of a message (1.3).
  kT1SentAvailable,
  kT2SentDelayed,
  kT3DelayOver,
  kT4Received,
  kT4ReceivedAgain,
  kT5VisibilityOver,
  kT6Extended,
  kT6Shortened,
  kT7ChangedToZero,
  kT7Released,
  kT8VisibilityZero,
  kT9DeletedInFlight,
  kT10DeletedAvailable,
  kT11ExpiredAvailable,
  kT11ExpiredInFlight,
  kT11ExpiredDelayed,
  kT13PurgedAvailable,
  kT13PurgedInFlight,
  kT13PurgedDelayed,
  // Receiving and handles, both kinds (2.10 to 2.13, 4.2).
  kReceiveVisibilityOwn,
  kReceiveVisibilityOfQueue,
  kReceiveEmpty,
  kDeleteGone,
  kReleaseWithoutEffect,
  // Standard queues (4.1, 2.11, 2.13).
  kStandardOldHandleDeletes,
  kStandardOldHandleChanges,
  kStandardChangeWithoutEffect,
  kStandardOldHandleBudget,
  kStandardOriginalPosition,
  kStandardDelayOfQueue,
  kStandardDelayOwn,
  kStandardDelayZeroOnDelayQueue,
  kStandardDelayNotRetroactive,
  // FIFO queues: order and locking (4.5).
  kF1HeadInFlight,
  kF1CutByInFlight,
  kF1CutByDelayed,
  kF1DeletedOutOfOrder,
  kF1SentToLockedGroup,
  kF1AgainInOrder,
  kF2SeveralGroups,
  kF2GroupBeforeOlder,
  kF3GroupCut,
  kF4Choice,
  kF4NewBeforeReceived,
  kF4ReceivedByEnd,
  kF4DelayAtSend,
  kF4TieNewFirst,
  kF4TieReceived,
  kF4TieNew,
  kF5Unlocked,
  kF6GroupShared,
  kF7DeadByEnd,
  kF7DeadByReceive,
  kF7ChangeDead,
  kF7ExtendedAlive,
  kF8Longer,
  kF8Shorter,
  kF8ShorterEnds,
  kF8NotDelayedAgain,
  kF9BlockedCounted,
  kF10ExpiryUnlocks,
  // FIFO queues: deduplication (4.6).
  kDedupExplicit,
  kDedupContent,
  kDedupExplicitIsContent,
  kDedupExplicitBeatsContent,
  kDedupAcrossGroups,
  kDedupSameGroup,
  kDedupOtherGroupStored,
  kDedupScopeKept,
  kDedupInBatch,
  kDedupAfterReceive,
  kDedupAfterDelete,
  kDedupAfterExpiry,
  kDedupAfterPurge,
  kDedupAfterWindow,
  kDedupNotExtended,
  kDedupSwitchedOn,
  kDedupSwitchedOff,
  kDedupFailedSend,
  // Waiting receives (4.3).
  kWaitOfQueue,
  kWaitZeroOnWaitQueue,
  kWaitAnsweredAtOnce,
  kWaitWokenBySend,
  kWaitWokenByDelayEnd,
  kWaitWokenByShorterDelay,
  kWaitWokenByVisibilityEnd,
  kWaitWokenByChange,
  kWaitWokenByRelease,
  kWaitWokenByDelete,
  kWaitWokenByExpiry,
  kWaitWokenByRoom,
  kWaitEarliestFirst,
  kWaitSeveralServed,
  kWaitEndedEmpty,
  kWaitCancelled,
  kWaitCancelledLate,
  // The limit of messages in flight (4.8).
  kLimitCutsReceive,
  kLimitShortPollRefused,
  kLimitShortPollEmpty,
  kLimitLongPollWaits,
  // Purge, attributes, retention (2.5, 2.7, 4.11).
  kPurgeAgain,
  kPurgeWaitersStay,
  kRetentionShortened,
  kRetentionLonger,
  kAttributesKeepInFlight,
  kAttributesKeepWaiters,
  // Refusals (2.5, 2.8 to 2.14).
  kErrorMessageTooLong,
  kErrorMalformed,
  kErrorTooLongBeforeMalformed,
  kErrorMissingDedupId,
  kErrorDeleteOfOtherQueue,
  kErrorChangeOfOtherQueue,
  kErrorChangeGone,
  kErrorVisibilityTotal,
  kErrorPurgeInProgress,
};

// What the rule says, in a few words, after its number if SQS semantics gives it one.
absl::string_view RuleText(Rule rule);
// Whether the rule can occur in a queue of this kind.
bool RuleIsOf(Rule rule, QueueKind kind);

// How often each rule has occurred in queues of one kind.
class Coverage {
 public:
  explicit Coverage(QueueKind kind) : kind_(kind) {}

  // REQUIRES: the rule is one of this kind of queue.
  void Note(Rule rule);
  // Counts what `other` has counted, of the same kind.
  void Add(const Coverage& other);

  uint64_t count(Rule rule) const { return counts_[static_cast<size_t>(rule)]; }
  // The kind's rules that have occurred less often, in their order.
  std::vector<Rule> RulesBelow(uint64_t count) const;
  // One line per rule of the kind: how often, and its text.
  std::string Table() const;

 private:
  static constexpr size_t kRules = static_cast<size_t>(Rule::kErrorPurgeInProgress) + 1;

  QueueKind kind_;
  std::array<uint64_t, kRules> counts_ = {};
};

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_COVERAGE_H_
