#include "bench/micro/engine_queue.h"

#include <utility>
#include <variant>

#include "core/base/check.h"
#include "core/model/limits.h"

namespace twinq::bench {

void EngineQueue::Send(Timestamp now, NewMessage message, absl::string_view body) {
  SendMessages send{.queue = queue_, .entries = {}};
  SendMessages::Entry& entry = send.entries.emplace_back();
  entry.message = std::move(message);
  entry.message.body_bytes = static_cast<uint32_t>(body.size());
  entry.message.body = engine_.Keep(body);
  const Reply reply = engine_.Ask(now, std::move(send));
  const auto* sent = std::get_if<SentMessage>(&std::get<MessagesSent>(reply).results.front());
  TWINQ_CHECK(sent != nullptr && sent->outcome == SentMessage::Outcome::kStored);
}

EngineQueue::Received EngineQueue::Receive(Timestamp now,
                                           std::optional<absl::Duration> visibility) {
  ReceiveMessages receive;
  receive.queue = queue_;
  receive.visibility = visibility;
  receive.wait = absl::ZeroDuration();
  const Reply reply = engine_.Ask(now, receive);
  const auto& entries = std::get<MessagesReceived>(reply).entries;
  TWINQ_CHECK(entries.size() == 1);
  const Delivery& delivery = entries.front().delivery;
  return {delivery.receipt, engine_.Pin(delivery.body)};
}

EngineQueue::Receipts EngineQueue::ReceiveBatch(Timestamp now) {
  ReceiveMessages receive;
  receive.queue = queue_;
  receive.messages_max = kReceiveMessagesMax;
  receive.wait = absl::ZeroDuration();
  const Reply reply = engine_.Ask(now, receive);
  const auto& entries = std::get<MessagesReceived>(reply).entries;
  TWINQ_CHECK(!entries.empty());
  Receipts receipts;
  receipts.reserve(entries.size());
  for (const auto& entry : entries) receipts.push_back(entry.delivery.receipt);
  return receipts;
}

void EngineQueue::Delete(Timestamp now, const Receipt& receipt) { Delete(now, Receipts{receipt}); }

void EngineQueue::Delete(Timestamp now, Receipts receipts) {
  const Reply reply =
      engine_.Ask(now, DeleteMessages{.queue = queue_, .receipts = std::move(receipts)});
  for (const auto& refused : std::get<EntryResults>(reply).results) {
    TWINQ_CHECK(!refused.has_value());
  }
}

void EngineQueue::ChangeVisibility(Timestamp now, const Receipt& receipt,
                                   absl::Duration visibility) {
  const Reply reply = engine_.Ask(
      now, twinq::ChangeVisibility{.queue = queue_, .entries = {{receipt, visibility}}});
  TWINQ_CHECK(!std::get<EntryResults>(reply).results.front().has_value());
}

}  // namespace twinq::bench
