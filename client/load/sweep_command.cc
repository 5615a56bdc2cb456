#include "client/load/sweep_command.h"

#include <utility>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "client/load/complaint.h"
#include "client/load/load_command.h"
#include "client/load/output_file.h"
#include "client/load/report/json_report.h"
#include "client/load/report/run_report.h"
#include "client/load/report/sweep_report.h"
#include "core/base/status_macros.h"

namespace twinq::load {
namespace {

// Those that say where, and not what is done.
bool IsOfWorkload(const std::string& flag) {
  for (const char* other : {"server", "json", "history", "html", "sweep", "help"}) {
    if (flag == other) return false;
  }
  return true;
}

absl::StatusOr<std::vector<SweepStep>> RunSteps(const Sweep& sweep,
                                                const std::vector<Arguments>& steps, uint64_t seed,
                                                const Environment& environment) {
  std::vector<SweepStep> done;
  std::vector<std::string> lines;
  for (size_t i = 0; i < steps.size(); ++i) {
    const Workload workload = WorkloadOf(steps[i], seed);
    TWINQ_ASSIGN_OR_RETURN(RunResult result, LoadQueue(workload, steps[i].kind, steps[i].server,
                                                       /*history_path=*/"", environment));
    lines.push_back(JsonOf(result, workload, steps[i].server));
    done.push_back({sweep.values[i], std::move(result)});
  }
  const std::string& json_path = steps.front().json_path;
  if (!json_path.empty()) {
    TWINQ_RETURN_IF_ERROR(
        WriteFile(json_path, absl::StrCat("[", absl::StrJoin(lines, ",\n "), "]\n")));
  }
  return done;
}

}  // namespace

Sweep ParseSweep(const std::string& text) {
  const std::pair<std::string, std::string> halves = absl::StrSplit(text, absl::MaxSplits('=', 1));
  return {halves.first, absl::StrSplit(halves.second, ',', absl::SkipEmpty())};
}

void AddSweepOption(CLI::App& verb, Sweep& sweep) {
  const auto complaint = [&verb](const std::string& text) -> std::string {
    const Sweep parsed = ParseSweep(text);
    if (parsed.values.empty()) return "must be FLAG=VALUE,VALUE,…";
    const bool is_known = IsOfWorkload(parsed.flag) &&
                          verb.get_option_no_throw(absl::StrCat("--", parsed.flag)) != nullptr;
    return is_known ? "" : absl::StrCat("there is no --", parsed.flag, " to vary");
  };
  verb.add_option_function<std::string>(
          "--sweep", [&sweep](const std::string& text) { sweep = ParseSweep(text); },
          "FLAG=VALUE,VALUE,…: the flag of `run` that is varied, as in batch=1,2,5,10")
      ->required()
      ->check(CLI::Validator(complaint, "SWEEP"));
}

std::vector<Arguments> ArgumentsOfSteps(CLI::App& verb, const Sweep& sweep, Arguments& arguments) {
  CLI::Option* option = verb.get_option(absl::StrCat("--", sweep.flag));
  std::vector<Arguments> steps;
  for (const std::string& value : sweep.values) {
    option->clear();
    option->add_result(value);
    option->run_callback();
    steps.push_back(arguments);
  }
  return steps;
}

ExitCode SweepQueues(const Sweep& sweep, const std::vector<Arguments>& steps,
                     const Environment& environment) {
  const uint64_t seed = environment.entropy.Next() >> 32;
  absl::FPrintF(environment.out, "%sand --%s is varied\n\n",
                DescribeWorkload(WorkloadOf(steps.front(), seed)), sweep.flag);
  std::fflush(environment.out);
  const absl::StatusOr<std::vector<SweepStep>> done = RunSteps(sweep, steps, seed, environment);
  if (!done.ok()) {
    PrintFailure(done.status(), steps.front().server, environment.error);
    return ExitCode::kFailed;
  }
  absl::FPrintF(environment.out, "%s\n", RenderSweep(sweep.flag, *done));
  ExitCode verdict = ExitCode::kOk;
  for (const SweepStep& step : *done) {
    if (step.result.judged.IsClean()) continue;
    absl::FPrintF(environment.out, "--%s=%s\n", sweep.flag, step.value);
    verdict = PrintVerdict(absl::MakeConstSpan(&step.result, 1), environment.out);
  }
  return verdict;
}

}  // namespace twinq::load
