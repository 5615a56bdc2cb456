#include "client/load/latency_command.h"

#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "client/load/complaint.h"
#include "client/load/engine/latency_run.h"
#include "client/load/new_queue_name.h"
#include "client/load/output_file.h"
#include "client/load/report/latency_report.h"
#include "core/base/status_macros.h"

namespace twinq::load {
namespace {

using client::QueueKind;

absl::StatusOr<std::vector<LatencyResult>> Measure(const Arguments& arguments,
                                                   const Environment& environment) {
  const Workload workload = WorkloadOf(arguments, /*new_seed=*/0);
  const LatencyPlan plan = {.duration = workload.duration,
                            .messages_max = workload.messages_max,
                            .body_bytes = workload.body_bytes};
  std::vector<LatencyResult> results;
  for (const QueueKind kind : {QueueKind::kStandard, QueueKind::kFifo}) {
    const Target target = {.server = arguments.server,
                           .queue_name = NewQueueName(kind, environment.entropy),
                           .kind = kind};
    TWINQ_ASSIGN_OR_RETURN(LatencyResult result, MeasureLatency(plan, target, environment.clock));
    results.push_back(std::move(result));
  }
  if (!arguments.json_path.empty()) {
    TWINQ_RETURN_IF_ERROR(
        WriteFile(arguments.json_path, absl::StrCat(JsonOfLatencies(results), "\n")));
  }
  return results;
}

}  // namespace

ExitCode MeasureLatencies(const Arguments& arguments, const Environment& environment) {
  absl::FPrintF(
      environment.out,
      "One message at a time, bodies of %d bytes, the consumer waiting in a long poll\n\n",
      arguments.workload.body_bytes);
  std::fflush(environment.out);
  const absl::StatusOr<std::vector<LatencyResult>> results = Measure(arguments, environment);
  if (!results.ok()) {
    PrintFailure(results.status(), arguments.server, environment.error);
    return ExitCode::kFailed;
  }
  absl::FPrintF(environment.out, "%s", RenderLatencyResults(*results));
  return ExitCode::kOk;
}

}  // namespace twinq::load
