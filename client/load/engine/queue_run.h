#ifndef TWINQ_CLIENT_LOAD_ENGINE_QUEUE_RUN_H_
#define TWINQ_CLIENT_LOAD_ENGINE_QUEUE_RUN_H_

#include <string>

#include "absl/status/statusor.h"

#include "client/lib/queue_client.h"
#include "client/load/engine/run_result.h"
#include "client/load/engine/workload.h"
#include "core/base/clock.h"

namespace twinq::load {

// The queue that a workload is done to. It must not exist yet.
struct Target {
  std::string server;  // ADDRESS:PORT
  std::string queue_name;
  client::QueueKind kind = client::QueueKind::kStandard;
};

// Makes the queue, does the workload to it, receives what is left until nothing has come for a
// visibility timeout and a second, deletes the queue, and says what happened.
//
// Errors: the first call that failed ends the run with its status; a message that nobody sent ends
// it as InvalidArgument. The queue is deleted then too, if the server still answers.
// Cost: a thread and a connection for each producer and consumer, each with one call at a time; all
// have ended when it returns.
absl::StatusOr<RunResult> RunWorkload(const Workload& workload, const Target& target,
                                      const Clock& clock);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_QUEUE_RUN_H_
