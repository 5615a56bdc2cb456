#ifndef TWINQ_CLIENT_LOAD_NEW_QUEUE_NAME_H_
#define TWINQ_CLIENT_LOAD_NEW_QUEUE_NAME_H_

#include <string>

#include "absl/strings/str_format.h"

#include "client/lib/queue_client.h"
#include "core/base/random.h"

namespace twinq::load {

// A name that no queue has. A deleted queue's is taken for a minute, so every run has its own.
inline std::string NewQueueName(client::QueueKind kind, Random& entropy) {
  return absl::StrFormat("twinq-load-%016x%s", entropy.Next(),
                         kind == client::QueueKind::kFifo ? ".fifo" : "");
}

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_NEW_QUEUE_NAME_H_
