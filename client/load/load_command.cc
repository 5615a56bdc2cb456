#include "client/load/load_command.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "client/load/complaint.h"
#include "client/load/engine/load_run.h"
#include "client/load/new_queue_name.h"
#include "client/load/output_file.h"
#include "client/load/progress_line.h"
#include "client/load/report/generator_share.h"
#include "client/load/report/html_report.h"
#include "client/load/report/json_report.h"
#include "client/load/report/run_report.h"
#include "client/load/report/terminal_plot.h"
#include "core/base/status_macros.h"

namespace twinq::load {
namespace {

using client::QueueKind;

absl::Status WriteFiles(const Arguments& arguments, const Workload& workload,
                        const std::vector<RunResult>& results) {
  if (!arguments.json_path.empty()) {
    const std::string json = results.size() == 1
                                 ? JsonOf(results.front(), workload, arguments.server)
                                 : JsonOfAll(results, workload, arguments.server);
    TWINQ_RETURN_IF_ERROR(WriteFile(arguments.json_path, absl::StrCat(json, "\n")));
  }
  if (arguments.html_path.empty()) return absl::OkStatus();
  return WriteFile(arguments.html_path, RenderHtml(results, workload, arguments.server));
}

void PrintRemarks(const Workload& workload, const std::vector<RunResult>& results, std::FILE* out) {
  for (const RunResult& result : results) {
    absl::FPrintF(out, "%s\n", DescribeGenerator(result));
  }
  for (const RunResult& result : results) {
    const std::string warning = GeneratorWarning(result, workload);
    if (!warning.empty()) absl::FPrintF(out, "WARNING: %s\n", warning);
    if (result.is_drained) continue;
    absl::FPrintF(out, "WARNING: %s: not drained in time, so nothing can be called lost.\n",
                  NameOf(result.kind));
  }
}

std::string RenderEndToEnd(const std::vector<RunResult>& results) {
  std::vector<NamedLatency> latencies;
  latencies.reserve(results.size());
  for (const RunResult& result : results) {
    latencies.push_back({NameOf(result.kind), result.measurements.end_to_end});
  }
  return RenderLatencies("end to end", latencies);
}

absl::StatusOr<std::vector<RunResult>> RunKinds(const Workload& workload,
                                                const Arguments& arguments,
                                                const std::vector<QueueKind>& kinds,
                                                const Environment& environment) {
  std::vector<RunResult> results;
  results.reserve(kinds.size());
  for (const QueueKind kind : kinds) {
    std::string history_path = arguments.history_path;
    if (!history_path.empty() && kinds.size() > 1) {
      absl::StrAppend(&history_path, kind == QueueKind::kFifo ? "-fifo" : "-standard");
    }
    TWINQ_ASSIGN_OR_RETURN(RunResult result,
                           LoadQueue(workload, kind, arguments.server, history_path, environment));
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace

absl::StatusOr<RunResult> LoadQueue(const Workload& workload, QueueKind kind,
                                    const std::string& server, const std::string& history_path,
                                    const Environment& environment) {
  const Target target = {
      .server = server, .queue_name = NewQueueName(kind, environment.entropy), .kind = kind};
  Progress progress;
  const ProgressLine line(NameOf(kind), progress, environment.terminal);
  return RunWorkload(
      workload, target,
      {.clock = environment.clock, .progress = progress, .history_path = history_path});
}

ExitCode PrintVerdict(absl::Span<const RunResult> results, std::FILE* out) {
  ExitCode exit_code = ExitCode::kOk;
  for (const RunResult& result : results) {
    for (const std::string& violation : ViolationsOf(result)) {
      absl::FPrintF(out, "VIOLATION: %s\n", violation);
      exit_code = ExitCode::kViolation;
    }
  }
  if (exit_code != ExitCode::kOk) return exit_code;
  for (const RunResult& result : results) {
    absl::FPrintF(out, "%s",
                  result.kind == QueueKind::kFifo
                      ? "FIFO kept its promises: nothing lost, no duplicate stored, "
                        "every order kept.\n"
                      : "Standard kept its promises: nothing lost, nothing held "
                        "twice.\n");
  }
  return exit_code;
}

ExitCode LoadQueues(const Arguments& arguments, const std::vector<QueueKind>& kinds,
                    const Environment& environment) {
  const Workload workload = WorkloadOf(arguments, environment.entropy.Next() >> 32);
  absl::FPrintF(environment.out, "%s\n", DescribeWorkload(workload));
  std::fflush(environment.out);
  const absl::StatusOr<std::vector<RunResult>> results =
      RunKinds(workload, arguments, kinds, environment);
  if (!results.ok()) {
    PrintFailure(results.status(), arguments.server, environment.error);
    return ExitCode::kFailed;
  }
  absl::FPrintF(environment.out, "%s\n", RenderTable(*results));
  absl::FPrintF(environment.out, "%s\n", RenderEndToEnd(*results));
  PrintRemarks(workload, *results, environment.out);
  const ExitCode verdict = PrintVerdict(*results, environment.out);
  if (const absl::Status written = WriteFiles(arguments, workload, *results); !written.ok()) {
    PrintFailure(written, arguments.server, environment.error);
    return ExitCode::kFailed;
  }
  return verdict;
}

}  // namespace twinq::load
