#ifndef TWINQ_CLIENT_LOAD_LOAD_COMMAND_H_
#define TWINQ_CLIENT_LOAD_LOAD_COMMAND_H_

#include <cstdio>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"

#include "client/lib/queue_client.h"
#include "client/load/arguments.h"
#include "client/load/engine/run_result.h"
#include "client/load/engine/workload.h"
#include "client/load/environment.h"

namespace twinq::load {

// Does the workload to a new queue of each of the kinds, one after the other, and reports on it.
// Histories of several kinds go to PATH-standard and PATH-fifo.
ExitCode LoadQueues(const Arguments& arguments, const std::vector<client::QueueKind>& kinds,
                    const Environment& environment);

// Does it to a queue of one kind, and shows progress only.
absl::StatusOr<RunResult> LoadQueue(const Workload& workload, client::QueueKind kind,
                                    const std::string& server, const std::string& history_path,
                                    const Environment& environment);

// Prints which promises were broken, or that none was.
ExitCode PrintVerdict(absl::Span<const RunResult> results, std::FILE* out);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_LOAD_COMMAND_H_
