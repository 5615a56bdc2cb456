#include "tests/models/fifo_model.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "core/base/check.h"
#include "core/model/dedup_scope.h"

namespace twinq::model {

FifoModel::FifoModel(const QueueSetup& setup, Coverage* coverage)
    : setup_(setup), coverage_(coverage), attributes_(setup.attributes) {}

Outcome FifoModel::Run(Timestamp now, const Step& step) {
  TWINQ_CHECK(now >= now_);
  Outcome outcome;
  for (Timestamp due = NextDeadline(); due <= now; due = NextDeadline()) {
    now_ = due;
    Settle(nullptr, outcome);
  }
  now_ = now;

  std::visit([&](const auto& given) { Do(given, outcome); }, step);
  Settle(&step, outcome);

  outcome.counts = {.available = CountIn(State::kAvailable),
                    .in_flight = CountIn(State::kInFlight),
                    .delayed = CountIn(State::kDelayed)};
  outcome.next_deadline = NextDeadline();
  return outcome;
}

FifoModel::State FifoModel::StateOf(const Message& message) const {
  if (!message.delay_over_at) return State::kDelayed;
  if (now_ < message.visible_at) return State::kInFlight;
  return State::kAvailable;
}

bool FifoModel::IsAlive(const Handle& handle, const Message& message) const {
  TWINQ_CHECK(handle.delivery >= 1 && handle.delivery <= message.deliveries.size());
  return handle.delivery == message.deliveries.size() && now_ < message.visible_at;
}

// The delay that is set now holds for every message that is still delayed (F8).
Timestamp FifoModel::DelayEndsAt(const Message& message) const {
  return message.sent_at + attributes_.delay;
}

// The retention that is set now holds for every message that is still there.
Timestamp FifoModel::ExpiresAt(const Message& message) const {
  return message.sent_at + attributes_.retention;
}

size_t FifoModel::CountIn(State state) const {
  return static_cast<size_t>(
      std::count_if(messages_.begin(), messages_.end(),
                    [&](const Message& message) { return StateOf(message) == state; }));
}

size_t FifoModel::Room() const {
  const size_t in_flight = CountIn(State::kInFlight);
  return setup_.in_flight_max > in_flight ? setup_.in_flight_max - in_flight : 0;
}

Timestamp FifoModel::NextDeadline() const {
  Timestamp next = Timestamp::Infinite();
  const auto consider = [&](Timestamp instant) {
    if (instant > now_ && instant < next) next = instant;
  };
  for (const Message& message : messages_) {
    if (!message.delay_over_at) consider(DelayEndsAt(message));
    consider(message.visible_at);
    consider(ExpiresAt(message));
  }
  for (const Window& window : windows_) consider(window.ends_at);
  for (const Waiter& waiter : waiters_) consider(waiter.ends_at);
  return next;
}

FifoModel::Message* FifoModel::Find(const std::string& name) {
  const auto found = std::find_if(messages_.begin(), messages_.end(),
                                  [&](const Message& message) { return message.name == name; });
  return found == messages_.end() ? nullptr : &*found;
}

void FifoModel::Do(const Send& send, Outcome& outcome) {
  const bool all_have_ids =
      attributes_.content_based_dedup ||
      std::all_of(send.entries.begin(), send.entries.end(),
                  [](const Sending& entry) { return entry.dedup_id.has_value(); });
  if (!all_have_ids) {
    Note(Rule::kErrorMissingDedupId);
    if (setup_.attributes.content_based_dedup) Note(Rule::kDedupSwitchedOff);
    outcome.refused = ApiErrorCode::kMissingDedupId;
    return;
  }
  for (const Sending& entry : send.entries) outcome.results.push_back(SendOne(entry, send));
}

EntryResult FifoModel::SendOne(const Sending& entry, const Send& send) {
  if (entry.bytes > attributes_.message_bytes_max) {
    NoteFailed(entry);
    Note(entry.malformed ? Rule::kErrorTooLongBeforeMalformed : Rule::kErrorMessageTooLong);
    return {.error = ApiErrorCode::kMessageTooLong};
  }
  if (entry.malformed) {
    NoteFailed(entry);
    Note(Rule::kErrorMalformed);
    return {.error = entry.malformed};
  }
  std::string id = DedupIdOf(entry);
  if (Window* window = FindWindow(entry.group, id)) {
    NoteDuplicate(entry, send, *window);
    window->last_sent_at = now_;
    return {.error = std::nullopt, .stored = window->message};
  }
  NoteStored(entry, id);
  windows_.push_back({.group = entry.group,
                      .id = std::move(id),
                      .message = entry.name,
                      .ends_at = now_ + kDedupWindow,
                      .by_content = !entry.dedup_id,
                      .last_sent_at = now_});
  const bool delayed = attributes_.delay > absl::ZeroDuration();
  messages_.push_back({.name = entry.name,
                       .group = entry.group,
                       .sent_at = now_,
                       .rank_unreceived = now_ + attributes_.delay,
                       .delay_over_at = delayed ? std::nullopt : std::optional(now_)});
  return {.error = std::nullopt, .stored = entry.name};
}

std::string FifoModel::DedupIdOf(const Sending& entry) {
  return entry.dedup_id ? *entry.dedup_id : ContentId(entry.content);
}

// The scope is that of the queue's creation, whatever the attribute says now.
bool FifoModel::SameKey(const Window& window, const std::string& group,
                        const std::string& id) const {
  if (window.id != id) return false;
  return setup_.attributes.dedup_scope == DedupScope::kQueue || window.group == group;
}

FifoModel::Window* FifoModel::FindWindow(const std::string& group, const std::string& id) {
  const auto found = std::find_if(windows_.begin(), windows_.end(),
                                  [&](const Window& window) { return SameKey(window, group, id); });
  return found == windows_.end() ? nullptr : &*found;
}

void FifoModel::Do(const Receive& receive, Outcome& outcome) {
  const absl::Duration visibility = receive.visibility.value_or(attributes_.visibility_timeout);
  const absl::Duration wait = receive.wait.value_or(attributes_.receive_wait);
  const bool short_poll = wait == absl::ZeroDuration();
  NoteReceive(receive, wait);

  outcome.messages = Deliver(Choose(receive.messages_max), visibility);
  if (!outcome.messages.empty()) {
    if (!short_poll) Note(Rule::kWaitAnsweredAtOnce);
    return;
  }
  if (short_poll) {
    Note(Rule::kReceiveEmpty);
    return;
  }
  outcome.waits = true;
  waiters_.push_back({.name = receive.waiter,
                      .messages_max = receive.messages_max,
                      .visibility = visibility,
                      .ends_at = now_ + wait});
}

std::vector<FifoModel::Message*> FifoModel::Choose(int messages_max) {
  const size_t wanted = static_cast<size_t>(messages_max);
  const size_t room = Room();

  std::vector<Message*> chosen;
  if (room == 0) return chosen;
  for (const Message* head : ReadyHeads()) {
    for (Message* message : Prefix(head->group)) {
      if (chosen.size() == wanted) return chosen;
      if (chosen.size() == room) {
        Note(Rule::kLimitCutsReceive);
        return chosen;
      }
      chosen.push_back(message);
    }
  }
  return chosen;
}

std::vector<const FifoModel::Message*> FifoModel::Heads() const {
  std::vector<const Message*> heads;
  for (const Message& message : messages_) {
    const bool follows = std::any_of(heads.begin(), heads.end(), [&](const Message* head) {
      return head->group == message.group;
    });
    if (!follows) heads.push_back(&message);
  }
  return heads;
}

std::vector<const FifoModel::Message*> FifoModel::ReadyHeads() const {
  std::vector<const Message*> heads = Heads();
  std::erase_if(heads, [&](const Message* head) { return StateOf(*head) != State::kAvailable; });
  std::stable_sort(heads.begin(), heads.end(), [](const Message* left, const Message* right) {
    return RankOf(*left) < RankOf(*right);
  });
  return heads;
}

// A head that was never received became available at the end of the delay that was set when it was
// sent, another one with the last end of its visibility.
FifoModel::Rank FifoModel::RankOf(const Message& message) {
  if (message.deliveries.empty()) {
    return {.available_since = message.rank_unreceived, .head = Rank::Head::kNeverReceived};
  }
  return {.available_since = message.visible_at, .head = Rank::Head::kReceived};
}

std::vector<FifoModel::Message*> FifoModel::Prefix(const std::string& group) {
  std::vector<Message*> prefix;
  for (Message& message : messages_) {
    if (message.group != group) continue;
    if (StateOf(message) != State::kAvailable) break;
    prefix.push_back(&message);
  }
  return prefix;
}

std::vector<Delivered> FifoModel::Deliver(const std::vector<Message*>& chosen,
                                          absl::Duration visibility) {
  NoteGroups(chosen);
  std::vector<Delivered> delivered;
  for (Message* message : chosen) {
    NoteDelivery(*message, visibility);
    message->deliveries.push_back({.received_at = now_, .visibility = visibility});
    message->visible_at = now_ + visibility;
    delivered.push_back({.message = message->name,
                         .receive_count = static_cast<uint32_t>(message->deliveries.size()),
                         .group = message->group,
                         .sent_at = message->sent_at,
                         .first_received_ms = message->deliveries.front().received_at.millis()});
  }
  return delivered;
}

void FifoModel::Do(const Delete& request, Outcome& outcome) {
  for (const Handle& handle : request.handles) outcome.results.push_back(DeleteOne(handle));
}

EntryResult FifoModel::DeleteOne(const Handle& handle) {
  if (handle.origin == Handle::Origin::kOtherQueue) {
    Note(Rule::kErrorDeleteOfOtherQueue);
    return {.error = ApiErrorCode::kReceiptHandleOfOtherQueue};
  }
  const Message* message = Find(handle.message);
  if (message == nullptr) {
    Note(Rule::kDeleteGone);
    return {};
  }
  if (!IsAlive(handle, *message)) {
    const bool received_again = handle.delivery < message->deliveries.size();
    Note(received_again ? Rule::kF7DeadByReceive : Rule::kF7DeadByEnd);
    return {.error = ApiErrorCode::kReceiptHandleExpired};
  }
  NoteDelete(*message);
  messages_.erase(messages_.begin() + (message - messages_.data()));
  return {};
}

void FifoModel::Do(const ChangeVisibility& request, Outcome& outcome) {
  for (const ChangeVisibility::Entry& entry : request.entries) {
    outcome.results.push_back(ChangeOne(entry));
  }
}

EntryResult FifoModel::ChangeOne(const ChangeVisibility::Entry& entry) {
  if (entry.handle.origin == Handle::Origin::kOtherQueue) {
    Note(Rule::kErrorChangeOfOtherQueue);
    return {.error = ApiErrorCode::kReceiptHandleOfOtherQueue};
  }
  Message* message = Find(entry.handle.message);
  if (message == nullptr || !IsAlive(entry.handle, *message)) {
    Note(message == nullptr ? Rule::kErrorChangeGone : Rule::kF7ChangeDead);
    return {.error = ApiErrorCode::kMessageNotAvailable};
  }
  const absl::Duration in_flight_for = now_ - message->deliveries.back().received_at;
  if (in_flight_for + entry.visibility >= kVisibilityTimeoutMax) {
    Note(Rule::kErrorVisibilityTotal);
    return {.error = ApiErrorCode::kVisibilityTotalTooLong};
  }
  const Timestamp visible_at = now_ + entry.visibility;
  if (visible_at == now_) {
    Note(Rule::kT7ChangedToZero);
  } else if (visible_at != message->visible_at) {
    Note(visible_at > message->visible_at ? Rule::kT6Extended : Rule::kT6Shortened);
  }
  message->visible_at = visible_at;
  return {};
}

void FifoModel::Do(const Release& release, Outcome&) {
  for (const Handle& handle : release.handles) {
    Message* message = Find(handle.message);
    if (message == nullptr || !IsAlive(handle, *message)) {
      Note(Rule::kReleaseWithoutEffect);
      continue;
    }
    Note(Rule::kT7Released);
    message->visible_at = now_;
  }
}

void FifoModel::Do(const CancelWaiter& cancel, Outcome& outcome) {
  const auto found = std::find_if(waiters_.begin(), waiters_.end(), [&](const Waiter& waiter) {
    return waiter.name == cancel.waiter;
  });
  if (found == waiters_.end()) {
    Note(Rule::kWaitCancelledLate);
    return;
  }
  Note(Rule::kWaitCancelled);
  outcome.answers.push_back({.waiter = found->name, .messages = {}});
  waiters_.erase(found);
}

void FifoModel::Do(const Purge&, Outcome& outcome) {
  if (purged_at_ && now_ < *purged_at_ + kPurgeInterval) {
    Note(Rule::kErrorPurgeInProgress);
    outcome.refused = ApiErrorCode::kPurgeInProgress;
    return;
  }
  NotePurge();
  messages_.clear();
  windows_.clear();
  purged_at_ = now_;
}

// A new visibility or wait is for later receives, content-based deduplication for later sends; a
// new retention for all messages and a new delay for those that are delayed.
void FifoModel::Do(const SetAttributes& set, Outcome&) {
  NoteSet(set.attributes);
  attributes_ = set.attributes.Over(attributes_);
}

void FifoModel::Do(const Look&, Outcome&) {}

void FifoModel::Settle(const Step* cause, Outcome& outcome) {
  Expire(cause);
  EndDelays(cause);
  EndWindows();
  if (cause == nullptr) NoteVisibilitiesOver();
  ServeWaiters(cause, outcome);
  EndWaits(outcome);
  unlocked_groups_.clear();
}

void FifoModel::Expire(const Step* cause) {
  for (auto message = messages_.begin(); message != messages_.end();) {
    if (now_ < ExpiresAt(*message)) {
      ++message;
      continue;
    }
    NoteExpiry(*message, cause);
    message = messages_.erase(message);
  }
}

void FifoModel::EndDelays(const Step* cause) {
  for (Message& message : messages_) {
    if (message.delay_over_at || now_ < DelayEndsAt(message)) continue;
    Note(cause == nullptr ? Rule::kT3DelayOver : Rule::kF8ShorterEnds);
    message.delay_over_at = now_;
  }
}

void FifoModel::EndWindows() {
  for (auto window = windows_.begin(); window != windows_.end();) {
    if (now_ < window->ends_at) {
      ++window;
      continue;
    }
    NoteForgotten(*window, ForgottenId::Reason::kWindowEnded);
    window = windows_.erase(window);
  }
}

void FifoModel::ServeWaiters(const Step* cause, Outcome& outcome) {
  if (waiters_.empty()) return;
  const Rule woken_by = WokenBy(cause);
  size_t served = 0;
  for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
    std::vector<Delivered> messages = Deliver(Choose(waiter->messages_max), waiter->visibility);
    if (messages.empty()) {
      ++waiter;
      continue;
    }
    ++served;
    if (served == 1) Note(woken_by);
    if (served == 1 && std::next(waiter) != waiters_.end()) Note(Rule::kWaitEarliestFirst);
    if (served == 2) Note(Rule::kWaitSeveralServed);
    outcome.answers.push_back({.waiter = waiter->name, .messages = std::move(messages)});
    waiter = waiters_.erase(waiter);
  }
}

void FifoModel::EndWaits(Outcome& outcome) {
  std::erase_if(waiters_, [&](const Waiter& waiter) {
    if (now_ < waiter.ends_at) return false;
    Note(Rule::kWaitEndedEmpty);
    outcome.answers.push_back({.waiter = waiter.name, .messages = {}});
    return true;
  });
}

}  // namespace twinq::model
