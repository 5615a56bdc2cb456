#ifndef TWINQ_CLIENT_LOAD_ENGINE_TARGET_H_
#define TWINQ_CLIENT_LOAD_ENGINE_TARGET_H_

#include <string>

#include "client/lib/queue_client.h"

namespace twinq::load {

// The queue that a workload is done to.
struct Target {
  std::string server;  // ADDRESS:PORT
  std::string queue_name;
  client::QueueKind kind = client::QueueKind::kStandard;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_TARGET_H_
