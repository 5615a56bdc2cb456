#include "tests/core/queue/obvious_queue.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace twinq {

SentMessage ObviousQueue::Send(Timestamp now, const NewMessage& message, SequenceNumber sequence) {
  const SentMessage stored{.id = message.id, .sequence = sequence};
  if (kind_ == QueueKind::kFifo) {
    for (const Accepted& accepted : accepted_) {
      if (accepted.key == *message.dedup && now - accepted.at < absl::Minutes(5)) {
        SentMessage duplicate = accepted.answer;
        duplicate.outcome = SentMessage::Outcome::kDuplicate;
        return duplicate;
      }
    }
    accepted_.push_back({.key = *message.dedup, .at = now, .answer = stored});
  }
  messages_.push_back({.sent = message, .sequence = sequence, .sent_at = now});
  return stored;
}

bool ObviousQueue::InFlight(const Message& message, Timestamp now) {
  return message.receive_count > 0 && now < message.visible_at;
}

std::vector<size_t> ObviousQueue::Deliverable(Timestamp now, size_t messages_max) const {
  if (kind_ == QueueKind::kFifo) return DeliverableOfGroups(now, messages_max);
  std::vector<size_t> deliverable;
  for (size_t i = 0; i < messages_.size() && deliverable.size() < messages_max; ++i) {
    if (!InFlight(messages_[i], now)) deliverable.push_back(i);
  }
  return deliverable;
}

std::vector<size_t> ObviousQueue::DeliverableOfGroups(Timestamp now, size_t messages_max) const {
  std::map<GroupId, std::vector<size_t>> groups;
  for (size_t i = 0; i < messages_.size(); ++i) groups[messages_[i].sent.group].push_back(i);
  // When its head became available; at the same instant, what was never received before what was.
  std::vector<std::tuple<Timestamp, bool, SequenceNumber, GroupId>> order;
  for (const auto& [id, members] : groups) {
    const Message& head = messages_[members.front()];
    if (InFlight(head, now)) continue;
    const bool was_received = head.receive_count > 0;
    order.emplace_back(was_received ? head.visible_at : head.sent_at, was_received, head.sequence,
                       id);
  }
  std::sort(order.begin(), order.end());
  std::vector<size_t> deliverable;
  for (const auto& entry : order) {
    for (const size_t i : groups[std::get<GroupId>(entry)]) {
      if (InFlight(messages_[i], now) || deliverable.size() == messages_max) break;
      deliverable.push_back(i);
    }
  }
  return deliverable;
}

std::vector<Delivery> ObviousQueue::Receive(Timestamp now, int messages_max,
                                            absl::Duration visibility) {
  std::vector<Delivery> deliveries;
  for (const size_t i : Deliverable(now, static_cast<size_t>(messages_max))) {
    Message& message = messages_[i];
    if (message.receive_count == 0) message.first_received_at = now;
    ++message.receive_count;
    message.visible_at = now + visibility;
    deliveries.push_back({.receipt = {.queue = id_,
                                      .slot = 0,
                                      .sequence = message.sequence,
                                      .delivery = message.receive_count,
                                      .received_at = now},
                          .id = message.sent.id,
                          .body = message.sent.body,
                          .body_bytes = message.sent.body_bytes,
                          .group = message.sent.group,
                          .sent_at = message.sent_at,
                          .first_received_at = message.first_received_at});
  }
  return deliveries;
}

ObviousQueue::Message* ObviousQueue::Find(const Receipt& receipt) {
  const auto found = std::find_if(messages_.begin(), messages_.end(), [&](const Message& message) {
    return message.sequence == receipt.sequence;
  });
  return found == messages_.end() ? nullptr : &*found;
}

bool ObviousQueue::IsAlive(const Message& message, const Receipt& receipt, Timestamp now) const {
  return InFlight(message, now) && message.receive_count == receipt.delivery;
}

std::optional<ApiErrorCode> ObviousQueue::Delete(Timestamp now, const Receipt& receipt) {
  const Message* message = Find(receipt);
  if (message == nullptr) return std::nullopt;
  if (kind_ == QueueKind::kFifo && !IsAlive(*message, receipt, now)) {
    return ApiErrorCode::kReceiptHandleExpired;
  }
  messages_.erase(messages_.begin() + (message - messages_.data()));
  return std::nullopt;
}

std::optional<ApiErrorCode> ObviousQueue::ChangeVisibility(Timestamp now, const Receipt& receipt,
                                                           absl::Duration visibility) {
  Message* message = Find(receipt);
  if (message == nullptr) return ApiErrorCode::kMessageNotAvailable;
  if (kind_ == QueueKind::kFifo && !IsAlive(*message, receipt, now)) {
    return ApiErrorCode::kMessageNotAvailable;
  }
  if (now + visibility >= receipt.received_at + absl::Hours(12)) {
    return ApiErrorCode::kVisibilityTotalTooLong;
  }
  if (InFlight(*message, now)) message->visible_at = now + visibility;
  return std::nullopt;
}

void ObviousQueue::Release(Timestamp now, const Receipt& receipt) {
  Message* message = Find(receipt);
  if (message != nullptr && IsAlive(*message, receipt, now)) message->visible_at = now;
}

QueueCounts ObviousQueue::CountsAt(Timestamp now) const {
  QueueCounts counts;
  for (const Message& message : messages_) {
    ++(InFlight(message, now) ? counts.in_flight : counts.available);
  }
  return counts;
}

bool ObviousQueue::HasDeliverable(Timestamp now) const { return !Deliverable(now, 1).empty(); }

Timestamp ObviousQueue::NextDeadline(Timestamp now) const {
  Timestamp next = Timestamp::Infinite();
  for (const Message& message : messages_) {
    if (InFlight(message, now)) next = std::min(next, message.visible_at);
  }
  for (const Accepted& accepted : accepted_) {
    const Timestamp end = accepted.at + absl::Minutes(5);
    if (now < end) next = std::min(next, end);
  }
  return next;
}

}  // namespace twinq
