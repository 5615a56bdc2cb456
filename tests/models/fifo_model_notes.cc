// What the FIFO model notes of its doings, apart from them.

#include <algorithm>
#include <optional>
#include <variant>

#include "core/model/dedup_scope.h"
#include "tests/models/fifo_model.h"

namespace twinq::model {
namespace {

// Ids come back soon or not at all.
constexpr size_t kForgottenMax = 32;

}  // namespace

void FifoModel::Note(Rule rule) const {
  if (coverage_ != nullptr) coverage_->Note(rule);
}

void FifoModel::NoteStored(const Sending& entry, const std::string& id) {
  if (coverage_ == nullptr) return;
  const bool delayed = attributes_.delay > absl::ZeroDuration();
  Note(delayed ? Rule::kT2SentDelayed : Rule::kT1SentAvailable);
  for (const Message* head : Heads()) {
    if (head->group == entry.group && StateOf(*head) == State::kInFlight) {
      Note(Rule::kF1SentToLockedGroup);
    }
  }
  if (!entry.dedup_id && !setup_.attributes.content_based_dedup) Note(Rule::kDedupSwitchedOn);
  if (entry.dedup_id && attributes_.content_based_dedup &&
      FindWindow(entry.group, ContentId(entry.content)) != nullptr) {
    Note(Rule::kDedupExplicitBeatsContent);
  }
  // No duplicate, and yet the id is there: the scope must be messageGroup.
  for (const Window& window : windows_) {
    if (window.id != id) continue;
    Note(Rule::kDedupOtherGroupStored);
    if (attributes_.dedup_scope != setup_.attributes.dedup_scope) Note(Rule::kDedupScopeKept);
    break;
  }
  NoteIfForgotten(entry.group, id);
}

void FifoModel::NoteDuplicate(const Sending& entry, const Send& send, const Window& window) const {
  if (coverage_ == nullptr) return;
  if (entry.dedup_id.has_value() == window.by_content) {
    Note(Rule::kDedupExplicitIsContent);
  } else {
    Note(window.by_content ? Rule::kDedupContent : Rule::kDedupExplicit);
  }
  if (setup_.attributes.dedup_scope == DedupScope::kMessageGroup) {
    Note(Rule::kDedupSameGroup);
  } else if (entry.group != window.group) {
    Note(Rule::kDedupAcrossGroups);
    if (attributes_.dedup_scope != setup_.attributes.dedup_scope) Note(Rule::kDedupScopeKept);
  }
  for (const Sending& other : send.entries) {
    if (other.name == window.message) Note(Rule::kDedupInBatch);
  }
  switch (window.original) {
    case Window::Original::kExists:
      break;
    case Window::Original::kDeleted:
      Note(Rule::kDedupAfterDelete);
      return;
    case Window::Original::kExpired:
      Note(Rule::kDedupAfterExpiry);
      return;
  }
  for (const Message& message : messages_) {
    if (message.name == window.message && !message.deliveries.empty()) {
      Note(Rule::kDedupAfterReceive);
    }
  }
}

void FifoModel::NoteFailed(const Sending& entry) {
  if (coverage_ == nullptr) return;
  const std::string id = DedupIdOf(entry);
  if (FindWindow(entry.group, id) != nullptr) return;
  NoteForgotten({.group = entry.group,
                 .id = id,
                 .message = entry.name,
                 .ends_at = now_ + kDedupWindow,
                 .last_sent_at = now_},
                ForgottenId::Reason::kSendFailed);
}

void FifoModel::NoteForgotten(const Window& window, ForgottenId::Reason reason) {
  if (coverage_ == nullptr) return;
  if (forgotten_.size() == kForgottenMax) forgotten_.erase(forgotten_.begin());
  forgotten_.push_back({.reason = reason, .window = window});
}

void FifoModel::NoteIfForgotten(const std::string& group, const std::string& id) {
  std::erase_if(forgotten_, [&](const ForgottenId& forgotten) {
    const Window& window = forgotten.window;
    if (!SameKey(window, group, id)) return false;
    const bool within_window = now_ < window.ends_at;
    switch (forgotten.reason) {
      case ForgottenId::Reason::kSendFailed:
        if (within_window) Note(Rule::kDedupFailedSend);
        break;
      case ForgottenId::Reason::kPurged:
        if (within_window) Note(Rule::kDedupAfterPurge);
        break;
      case ForgottenId::Reason::kWindowEnded:
        Note(Rule::kDedupAfterWindow);
        if (now_ < window.last_sent_at + kDedupWindow) Note(Rule::kDedupNotExtended);
        break;
    }
    return true;
  });
}

void FifoModel::NoteReceive(const Receive& receive, absl::Duration wait) const {
  const bool short_poll = wait == absl::ZeroDuration();
  Note(receive.visibility ? Rule::kReceiveVisibilityOwn : Rule::kReceiveVisibilityOfQueue);
  if (!receive.wait && !short_poll) Note(Rule::kWaitOfQueue);
  if (receive.wait && short_poll && attributes_.receive_wait > absl::ZeroDuration()) {
    Note(Rule::kWaitZeroOnWaitQueue);
  }
  if (Room() == 0) Note(short_poll ? Rule::kLimitShortPollEmpty : Rule::kLimitLongPollWaits);
}

// F1 to F4, of all groups and of what a receive has chosen from them.
void FifoModel::NoteGroups(const std::vector<Message*>& chosen) const {
  if (coverage_ == nullptr) return;
  for (const Message* head : Heads()) NoteGroup(head->group, chosen);
  if (chosen.empty()) return;
  NoteRanks();
  if (chosen.front()->group != chosen.back()->group) Note(Rule::kF2SeveralGroups);
  const Message* first_of_group = chosen.front();
  for (size_t i = 1; i < chosen.size(); ++i) {
    if (chosen[i]->group == first_of_group->group) continue;
    // The group that begins here is not younger as a whole: its messages are interleaved.
    if (first_of_group < chosen[i] && chosen[i] < chosen[i - 1]) Note(Rule::kF2GroupBeforeOlder);
    first_of_group = chosen[i];
  }
}

void FifoModel::NoteGroup(const std::string& group, const std::vector<Message*>& chosen) const {
  size_t prefix = 0;
  std::optional<State> prefix_ended_by;
  bool blocked = false;
  bool in_flight = false;
  for (const Message& message : messages_) {
    if (message.group != group) continue;
    const State state = StateOf(message);
    if (state == State::kInFlight) in_flight = true;
    if (state == State::kAvailable && !prefix_ended_by) ++prefix;
    if (state == State::kAvailable && prefix_ended_by) blocked = true;
    if (state != State::kAvailable && !prefix_ended_by) prefix_ended_by = state;
  }
  if (blocked) Note(Rule::kF9BlockedCounted);
  if (prefix == 0 && prefix_ended_by == State::kInFlight) Note(Rule::kF1HeadInFlight);

  size_t taken = 0;
  size_t taken_again = 0;
  for (const Message* message : chosen) {
    if (message->group != group) continue;
    ++taken;
    if (!message->deliveries.empty()) ++taken_again;
  }
  if (taken == 0) return;
  if (taken < prefix) Note(Rule::kF3GroupCut);
  if (taken == prefix && prefix_ended_by == State::kInFlight) Note(Rule::kF1CutByInFlight);
  if (taken == prefix && prefix_ended_by == State::kDelayed) Note(Rule::kF1CutByDelayed);
  if (taken_again >= 2) Note(Rule::kF1AgainInOrder);
  if (in_flight) Note(Rule::kF6GroupShared);
}

// F4, of each two groups that follow each other. Which message is older shows in its place.
void FifoModel::NoteRanks() const {
  const std::vector<const Message*> ready = ReadyHeads();
  if (ready.size() >= 2) Note(Rule::kF4Choice);
  for (size_t i = 1; i < ready.size(); ++i) {
    const Rank first = RankOf(*ready[i - 1]);
    const Rank second = RankOf(*ready[i]);
    const bool first_received = first.head == Rank::Head::kReceived;
    const bool second_received = second.head == Rank::Head::kReceived;
    const bool tie = first.available_since == second.available_since;
    if (ready[i - 1] < ready[i]) {
      if (first == second) Note(first_received ? Rule::kF4TieReceived : Rule::kF4TieNew);
    } else if (!first_received && second_received) {
      Note(tie ? Rule::kF4TieNewFirst : Rule::kF4NewBeforeReceived);
    } else if (first_received && second_received) {
      Note(Rule::kF4ReceivedByEnd);
    } else if (!first_received && !second_received) {
      Note(Rule::kF4DelayAtSend);
    }
  }
}

void FifoModel::NoteDelivery(const Message& message, absl::Duration visibility) const {
  const bool again = !message.deliveries.empty();
  Note(again ? Rule::kT4ReceivedAgain : Rule::kT4Received);
  if (visibility == absl::ZeroDuration()) Note(Rule::kT8VisibilityZero);
  if (again && message.deliveries.back().visibility == absl::ZeroDuration()) {
    Note(Rule::kF5Unlocked);
  }
}

void FifoModel::NoteDelete(const Message& message) {
  if (coverage_ == nullptr) return;
  Note(Rule::kT9DeletedInFlight);
  const Delivery& last = message.deliveries.back();
  if (now_ >= last.received_at + last.visibility) Note(Rule::kF7ExtendedAlive);
  for (const Message& other : messages_) {
    if (&other < &message && other.group == message.group && StateOf(other) == State::kInFlight) {
      Note(Rule::kF1DeletedOutOfOrder);
      break;
    }
  }
  NoteOriginal(message, Window::Original::kDeleted);
  unlocked_groups_.push_back(message.group);
}

void FifoModel::NoteExpiry(const Message& message, const Step* cause) {
  if (coverage_ == nullptr) return;
  if (cause != nullptr) Note(Rule::kRetentionShortened);
  NoteOriginal(message, Window::Original::kExpired);
  if (StateOf(message) == State::kDelayed) Note(Rule::kT11ExpiredDelayed);
  if (StateOf(message) == State::kAvailable) Note(Rule::kT11ExpiredAvailable);
  if (StateOf(message) != State::kInFlight) return;
  Note(Rule::kT11ExpiredInFlight);
  unlocked_groups_.push_back(message.group);
  for (const Message& other : messages_) {
    if (other.group == message.group && now_ < ExpiresAt(other)) {
      Note(Rule::kF10ExpiryUnlocks);
      break;
    }
  }
}

void FifoModel::NoteVisibilitiesOver() const {
  for (const Message& message : messages_) {
    if (message.visible_at == now_) Note(Rule::kT5VisibilityOver);
  }
}

void FifoModel::NoteOriginal(const Message& message, Window::Original original) {
  for (Window& window : windows_) {
    if (window.message == message.name) window.original = original;
  }
}

void FifoModel::NotePurge() {
  if (coverage_ == nullptr) return;
  for (const Message& message : messages_) {
    if (StateOf(message) == State::kDelayed) Note(Rule::kT13PurgedDelayed);
    if (StateOf(message) == State::kAvailable) Note(Rule::kT13PurgedAvailable);
    if (StateOf(message) == State::kInFlight) Note(Rule::kT13PurgedInFlight);
  }
  for (const Window& window : windows_) NoteForgotten(window, ForgottenId::Reason::kPurged);
  if (purged_at_) Note(Rule::kPurgeAgain);
  if (!waiters_.empty()) Note(Rule::kPurgeWaitersStay);
}

void FifoModel::NoteSet(const GivenQueueAttributes& given) const {
  const QueueAttributes next = given.Over(attributes_);
  const bool new_visibility = next.visibility_timeout != attributes_.visibility_timeout;
  const bool new_wait = next.receive_wait != attributes_.receive_wait;
  if (next.retention > attributes_.retention && !messages_.empty()) Note(Rule::kRetentionLonger);
  if (new_visibility && CountIn(State::kInFlight) > 0) Note(Rule::kAttributesKeepInFlight);
  if ((new_visibility || new_wait) && !waiters_.empty()) Note(Rule::kAttributesKeepWaiters);

  if (CountIn(State::kDelayed) > 0) {
    if (next.delay > attributes_.delay) Note(Rule::kF8Longer);
    if (next.delay < attributes_.delay) Note(Rule::kF8Shorter);
  }
  for (const Message& message : messages_) {
    if (StateOf(message) != State::kDelayed && now_ < message.sent_at + next.delay) {
      Note(Rule::kF8NotDelayedAgain);
      break;
    }
  }
}

Rule FifoModel::WokenBy(const Step* cause) const {
  const std::vector<const Message*> ready = ReadyHeads();
  if (ready.empty()) return Rule::kWaitWokenByRoom;
  const Message& first = *ready.front();
  const bool unlocked = std::find(unlocked_groups_.begin(), unlocked_groups_.end(), first.group) !=
                        unlocked_groups_.end();
  const bool received = !first.deliveries.empty();
  if (cause == nullptr) {
    if (received && first.visible_at == now_) return Rule::kWaitWokenByVisibilityEnd;
    if (!received && first.delay_over_at == now_) return Rule::kWaitWokenByDelayEnd;
    return unlocked ? Rule::kWaitWokenByExpiry : Rule::kWaitWokenByRoom;
  }
  if (std::holds_alternative<Send>(*cause)) return Rule::kWaitWokenBySend;
  if (std::holds_alternative<ChangeVisibility>(*cause)) return Rule::kWaitWokenByChange;
  if (std::holds_alternative<Release>(*cause)) return Rule::kWaitWokenByRelease;
  if (std::holds_alternative<Delete>(*cause) && unlocked) return Rule::kWaitWokenByDelete;
  if (std::holds_alternative<SetAttributes>(*cause) && !received && first.delay_over_at == now_) {
    return Rule::kWaitWokenByShorterDelay;
  }
  return unlocked ? Rule::kWaitWokenByExpiry : Rule::kWaitWokenByRoom;
}

}  // namespace twinq::model
