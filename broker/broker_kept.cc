// Commands about what a broker only keeps.

#include <string>
#include <utility>
#include <variant>

#include "broker/broker.h"
#include "core/model/limits.h"

namespace twinq {

Reply Broker::DoIn(QueueState& state, Timestamp, const TagQueue& command, Outcome& outcome) {
  QueueTags tags = command.tags;
  tags.merge(KeptOf(state.kept).tags);
  if (tags.size() > kQueueTagsMax) {
    return ApiError{.code = ApiErrorCode::kTooManyTags, .parameter = {}, .value = state.name};
  }
  PutTags(state, std::move(tags), outcome);
  return Done();
}

Reply Broker::DoIn(QueueState& state, Timestamp, const UntagQueue& command, Outcome& outcome) {
  QueueTags tags = KeptOf(state.kept).tags;
  for (const std::string& key : command.keys) tags.erase(key);
  PutTags(state, std::move(tags), outcome);
  return Done();
}

Reply Broker::DoIn(QueueState& state, Timestamp now, const ChangePolicy& command,
                   Outcome& outcome) {
  KeptAttributes kept = KeptOf(state.kept);
  std::variant<JsonText, ApiError> changed = command.change(kept.policy);
  if (auto* error = std::get_if<ApiError>(&changed)) return std::move(*error);
  kept.policy = std::get<JsonText>(std::move(changed));
  QueuePut put = PutOf(state, state.settings, now);
  put.kept = Share(std::move(kept));
  ApplyAndEmit(std::move(put), outcome);
  return Done();
}

Reply Broker::DoIn(QueueState& state, Timestamp, const ListDeadLetterSources& command, Outcome&) {
  return QueueNames::FirstOf(
      catalogue_.DeadLetterSources(state.name, command.after, command.names_max + 1),
      command.names_max);
}

void Broker::PutTags(const QueueState& state, QueueTags tags, Outcome& outcome) {
  KeptAttributes kept = KeptOf(state.kept);
  kept.tags = std::move(tags);
  QueuePut put = PutOf(state, state.settings, state.modified_at);
  put.kept = Share(std::move(kept));
  ApplyAndEmit(std::move(put), outcome);
}

}  // namespace twinq
