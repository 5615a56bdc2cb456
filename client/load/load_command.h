#ifndef TWINQ_CLIENT_LOAD_LOAD_COMMAND_H_
#define TWINQ_CLIENT_LOAD_LOAD_COMMAND_H_

#include <vector>

#include "absl/status/statusor.h"

#include "client/lib/queue_client.h"
#include "client/load/arguments.h"
#include "client/load/engine/run_result.h"
#include "client/load/engine/workload.h"
#include "client/load/environment.h"

namespace twinq::load {

// Does the workload to a new queue of each of the kinds, one after the other, and reports on it.
ExitCode LoadQueues(const Arguments& arguments, const std::vector<client::QueueKind>& kinds,
                    const Environment& environment);

// The same without a report. Histories of several kinds go to PATH-standard and PATH-fifo.
absl::StatusOr<std::vector<RunResult>> RunKinds(const Workload& workload,
                                                const Arguments& arguments,
                                                const std::vector<client::QueueKind>& kinds,
                                                const Environment& environment);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_LOAD_COMMAND_H_
