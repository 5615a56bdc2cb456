#ifndef TWINQ_SERVER_API_SERVER_INFO_H_
#define TWINQ_SERVER_API_SERVER_INFO_H_

#include <functional>
#include <string>

#include "absl/time/time.h"

namespace twinq::api {

// What there is to say of a server that does not change while it runs.
struct ServerInfo {
  std::string storage = "memory";  // Or the data directory,
  std::string durability;          // and then the level.
  std::string metrics_address;     // Empty: there are none.
  absl::Time started_at;
  std::function<absl::Duration()> uptime = [] { return absl::ZeroDuration(); };  // Any thread.
};

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_SERVER_INFO_H_
