#include "bench/micro/engine_queue.h"

#include <optional>
#include <utility>
#include <variant>

#include "core/base/check.h"

namespace twinq::bench {

EngineQueue::EngineQueue(const QueueName& name) {
  broker_.Start(ReceiptKey{}, outcome_);
  const Reply reply = Handle(Timestamp(), CreateQueue{.name = name, .attributes = {}});
  queue_ = std::get<QueueCreated>(reply).queue;
}

void EngineQueue::Send(Timestamp now, MessageId id, absl::string_view body) {
  SendMessages send{.queue = queue_, .entries = {}};
  SendMessages::Entry& entry = send.entries.emplace_back();
  entry.message.id = id;
  entry.message.body_bytes = static_cast<uint32_t>(body.size());
  entry.message.body = bodies_.Put(Payload::Create(body));
  const Reply reply = Handle(now, std::move(send));
  TWINQ_CHECK(std::holds_alternative<SentMessage>(std::get<MessagesSent>(reply).results.front()));
}

EngineQueue::Received EngineQueue::Receive(Timestamp now) {
  ReceiveMessages receive;
  receive.queue = queue_;
  receive.wait = absl::ZeroDuration();
  const Reply reply = Handle(now, receive);
  const Delivery& delivery = std::get<MessagesReceived>(reply).entries.front().delivery;
  return {delivery.receipt, bodies_.Pin(delivery.body)};
}

void EngineQueue::Delete(Timestamp now, const Receipt& receipt) {
  DeleteMessages remove{.queue = queue_, .receipts = {receipt}};
  const Reply reply = Handle(now, std::move(remove));
  TWINQ_CHECK(!std::get<EntryResults>(reply).results.front().has_value());
}

Reply EngineQueue::Handle(Timestamp now, Command command) {
  std::optional<Reply> reply = broker_.Handle(now, std::move(command), outcome_);
  TWINQ_CHECK(reply.has_value());
  for (const BodyRef body : outcome_.freed) bodies_.Release(body);
  outcome_.Clear();
  return *std::move(reply);
}

}  // namespace twinq::bench
