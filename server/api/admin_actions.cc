#include "server/api/admin_actions.h"

#include <string>
#include <utility>
#include <variant>

#include "absl/time/time.h"

#include "core/base/version.h"
#include "core/model/limits.h"
#include "server/api/request_checks.h"
#include "server/api/server_info.h"

namespace twinq::api {

Step BeginGetServerInfo(ApiContext& context, const v1::GetServerInfoRequest&,
                        v1::GetServerInfoResponse& response) {
  const ServerInfo& info = context.backend.info();
  response.set_version(std::string(Version()));
  response.set_storage(info.storage);
  if (!info.durability.empty()) response.set_durability(info.durability);
  response.set_started_at_ms(absl::ToUnixMillis(info.started_at));
  response.set_uptime_ms(absl::ToInt64Milliseconds(info.uptime()));
  response.set_grpc_address(context.address);
  if (!info.metrics_address.empty()) response.set_metrics_address(info.metrics_address);
  response.set_process_id(info.process_id);
  v1::ServerLimits& limits = *response.mutable_limits();
  if (info.memory_bytes_max != ServerInfo::kNoLimit) {
    limits.set_memory_bytes(static_cast<int64_t>(info.memory_bytes_max));
  }
  if (info.transit_bytes_max != ServerInfo::kNoLimit) {
    limits.set_transit_bytes(static_cast<int64_t>(info.transit_bytes_max));
  }
  limits.set_message_bytes(kMessageBytesMax);
  limits.set_batch_entries(kBatchEntriesMax);
  limits.set_receive_messages(kReceiveMessagesMax);
  limits.set_inbox_commands(kInboxCommandsMax);
  return Answered();
}

Step BeginGetQueueStats(ApiContext& context, const v1::GetQueueStatsRequest& request,
                        v1::GetQueueStatsResponse&) {
  std::variant<Directory::Entry, ApiError> queue = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&queue)) return std::move(*error);
  return GetQueueStatus{.queue = std::get<Directory::Entry>(queue).id};
}

std::optional<ApiError> FinishGetQueueStats(const ApiContext&, const v1::GetQueueStatsRequest&,
                                            Reply& reply, v1::GetQueueStatsResponse& response) {
  const auto& status = std::get<QueueStatus>(reply);
  const QueueStats& stats = status.stats;
  const auto number = [](size_t count) { return static_cast<int64_t>(count); };
  response.set_queue_name(status.name);
  response.set_visible(number(stats.counts.available));
  response.set_in_flight(number(stats.counts.in_flight));
  response.set_delayed(number(stats.counts.delayed));
  if (status.oldest_message_age.has_value()) {
    response.set_oldest_message_age_ms(absl::ToInt64Milliseconds(*status.oldest_message_age));
  }
  response.set_message_groups(number(stats.groups));
  response.set_blocked_message_groups(number(stats.blocked_groups));
  response.set_waiting_receives(number(status.waiting_receives));
  response.set_dedup_entries(number(stats.dedup_entries));
  return std::nullopt;
}

}  // namespace twinq::api
