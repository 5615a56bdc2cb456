#ifndef TWINQ_CLIENT_LIB_ADMIN_CLIENT_H_
#define TWINQ_CLIENT_LIB_ADMIN_CLIENT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "client/lib/queue_client.h"

namespace twinq::client {

// A server, as it describes itself.
struct ServerInfo {
  std::string version;
  std::string storage;     // "memory", or the data directory.
  std::string durability;  // "sync", "interval:20"; empty in memory.
  absl::Time started_at;
  absl::Duration uptime;
  std::string grpc_address;
  std::string metrics_address;  // Empty: metrics are off.
  int64_t process_id = 0;       // As the server's machine or container numbers it.
  // What messages and queues, and what is on its way, may take. Nothing: no limit.
  std::optional<int64_t> memory_bytes_max;
  std::optional<int64_t> transit_bytes_max;
};

// What there is in a queue, at one instant.
struct QueueStats {
  std::string name;
  int64_t visible = 0;
  int64_t in_flight = 0;
  int64_t delayed = 0;
  std::optional<absl::Duration> oldest_message_age;  // Nothing: there is no message.
  int64_t message_groups = 0;                        // FIFO.
  int64_t blocked_message_groups = 0;                // Those that can deliver nothing now.
  int64_t waiting_receives = 0;
};

// What operators ask of a server (proto/twinq/v1/admin.proto). Errors, thread-safety and cost as
// QueueClient.
class AdminClient {
 public:
  // REQUIRES: `channel` is not null.
  explicit AdminClient(const std::shared_ptr<grpc::ChannelInterface>& channel,
                       absl::Duration call_timeout = QueueClient::kCallTimeout);
  ~AdminClient();
  AdminClient(AdminClient&&) noexcept;
  AdminClient& operator=(AdminClient&&) noexcept;

  absl::StatusOr<ServerInfo> GetServerInfo();
  absl::StatusOr<QueueStats> GetQueueStats(absl::string_view queue);

 private:
  class Stub;  // Keeps gRPC out of this header.

  std::unique_ptr<Stub> stub_;
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_ADMIN_CLIENT_H_
