#ifndef TWINQ_SERVER_API_SERVER_INFO_H_
#define TWINQ_SERVER_API_SERVER_INFO_H_

#include <cstdint>
#include <functional>
#include <limits>
#include <string>

#include "absl/time/time.h"

namespace twinq::api {

// What there is to say of a server that does not change while it runs.
struct ServerInfo {
  static constexpr uint64_t kNoLimit = std::numeric_limits<int64_t>::max();

  std::string storage = "memory";         // Or the data directory,
  std::string durability;                 // and then the level.
  std::string metrics_address;            // Empty: there are none.
  uint64_t memory_bytes_max = kNoLimit;   // That queues and messages may take,
  uint64_t transit_bytes_max = kNoLimit;  // and requests and answers on their way.
  absl::Time started_at;
  int64_t process_id = 0;
  std::function<absl::Duration()> uptime = [] { return absl::ZeroDuration(); };  // Any thread.
};

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_SERVER_INFO_H_
