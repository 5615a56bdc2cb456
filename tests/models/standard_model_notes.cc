// What the standard model notes of its doings, apart from them.

#include <variant>

#include "tests/models/standard_model.h"

namespace twinq::model {

void StandardModel::Note(Rule rule) const {
  if (coverage_ != nullptr) coverage_->Note(rule);
}

void StandardModel::NoteTimePassed() const {
  for (const Message& message : messages_) {
    if (ExpiresAt(message) == now_) continue;
    if (message.delay_ends_at == now_) Note(Rule::kT3DelayOver);
    if (message.visible_at == now_) Note(Rule::kT5VisibilityOver);
  }
}

void StandardModel::NoteStored(const Sending& entry, absl::Duration delay) const {
  const bool delayed = delay > absl::ZeroDuration();
  Note(delayed ? Rule::kT2SentDelayed : Rule::kT1SentAvailable);
  if (delayed && !entry.delay) Note(Rule::kStandardDelayOfQueue);
  if (delayed && entry.delay && delay != attributes_.delay) Note(Rule::kStandardDelayOwn);
  if (!delayed && attributes_.delay > absl::ZeroDuration()) {
    Note(Rule::kStandardDelayZeroOnDelayQueue);
  }
}

void StandardModel::NoteReceive(const Receive& receive, absl::Duration wait) const {
  const bool short_poll = wait == absl::ZeroDuration();
  Note(receive.visibility ? Rule::kReceiveVisibilityOwn : Rule::kReceiveVisibilityOfQueue);
  if (!receive.wait && !short_poll) Note(Rule::kWaitOfQueue);
  if (receive.wait && short_poll && attributes_.receive_wait > absl::ZeroDuration()) {
    Note(Rule::kWaitZeroOnWaitQueue);
  }
  if (AtLimit()) Note(short_poll ? Rule::kLimitShortPollRefused : Rule::kLimitLongPollWaits);
}

void StandardModel::NoteDelivery(const Message& message, absl::Duration visibility) const {
  if (coverage_ == nullptr) return;
  Note(message.received_at.empty() ? Rule::kT4Received : Rule::kT4ReceivedAgain);
  if (visibility == absl::ZeroDuration()) Note(Rule::kT8VisibilityZero);
  if (message.received_at.empty()) return;
  for (const Message& other : messages_) {
    if (&other > &message && other.received_at.empty() && StateOf(other) == State::kAvailable) {
      Note(Rule::kStandardOriginalPosition);
      return;
    }
  }
}

void StandardModel::NoteDelete(const Message& message, const Handle& handle) const {
  if (StateOf(message) == State::kAvailable) {
    Note(Rule::kT10DeletedAvailable);
  } else if (handle.delivery == message.received_at.size()) {
    Note(Rule::kT9DeletedInFlight);
  } else {
    Note(Rule::kStandardOldHandleDeletes);
  }
}

void StandardModel::NoteExpiry(const Message& message, const Step* cause) const {
  if (cause != nullptr) Note(Rule::kRetentionShortened);
  if (StateOf(message) == State::kDelayed) Note(Rule::kT11ExpiredDelayed);
  if (StateOf(message) == State::kAvailable) Note(Rule::kT11ExpiredAvailable);
  if (StateOf(message) == State::kInFlight) Note(Rule::kT11ExpiredInFlight);
}

void StandardModel::NotePurge() const {
  for (const Message& message : messages_) {
    if (StateOf(message) == State::kDelayed) Note(Rule::kT13PurgedDelayed);
    if (StateOf(message) == State::kAvailable) Note(Rule::kT13PurgedAvailable);
    if (StateOf(message) == State::kInFlight) Note(Rule::kT13PurgedInFlight);
  }
  if (purged_at_) Note(Rule::kPurgeAgain);
  if (!waiters_.empty()) Note(Rule::kPurgeWaitersStay);
}

void StandardModel::NoteSet(const GivenQueueAttributes& given) const {
  const QueueAttributes next = given.Over(attributes_);
  const bool new_visibility = next.visibility_timeout != attributes_.visibility_timeout;
  const bool new_wait = next.receive_wait != attributes_.receive_wait;
  if (next.retention > attributes_.retention && !messages_.empty()) Note(Rule::kRetentionLonger);
  if (next.delay != attributes_.delay && CountIn(State::kDelayed) > 0) {
    Note(Rule::kStandardDelayNotRetroactive);
  }
  if (new_visibility && CountIn(State::kInFlight) > 0) Note(Rule::kAttributesKeepInFlight);
  if ((new_visibility || new_wait) && !waiters_.empty()) Note(Rule::kAttributesKeepWaiters);
}

// When time has passed the cause shows in the oldest message that can be taken; else only a step
// that makes one available, or makes room under the limit, can be it.
Rule StandardModel::WokenBy(const Step* cause) const {
  if (cause == nullptr) {
    for (const Message& message : messages_) {
      if (StateOf(message) != State::kAvailable) continue;
      if (message.visible_at == now_) return Rule::kWaitWokenByVisibilityEnd;
      if (message.delay_ends_at == now_) return Rule::kWaitWokenByDelayEnd;
      break;
    }
    return Rule::kWaitWokenByRoom;
  }
  if (std::holds_alternative<Send>(*cause)) return Rule::kWaitWokenBySend;
  if (std::holds_alternative<ChangeVisibility>(*cause)) return Rule::kWaitWokenByChange;
  if (std::holds_alternative<Release>(*cause)) return Rule::kWaitWokenByRelease;
  return Rule::kWaitWokenByRoom;
}

}  // namespace twinq::model
