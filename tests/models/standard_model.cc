#include "tests/models/standard_model.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "core/base/check.h"

namespace twinq::model {
namespace {

// Whether that much visibility, counted from the receive, is beyond the 12 hours.
bool TotalTooLong(Timestamp received_at, Timestamp now, absl::Duration visibility) {
  return (now - received_at) + visibility >= kVisibilityTimeoutMax;
}

}  // namespace

StandardModel::StandardModel(const QueueSetup& setup, Coverage* coverage)
    : setup_(setup), coverage_(coverage), attributes_(setup.attributes) {}

Outcome StandardModel::Run(Timestamp now, const Step& step) {
  TWINQ_CHECK(now >= now_);
  Outcome outcome;
  for (Timestamp due = NextDeadline(); due <= now; due = NextDeadline()) {
    now_ = due;
    NoteTimePassed();
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

StandardModel::State StandardModel::StateOf(const Message& message) const {
  if (now_ < message.delay_ends_at) return State::kDelayed;
  if (now_ < message.visible_at) return State::kInFlight;
  return State::kAvailable;
}

// The retention that is set now holds for every message that is still there.
Timestamp StandardModel::ExpiresAt(const Message& message) const {
  return message.sent_at + attributes_.retention;
}

size_t StandardModel::CountIn(State state) const {
  return static_cast<size_t>(
      std::count_if(messages_.begin(), messages_.end(),
                    [&](const Message& message) { return StateOf(message) == state; }));
}

Timestamp StandardModel::NextDeadline() const {
  Timestamp next = Timestamp::Infinite();
  const auto consider = [&](Timestamp instant) {
    if (instant > now_ && instant < next) next = instant;
  };
  for (const Message& message : messages_) {
    consider(message.delay_ends_at);
    consider(message.visible_at);
    consider(ExpiresAt(message));
  }
  for (const Waiter& waiter : waiters_) consider(waiter.ends_at);
  return next;
}

StandardModel::Message* StandardModel::Find(const std::string& name) {
  const auto found = std::find_if(messages_.begin(), messages_.end(),
                                  [&](const Message& message) { return message.name == name; });
  return found == messages_.end() ? nullptr : &*found;
}

void StandardModel::Do(const Send& send, Outcome& outcome) {
  for (const Sending& entry : send.entries) outcome.results.push_back(SendOne(entry));
}

EntryResult StandardModel::SendOne(const Sending& entry) {
  if (entry.bytes > attributes_.message_bytes_max) {
    Note(entry.malformed ? Rule::kErrorTooLongBeforeMalformed : Rule::kErrorMessageTooLong);
    return {.error = ApiErrorCode::kMessageTooLong};
  }
  if (entry.malformed) {
    Note(Rule::kErrorMalformed);
    return {.error = entry.malformed};
  }
  const absl::Duration delay = entry.delay.value_or(attributes_.delay);
  NoteStored(entry, delay);
  messages_.push_back({.name = entry.name, .sent_at = now_, .delay_ends_at = now_ + delay});
  return {.error = std::nullopt, .stored = entry.name};
}

void StandardModel::Do(const Receive& receive, Outcome& outcome) {
  const absl::Duration visibility = receive.visibility.value_or(attributes_.visibility_timeout);
  const absl::Duration wait = receive.wait.value_or(attributes_.receive_wait);
  const bool short_poll = wait == absl::ZeroDuration();
  NoteReceive(receive, wait);

  if (short_poll && AtLimit()) {
    outcome.refused = ApiErrorCode::kTooManyInFlight;
    return;
  }
  outcome.messages = Take(receive.messages_max, visibility);
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

std::vector<Delivered> StandardModel::Take(int messages_max, absl::Duration visibility) {
  const size_t in_flight = CountIn(State::kInFlight);
  const size_t room = setup_.in_flight_max > in_flight ? setup_.in_flight_max - in_flight : 0;
  const size_t wanted = static_cast<size_t>(messages_max);

  std::vector<Delivered> taken;
  for (Message& message : messages_) {
    if (StateOf(message) != State::kAvailable) continue;
    if (taken.size() == wanted) break;
    if (taken.size() == room) {
      if (room > 0) Note(Rule::kLimitCutsReceive);
      break;
    }
    taken.push_back(Deliver(message, visibility));
  }
  return taken;
}

Delivered StandardModel::Deliver(Message& message, absl::Duration visibility) {
  NoteDelivery(message, visibility);
  message.received_at.push_back(now_);
  message.visible_at = now_ + visibility;
  return {.message = message.name,
          .receive_count = static_cast<uint32_t>(message.received_at.size()),
          .group = "",
          .sent_at = message.sent_at,
          .first_received_ms = message.received_at.front().millis()};
}

void StandardModel::Do(const Delete& request, Outcome& outcome) {
  for (const Handle& handle : request.handles) outcome.results.push_back(DeleteOne(handle));
}

// Any handle that was ever issued deletes its message (2.11).
EntryResult StandardModel::DeleteOne(const Handle& handle) {
  if (handle.origin == Handle::Origin::kOtherQueue) {
    Note(Rule::kErrorDeleteOfOtherQueue);
    return {.error = ApiErrorCode::kReceiptHandleOfOtherQueue};
  }
  const Message* message = Find(handle.message);
  if (message == nullptr) {
    Note(Rule::kDeleteGone);
    return {};
  }
  TWINQ_CHECK(handle.delivery >= 1 && handle.delivery <= message->received_at.size());
  NoteDelete(*message, handle);
  messages_.erase(messages_.begin() + (message - messages_.data()));
  return {};
}

void StandardModel::Do(const ChangeVisibility& request, Outcome& outcome) {
  for (const ChangeVisibility::Entry& entry : request.entries) {
    outcome.results.push_back(ChangeOne(entry));
  }
}

// Any handle that was ever issued changes the visibility of the delivery that runs (2.13).
EntryResult StandardModel::ChangeOne(const ChangeVisibility::Entry& entry) {
  const Handle& handle = entry.handle;
  if (handle.origin == Handle::Origin::kOtherQueue) {
    Note(Rule::kErrorChangeOfOtherQueue);
    return {.error = ApiErrorCode::kReceiptHandleOfOtherQueue};
  }
  Message* message = Find(handle.message);
  if (message == nullptr) {
    Note(Rule::kErrorChangeGone);
    return {.error = ApiErrorCode::kMessageNotAvailable};
  }
  TWINQ_CHECK(handle.delivery >= 1 && handle.delivery <= message->received_at.size());
  const bool too_long =
      TotalTooLong(message->received_at[handle.delivery - 1], now_, entry.visibility);
  if (too_long != TotalTooLong(message->received_at.back(), now_, entry.visibility)) {
    Note(Rule::kStandardOldHandleBudget);
  }
  if (too_long) {
    Note(Rule::kErrorVisibilityTotal);
    return {.error = ApiErrorCode::kVisibilityTotalTooLong};
  }
  if (StateOf(*message) != State::kInFlight) {
    Note(Rule::kStandardChangeWithoutEffect);
    return {};
  }
  const Timestamp visible_at = now_ + entry.visibility;
  if (handle.delivery < message->received_at.size()) Note(Rule::kStandardOldHandleChanges);
  if (visible_at == now_) {
    Note(Rule::kT7ChangedToZero);
  } else if (visible_at != message->visible_at) {
    Note(visible_at > message->visible_at ? Rule::kT6Extended : Rule::kT6Shortened);
  }
  message->visible_at = visible_at;
  return {};
}

void StandardModel::Do(const Release& release, Outcome&) {
  for (const Handle& handle : release.handles) {
    Message* message = Find(handle.message);
    if (message == nullptr || handle.delivery != message->received_at.size() ||
        StateOf(*message) != State::kInFlight) {
      Note(Rule::kReleaseWithoutEffect);
      continue;
    }
    Note(Rule::kT7Released);
    message->visible_at = now_;
  }
}

void StandardModel::Do(const CancelWaiter& cancel, Outcome& outcome) {
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

void StandardModel::Do(const Purge&, Outcome& outcome) {
  if (purged_at_ && now_ < *purged_at_ + kPurgeInterval) {
    Note(Rule::kErrorPurgeInProgress);
    outcome.refused = ApiErrorCode::kPurgeInProgress;
    return;
  }
  NotePurge();
  messages_.clear();
  purged_at_ = now_;
}

// A new delay, visibility or wait is for later sends and receives; a new retention for all.
void StandardModel::Do(const SetAttributes& set, Outcome&) {
  NoteSet(set.attributes);
  attributes_ = set.attributes.Over(attributes_);
}

void StandardModel::Do(const Look&, Outcome&) {}

void StandardModel::Settle(const Step* cause, Outcome& outcome) {
  Expire(cause);
  ServeWaiters(cause, outcome);
  EndWaits(outcome);
}

void StandardModel::Expire(const Step* cause) {
  std::erase_if(messages_, [&](const Message& message) {
    if (now_ < ExpiresAt(message)) return false;
    NoteExpiry(message, cause);
    return true;
  });
}

void StandardModel::ServeWaiters(const Step* cause, Outcome& outcome) {
  if (waiters_.empty()) return;
  const Rule woken_by = WokenBy(cause);
  size_t served = 0;
  for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
    std::vector<Delivered> messages = Take(waiter->messages_max, waiter->visibility);
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

void StandardModel::EndWaits(Outcome& outcome) {
  std::erase_if(waiters_, [&](const Waiter& waiter) {
    if (now_ < waiter.ends_at) return false;
    Note(Rule::kWaitEndedEmpty);
    outcome.answers.push_back({.waiter = waiter.name, .messages = {}});
    return true;
  });
}

}  // namespace twinq::model
