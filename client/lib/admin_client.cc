#include "client/lib/admin_client.h"

#include <utility>

#include "proto/twinq/v1/admin.grpc.pb.h"

#include "client/lib/unary_caller.h"
#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq::client {

class AdminClient::Stub : public UnaryCaller<v1::AdminService::Stub> {
 public:
  using UnaryCaller::UnaryCaller;
};

AdminClient::AdminClient(const std::shared_ptr<grpc::ChannelInterface>& channel,
                         absl::Duration call_timeout) {
  TWINQ_CHECK(channel != nullptr);
  stub_ = std::make_unique<Stub>(channel, call_timeout, WhenUnavailable::kFail);
}

AdminClient::~AdminClient() = default;
AdminClient::AdminClient(AdminClient&&) noexcept = default;
AdminClient& AdminClient::operator=(AdminClient&&) noexcept = default;

absl::StatusOr<ServerInfo> AdminClient::GetServerInfo() {
  TWINQ_ASSIGN_OR_RETURN(
      const v1::GetServerInfoResponse response,
      stub_->Call(&v1::AdminService::Stub::GetServerInfo, v1::GetServerInfoRequest()));
  ServerInfo info{.version = response.version(),
                  .storage = response.storage(),
                  .durability = response.durability(),
                  .started_at = absl::FromUnixMillis(response.started_at_ms()),
                  .uptime = absl::Milliseconds(response.uptime_ms()),
                  .grpc_address = response.grpc_address(),
                  .metrics_address = response.metrics_address(),
                  .process_id = response.process_id(),
                  .memory_bytes_max = std::nullopt,
                  .transit_bytes_max = std::nullopt};
  const v1::ServerLimits& limits = response.limits();
  if (limits.has_memory_bytes()) info.memory_bytes_max = limits.memory_bytes();
  if (limits.has_transit_bytes()) info.transit_bytes_max = limits.transit_bytes();
  return info;
}

absl::StatusOr<QueueStats> AdminClient::GetQueueStats(absl::string_view queue) {
  v1::GetQueueStatsRequest request;
  request.set_queue_url(std::string(queue));
  TWINQ_ASSIGN_OR_RETURN(const v1::GetQueueStatsResponse response,
                         stub_->Call(&v1::AdminService::Stub::GetQueueStats, request));
  QueueStats stats{.name = response.queue_name(),
                   .visible = response.visible(),
                   .in_flight = response.in_flight(),
                   .delayed = response.delayed(),
                   .oldest_message_age = std::nullopt,
                   .message_groups = response.message_groups(),
                   .blocked_message_groups = response.blocked_message_groups(),
                   .waiting_receives = response.waiting_receives()};
  if (response.has_oldest_message_age_ms()) {
    stats.oldest_message_age = absl::Milliseconds(response.oldest_message_age_ms());
  }
  return stats;
}

}  // namespace twinq::client
