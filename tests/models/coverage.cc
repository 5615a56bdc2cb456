#include "tests/models/coverage.h"

#include "absl/strings/str_format.h"

#include "core/base/check.h"

namespace twinq::model {
namespace {

enum class Kinds : uint8_t { kBoth, kStandard, kFifo };

struct RuleEntry {
  Rule rule;
  Kinds kinds;
  absl::string_view text;
};

// In the order of the enum.
constexpr RuleEntry kEntries[] = {
    {Rule::kT1SentAvailable, Kinds::kBoth, "T1: sent, available at once"},
    {Rule::kT2SentDelayed, Kinds::kBoth, "T2: sent, delayed"},
    {Rule::kT3DelayOver, Kinds::kBoth, "T3: delay over"},
    {Rule::kT4Received, Kinds::kBoth, "T4: received for the first time"},
    {Rule::kT4ReceivedAgain, Kinds::kBoth, "T4: received again"},
    {Rule::kT5VisibilityOver, Kinds::kBoth, "T5: visibility over"},
    {Rule::kT6Extended, Kinds::kBoth, "T6: visibility ends later"},
    {Rule::kT6Shortened, Kinds::kBoth, "T6: visibility ends earlier"},
    {Rule::kT7ChangedToZero, Kinds::kBoth, "T7: visibility changed to 0"},
    {Rule::kT7Released, Kinds::kBoth, "T7: delivery released"},
    {Rule::kT8VisibilityZero, Kinds::kBoth, "T8: received with visibility 0"},
    {Rule::kT9DeletedInFlight, Kinds::kBoth, "T9: deleted in flight"},
    {Rule::kT10DeletedAvailable, Kinds::kStandard, "T10: deleted while available again"},
    {Rule::kT11ExpiredAvailable, Kinds::kBoth, "T11: expired while available"},
    {Rule::kT11ExpiredInFlight, Kinds::kBoth, "T11: expired in flight"},
    {Rule::kT11ExpiredDelayed, Kinds::kBoth, "T11: expired while delayed"},
    {Rule::kT13PurgedAvailable, Kinds::kBoth, "T13: purged while available"},
    {Rule::kT13PurgedInFlight, Kinds::kBoth, "T13: purged in flight"},
    {Rule::kT13PurgedDelayed, Kinds::kBoth, "T13: purged while delayed"},
    {Rule::kReceiveVisibilityOwn, Kinds::kBoth, "receive: its own visibility"},
    {Rule::kReceiveVisibilityOfQueue, Kinds::kBoth, "receive: visibility of the queue"},
    {Rule::kReceiveEmpty, Kinds::kBoth, "receive: short poll finds nothing"},
    {Rule::kDeleteGone, Kinds::kBoth, "delete: message is gone, success"},
    {Rule::kReleaseWithoutEffect, Kinds::kBoth, "release: no longer in flight, or not the last"},
    {Rule::kStandardOldHandleDeletes, Kinds::kStandard, "old handle deletes, newer in flight"},
    {Rule::kStandardOldHandleChanges, Kinds::kStandard, "old handle changes, newer in flight"},
    {Rule::kStandardChangeWithoutEffect, Kinds::kStandard, "change after the end has no effect"},
    {Rule::kStandardOldHandleBudget, Kinds::kStandard, "12 h since the handle's own receive"},
    {Rule::kStandardOriginalPosition, Kinds::kStandard, "returned message before younger ones"},
    {Rule::kStandardDelayOfQueue, Kinds::kStandard, "delay of the queue"},
    {Rule::kStandardDelayOwn, Kinds::kStandard, "own delay over the queue's"},
    {Rule::kStandardDelayZeroOnDelayQueue, Kinds::kStandard, "own delay 0 in a delay queue"},
    {Rule::kStandardDelayNotRetroactive, Kinds::kStandard, "new delay leaves delayed messages"},
    {Rule::kF1HeadInFlight, Kinds::kFifo, "F1: head in flight, nothing of the group"},
    {Rule::kF1CutByInFlight, Kinds::kFifo, "F1: prefix ends at a message in flight"},
    {Rule::kF1CutByDelayed, Kinds::kFifo, "F1: prefix ends at a delayed message"},
    {Rule::kF1DeletedOutOfOrder, Kinds::kFifo, "F1: deleted before an earlier one in flight"},
    {Rule::kF1SentToLockedGroup, Kinds::kFifo, "F1: sent to a locked group"},
    {Rule::kF1AgainInOrder, Kinds::kFifo, "F1: several of a group again, in order"},
    {Rule::kF2SeveralGroups, Kinds::kFifo, "F2: several groups in one receive"},
    {Rule::kF2GroupBeforeOlder, Kinds::kFifo, "F2: rest of a group before another's older one"},
    {Rule::kF3GroupCut, Kinds::kFifo, "F3: receive takes part of a prefix"},
    {Rule::kF4Choice, Kinds::kFifo, "F4: several groups to choose from"},
    {Rule::kF4NewBeforeReceived, Kinds::kFifo, "F4: younger new head before a received one"},
    {Rule::kF4ReceivedByEnd, Kinds::kFifo, "F4: younger received head, ended earlier"},
    {Rule::kF4DelayAtSend, Kinds::kFifo, "F4: younger new head, shorter delay at its send"},
    {Rule::kF4TieNewFirst, Kinds::kFifo, "F4: tie of younger new and older received head"},
    {Rule::kF4TieReceived, Kinds::kFifo, "F4: tie of received heads"},
    {Rule::kF4TieNew, Kinds::kFifo, "F4: tie of new heads"},
    {Rule::kF5Unlocked, Kinds::kFifo, "F5: received again after visibility 0"},
    {Rule::kF6GroupShared, Kinds::kFifo, "F6: received while a later one is in flight"},
    {Rule::kF7DeadByEnd, Kinds::kFifo, "F7: delete refused, visibility ended"},
    {Rule::kF7DeadByReceive, Kinds::kFifo, "F7: delete refused, received again"},
    {Rule::kF7ChangeDead, Kinds::kFifo, "F7: change refused, handle dead"},
    {Rule::kF7ExtendedAlive, Kinds::kFifo, "F7: extended handle deletes after its first end"},
    {Rule::kF8Longer, Kinds::kFifo, "F8: longer delay on a delayed message"},
    {Rule::kF8Shorter, Kinds::kFifo, "F8: shorter delay on a delayed message"},
    {Rule::kF8ShorterEnds, Kinds::kFifo, "F8: shorter delay is over at once"},
    {Rule::kF8NotDelayedAgain, Kinds::kFifo, "F8: longer delay leaves what is out of it"},
    {Rule::kF9BlockedCounted, Kinds::kFifo, "F9: blocked message counts as available"},
    {Rule::kF10ExpiryUnlocks, Kinds::kFifo, "F10: expiry unlocks a group"},
    {Rule::kDedupExplicit, Kinds::kFifo, "dedup: by explicit id"},
    {Rule::kDedupContent, Kinds::kFifo, "dedup: by content"},
    {Rule::kDedupExplicitIsContent, Kinds::kFifo, "dedup: explicit id equal to a content id"},
    {Rule::kDedupExplicitBeatsContent, Kinds::kFifo, "dedup: same content, other explicit id"},
    {Rule::kDedupAcrossGroups, Kinds::kFifo, "dedup: scope queue, original in another group"},
    {Rule::kDedupSameGroup, Kinds::kFifo, "dedup: scope messageGroup, same group"},
    {Rule::kDedupOtherGroupStored, Kinds::kFifo, "dedup: scope messageGroup, other group stored"},
    {Rule::kDedupScopeKept, Kinds::kFifo, "dedup: changed scope has no effect"},
    {Rule::kDedupInBatch, Kinds::kFifo, "dedup: within one batch"},
    {Rule::kDedupAfterReceive, Kinds::kFifo, "dedup: original received before"},
    {Rule::kDedupAfterDelete, Kinds::kFifo, "dedup: original deleted"},
    {Rule::kDedupAfterExpiry, Kinds::kFifo, "dedup: original expired"},
    {Rule::kDedupAfterPurge, Kinds::kFifo, "dedup: stored again after a purge"},
    {Rule::kDedupAfterWindow, Kinds::kFifo, "dedup: stored again after the window"},
    {Rule::kDedupNotExtended, Kinds::kFifo, "dedup: a duplicate had not extended the window"},
    {Rule::kDedupSwitchedOn, Kinds::kFifo, "dedup: by content, switched on later"},
    {Rule::kDedupSwitchedOff, Kinds::kFifo, "dedup: by content, switched off later"},
    {Rule::kDedupFailedSend, Kinds::kFifo, "dedup: failed send had not registered its id"},
    {Rule::kWaitOfQueue, Kinds::kBoth, "wait: of the queue"},
    {Rule::kWaitZeroOnWaitQueue, Kinds::kBoth, "wait: own 0 in a queue with a wait"},
    {Rule::kWaitAnsweredAtOnce, Kinds::kBoth, "wait: long poll finds messages"},
    {Rule::kWaitWokenBySend, Kinds::kBoth, "wait: woken by a send"},
    {Rule::kWaitWokenByDelayEnd, Kinds::kBoth, "wait: woken by the end of a delay"},
    {Rule::kWaitWokenByShorterDelay, Kinds::kFifo, "wait: woken by a shortened delay"},
    {Rule::kWaitWokenByVisibilityEnd, Kinds::kBoth, "wait: woken by the end of a visibility"},
    {Rule::kWaitWokenByChange, Kinds::kBoth, "wait: woken by a change to 0"},
    {Rule::kWaitWokenByRelease, Kinds::kBoth, "wait: woken by a release"},
    {Rule::kWaitWokenByDelete, Kinds::kFifo, "wait: woken by a delete that unlocks"},
    {Rule::kWaitWokenByExpiry, Kinds::kFifo, "wait: woken by an expiry that unlocks"},
    {Rule::kWaitWokenByRoom, Kinds::kBoth, "wait: woken by room under the in-flight limit"},
    {Rule::kWaitEarliestFirst, Kinds::kBoth, "wait: the earliest waiter gets the message"},
    {Rule::kWaitSeveralServed, Kinds::kBoth, "wait: several waiters served at one instant"},
    {Rule::kWaitEndedEmpty, Kinds::kBoth, "wait: ended empty"},
    {Rule::kWaitCancelled, Kinds::kBoth, "wait: cancelled"},
    {Rule::kWaitCancelledLate, Kinds::kBoth, "wait: cancelled when already answered"},
    {Rule::kLimitCutsReceive, Kinds::kBoth, "limit: receive takes only what fits"},
    {Rule::kLimitShortPollRefused, Kinds::kStandard, "limit: short poll refused"},
    {Rule::kLimitShortPollEmpty, Kinds::kFifo, "limit: short poll empty"},
    {Rule::kLimitLongPollWaits, Kinds::kBoth, "limit: long poll waits"},
    {Rule::kPurgeAgain, Kinds::kBoth, "purge: accepted after an earlier one"},
    {Rule::kPurgeWaitersStay, Kinds::kBoth, "purge: waiters stay"},
    {Rule::kRetentionShortened, Kinds::kBoth, "retention: shortened, expired at once"},
    {Rule::kRetentionLonger, Kinds::kBoth, "retention: longer for existing messages"},
    {Rule::kAttributesKeepInFlight, Kinds::kBoth, "attributes: new visibility, in flight kept"},
    {Rule::kAttributesKeepWaiters, Kinds::kBoth,
     "attributes: new wait or visibility, waiters kept"},
    {Rule::kErrorMessageTooLong, Kinds::kBoth, "error: MessageTooLong"},
    {Rule::kErrorMalformed, Kinds::kBoth, "error: of the entry's content"},
    {Rule::kErrorTooLongBeforeMalformed, Kinds::kBoth, "error: size before content"},
    {Rule::kErrorMissingDedupId, Kinds::kFifo, "error: MissingDedupId"},
    {Rule::kErrorDeleteOfOtherQueue, Kinds::kBoth, "error: delete, ReceiptHandleOfOtherQueue"},
    {Rule::kErrorChangeOfOtherQueue, Kinds::kBoth, "error: change, ReceiptHandleOfOtherQueue"},
    {Rule::kErrorChangeGone, Kinds::kBoth, "error: change, MessageNotAvailable, gone"},
    {Rule::kErrorVisibilityTotal, Kinds::kBoth, "error: VisibilityTotalTooLong"},
    {Rule::kErrorPurgeInProgress, Kinds::kBoth, "error: PurgeInProgress"},
};

constexpr bool EntriesAreInOrder() {
  size_t next = 0;
  for (const RuleEntry& entry : kEntries) {
    if (static_cast<size_t>(entry.rule) != next++) return false;
  }
  return next == static_cast<size_t>(Rule::kErrorPurgeInProgress) + 1;
}
static_assert(EntriesAreInOrder());

const RuleEntry& EntryOf(Rule rule) { return kEntries[static_cast<size_t>(rule)]; }

}  // namespace

absl::string_view RuleText(Rule rule) { return EntryOf(rule).text; }

bool RuleIsOf(Rule rule, QueueKind kind) {
  switch (EntryOf(rule).kinds) {
    case Kinds::kBoth:
      return true;
    case Kinds::kStandard:
      return kind == QueueKind::kStandard;
    case Kinds::kFifo:
      return kind == QueueKind::kFifo;
  }
  TWINQ_CHECK(false);
}

void Coverage::Note(Rule rule) {
  TWINQ_CHECK(RuleIsOf(rule, kind_));
  ++counts_[static_cast<size_t>(rule)];
}

void Coverage::Add(const Coverage& other) {
  TWINQ_CHECK(kind_ == other.kind_);
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

std::vector<Rule> Coverage::RulesBelow(uint64_t count) const {
  std::vector<Rule> below;
  for (const RuleEntry& entry : kEntries) {
    if (RuleIsOf(entry.rule, kind_) && this->count(entry.rule) < count) below.push_back(entry.rule);
  }
  return below;
}

std::string Coverage::Table() const {
  std::string table;
  for (const RuleEntry& entry : kEntries) {
    if (!RuleIsOf(entry.rule, kind_)) continue;
    absl::StrAppendFormat(&table, "%12d  %s\n", count(entry.rule), entry.text);
  }
  return table;
}

}  // namespace twinq::model
