// What a log must hold of a broker, item by item.

#include <optional>
#include <variant>

#include "broker/broker.h"
#include "core/base/check.h"

namespace twinq {

bool Broker::IsLive(const LogItem& item, Timestamp now) {
  return std::visit([&](const auto& alternative) { return IsThere(alternative, now); }, item);
}

Record Broker::CopyOf(const LogItem& item, Timestamp now) {
  return std::visit([&](const auto& alternative) { return Copy(alternative, now); }, item);
}

bool Broker::IsThere(const QueueItem& item, Timestamp) {
  return catalogue_.Find(item.queue) != nullptr;
}

bool Broker::IsThere(const MessageItem& item, Timestamp) {
  const QueueState* state = catalogue_.Find(item.queue);
  return state != nullptr && state->queue->Holds(item.slot, item.sequence);
}

bool Broker::IsThere(const DedupItem& item, Timestamp now) {
  const QueueState* state = catalogue_.Find(item.queue);
  return state != nullptr && state->queue->CopyOfDedup(item.sequence, now).has_value();
}

bool Broker::IsThere(const DeletedNameItem& item, Timestamp now) {
  return deleted_names_.Find(item, now) != nullptr;
}

Record Broker::Copy(const ShardItem&, Timestamp) {
  ShardPut copy = shard_;
  copy.newest_record_at = newest_record_at_;
  return copy;
}

Record Broker::Copy(const QueueItem& item, Timestamp) {
  const QueueState& state = StateOf(item.queue);
  return PutOf(state, state.settings, state.modified_at);
}

Record Broker::Copy(const MessageItem& item, Timestamp) {
  return StateOf(item.queue).queue->CopyOf(item.slot);
}

Record Broker::Copy(const DedupItem& item, Timestamp now) {
  const std::optional<DedupPut> copy = StateOf(item.queue).queue->CopyOfDedup(item.sequence, now);
  TWINQ_CHECK(copy.has_value());
  return *copy;
}

Record Broker::Copy(const DeletedNameItem& item, Timestamp now) {
  const std::string* name = deleted_names_.Find(item, now);
  TWINQ_CHECK(name != nullptr);
  return DeletedNamePut{
      .queue = item.queue, .name = *QueueName::Parse(*name), .deleted_at = item.deleted_at};
}

}  // namespace twinq
