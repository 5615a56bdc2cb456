#include "client/lib/in_hand.h"

#include <algorithm>

#include "core/base/check.h"

namespace twinq::client {
namespace {

constexpr size_t kBatchMax = 10;

}  // namespace

void InHand::Received(std::vector<ReceivedMessage> messages, absl::Time now) {
  for (ReceivedMessage& message : messages) {
    const auto known = by_message_id_.find(message.message_id);
    if (known != by_message_id_.end()) {
      // Its visibility was over, and it came to us again: it goes on where it was.
      Held& held = held_.at(known->second);
      held.receipt_handle = std::move(message.receipt_handle);
      held.hidden_until = now + visibility_timeout_;
      Schedule(known->second, held, now + visibility_timeout_ / 2);
      continue;
    }
    const bool was_handled = handled_ids_.erase(message.message_id) > 0;
    Hold(std::move(message), was_handled ? State::kHandled : State::kWaiting, now);
  }
}

void InHand::Hold(ReceivedMessage message, State state, absl::Time now) {
  const Number number = next_number_++;
  by_message_id_.emplace(message.message_id, number);
  Held& held = held_[number];
  held.receipt_handle = message.receipt_handle;
  held.message = std::move(message);
  held.state = state;
  held.hidden_until = now + visibility_timeout_;
  Schedule(number, held, now + visibility_timeout_ / 2);
  if (state == State::kHandled) {
    acks_.push_back(number);
    return;
  }
  ++waiting_;
  if (kind_ == QueueKind::kStandard) {
    ready_.insert(number);
    return;
  }
  Group& group = groups_[GroupOf(held)];
  if (group.waiting.empty() && !group.is_running) ready_.insert(number);
  group.waiting.insert(number);
}

InHand::Task InHand::Begin(absl::Time now) {
  while (!ready_.empty()) {
    const Number number = *ready_.begin();
    Held& held = held_.at(number);
    if (held.hidden_until <= now) {
      Lose(number, held);
      continue;
    }
    ready_.erase(number);
    --waiting_;
    ++running_;
    held.state = State::kRunning;
    if (kind_ == QueueKind::kFifo) {
      Group& group = groups_.at(GroupOf(held));
      group.waiting.erase(number);
      group.is_running = true;
    }
    return {.number = number, .message = &held.message};
  }
  return {};
}

void InHand::Handled(Number number) {
  Held& held = held_.at(number);
  EndRunning(held);
  held.state = State::kHandled;
  acks_.push_back(number);
}

void InHand::Failed(Number number, AfterFailure after) {
  const Held& held = held_.at(number);
  if (kind_ == QueueKind::kFifo) GiveBackGroup(held);
  EndRunning(held);
  switch (after) {
    case AfterFailure::kRelease:
      return GiveBack(number);
    case AfterFailure::kWait:
      return Forget(number);
  }
}

void InHand::EndRunning(const Held& held) {
  TWINQ_CHECK(held.state == State::kRunning);
  --running_;
  if (kind_ == QueueKind::kStandard) return;
  const auto group = groups_.find(GroupOf(held));
  group->second.is_running = false;
  SettleGroup(group);
}

void InHand::EndWaiting(Number number, const Held& held) {
  TWINQ_CHECK(held.state == State::kWaiting);
  --waiting_;
  ready_.erase(number);
  if (kind_ == QueueKind::kStandard) return;
  const auto group = groups_.find(GroupOf(held));
  group->second.waiting.erase(number);
  SettleGroup(group);
}

void InHand::SettleGroup(Groups::iterator group) {
  const auto& [waiting, is_running] = group->second;
  if (is_running) return;
  if (waiting.empty()) {
    groups_.erase(group);
  } else {
    ready_.insert(*waiting.begin());
  }
}

void InHand::GiveBackWaiting() {
  std::vector<Number> waiting;
  for (const auto& [number, held] : held_) {
    if (held.state == State::kWaiting) waiting.push_back(number);
  }
  GiveBackLastFirst(waiting);
}

void InHand::GiveBackGroup(const Held& held) {
  const auto group = groups_.find(GroupOf(held));
  if (group == groups_.end()) return;
  GiveBackLastFirst({group->second.waiting.begin(), group->second.waiting.end()});
}

void InHand::GiveBackLastFirst(const std::vector<Number>& waiting) {
  for (auto number = waiting.rbegin(); number != waiting.rend(); ++number) {
    EndWaiting(*number, held_.at(*number));
    GiveBack(*number);
  }
}

void InHand::GiveBack(Number number) {
  const Held& held = held_.at(number);
  releases_.push_back({.message_id = held.message.message_id,
                       .receipt_handle = held.receipt_handle,
                       .hidden_until = held.hidden_until});
  Forget(number);
}

void InHand::Forget(Number number) {
  Held& held = held_.at(number);
  Schedule(number, held, absl::InfiniteFuture());
  by_message_id_.erase(held.message.message_id);
  held_.erase(number);
}

void InHand::Lose(Number number, Held& held) {
  Schedule(number, held, absl::InfiniteFuture());
  if (kind_ == QueueKind::kFifo) {
    GiveBackGroup(held);
  } else if (held.state == State::kWaiting) {
    EndWaiting(number, held);
    Forget(number);
  }
}

std::vector<InHand::Ack> InHand::TakeAcks() {
  std::vector<Ack> taken;
  while (!acks_.empty() && taken.size() < kBatchMax) {
    const Number number = acks_.front();
    acks_.pop_front();
    taken.push_back({.number = number, .receipt_handle = held_.at(number).receipt_handle});
  }
  return taken;
}

void InHand::AckDone(const Ack& ack, AckOutcome outcome) {
  const Held& held = held_.at(ack.number);
  if (outcome == AckOutcome::kFailed) {
    if (held.receipt_handle != ack.receipt_handle) {  // It came again meanwhile.
      acks_.push_back(ack.number);
      return;
    }
    RememberHandled(held.message.message_id);
  }
  Forget(ack.number);
}

void InHand::RememberHandled(const std::string& message_id) {
  if (!handled_ids_.insert(message_id).second) return;
  handled_ids_in_order_.push_back(message_id);
  if (handled_ids_in_order_.size() <= kHandledRememberedMax) return;
  handled_ids_.erase(handled_ids_in_order_.front());
  handled_ids_in_order_.pop_front();
}

std::vector<std::string> InHand::TakeReleases(absl::Time now) {
  std::vector<std::string> taken;
  while (!releases_.empty() && taken.size() < kBatchMax) {
    Release& release = releases_.front();
    // An old handle would give back what somebody else has by now, or we have: a standard queue
    // takes it, and one whose server crashed may deliver a message before its visibility is over.
    if (release.hidden_until > now && !by_message_id_.contains(release.message_id)) {
      taken.push_back(std::move(release.receipt_handle));
    }
    releases_.pop_front();
  }
  return taken;
}

absl::Time InHand::NextExtension() const {
  return extensions_.empty() ? absl::InfiniteFuture() : extensions_.begin()->first;
}

std::vector<InHand::Extension> InHand::TakeExtensions(absl::Time now) {
  std::vector<Extension> taken;
  while (taken.size() < kBatchMax && NextExtension() <= now) {
    const Number number = extensions_.begin()->second;
    Held& held = held_.at(number);
    if (held.hidden_until <= now) {
      Lose(number, held);
      continue;
    }
    Schedule(number, held, absl::InfiniteFuture());
    taken.push_back({.number = number, .receipt_handle = held.receipt_handle});
  }
  return taken;
}

void InHand::Extended(const Extension& extension, absl::Time asked_at) {
  Held* held = Find(extension);
  if (held == nullptr) return;
  held->hidden_until = asked_at + visibility_timeout_;
  Schedule(extension.number, *held, asked_at + visibility_timeout_ / 2);
}

void InHand::Refused(const Extension& extension) {
  if (Held* held = Find(extension)) Lose(extension.number, *held);
}

void InHand::Unanswered(const Extension& extension, absl::Time retry_at) {
  Held* held = Find(extension);
  if (held != nullptr) Schedule(extension.number, *held, std::min(retry_at, held->hidden_until));
}

InHand::Held* InHand::Find(const Extension& extension) {
  const auto place = held_.find(extension.number);
  if (place == held_.end()) return nullptr;
  Held& held = place->second;
  return held.receipt_handle == extension.receipt_handle ? &held : nullptr;
}

void InHand::Schedule(Number number, Held& held, absl::Time extend_at) {
  extensions_.erase({held.extend_at, number});
  held.extend_at = extend_at;
  if (extend_at != absl::InfiniteFuture()) extensions_.emplace(extend_at, number);
}

std::string InHand::GroupOf(const Held& held) {
  const auto group = held.message.system_attributes.find("MessageGroupId");
  return group == held.message.system_attributes.end() ? "" : group->second;
}

}  // namespace twinq::client
