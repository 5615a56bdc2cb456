#include "client/load/program.h"

#include <cstdint>
#include <optional>
#include <sstream>
#include <utility>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

#include "client/lib/call_status.h"
#include "client/lib/durations.h"
#include "client/load/engine/message_tag.h"
#include "client/load/engine/queue_run.h"
#include "client/load/engine/workload.h"
#include "client/load/report/comparison.h"
#include "core/base/status_macros.h"

namespace twinq::load {
namespace {

constexpr char kExitCodes[] = R"(Exit code:
  0  both kinds kept their promises
  1  a message was lost, or FIFO stored a duplicate or broke an order
  2  the command line is wrong
  3  no server, or it refused a call)";

constexpr int kThreadsMax = 1000;
constexpr int kGroupsMax = 1'000'000;
constexpr int kBacklogMax = 1'000'000;
constexpr size_t kBodyBytesMax = 1 << 20;

// What `compare` is asked for.
struct Arguments {
  std::string server = "127.0.0.1:9323";
  absl::Duration duration = absl::Seconds(10);  // For both kinds together.
  std::optional<uint64_t> seed;
  Workload workload;  // But for these two.
};

CLI::Option* AddSpan(CLI::App& app, const std::string& name, absl::Duration& span,
                     const std::string& description) {
  const auto complaint = [](const std::string& text) -> std::string {
    const absl::StatusOr<absl::Duration> parsed = client::ParseDuration(text);
    if (!parsed.ok()) return std::string(parsed.status().message());
    return *parsed > absl::ZeroDuration() ? "" : "must be longer than 0";
  };
  const auto assign = [&span](const std::string& text) { span = *client::ParseDuration(text); };
  return app.add_option_function<std::string>(name, assign, description)
      ->check(CLI::Validator(complaint, "DURATION"))
      ->default_str(absl::FormatDuration(span));
}

void AddCompare(CLI::App& program, Arguments& arguments) {
  Workload& workload = arguments.workload;
  CLI::App* verb = program.add_subcommand(
      "compare", "Do the same to a standard and to a FIFO queue and count the differences");
  verb->option_defaults()->always_capture_default();
  verb->add_option("--server", arguments.server, "ADDRESS:PORT of the server")
      ->envname("TWINQ_SERVER");
  AddSpan(*verb, "--duration", arguments.duration, "of sending, half for each kind");
  verb->add_option("--producers", workload.producers, "threads that send")
      ->check(CLI::Range(1, kThreadsMax));
  verb->add_option("--consumers", workload.consumers, "threads that receive and delete")
      ->check(CLI::Range(1, kThreadsMax));
  verb->add_option("--groups", workload.groups, "message groups")->check(CLI::Range(1, kGroupsMax));
  verb->add_option("--size", workload.body_bytes, "bytes of a body")
      ->check(CLI::Range(kBodyBytesMin, kBodyBytesMax));
  verb->add_option("--backlog-max", workload.backlog_max, "messages sent and not yet received")
      ->check(CLI::Range(1, kBacklogMax));
  const auto complaint = [](const std::string& text) {
    return std::string(client::WholeSeconds(*client::ParseDuration(text)).status().message());
  };
  AddSpan(*verb, "--visibility", workload.visibility_timeout, "timeout of a receive")
      ->check(complaint);
  verb->add_option("--lose-ack", workload.lose_ack, "probability that a message is not deleted")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--retry-send", workload.retry_send, "probability that a message is sent again")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_option("--seed", arguments.seed, "of the random draws (default: a new one)");
}

absl::StatusOr<Comparison> Compare(const Workload& workload, const std::string& server,
                                   const Environment& environment) {
  // A deleted queue's name is taken for a minute, so every run has names of its own.
  const std::string name = absl::StrFormat("twinq-load-%016x", environment.entropy.Next());
  Comparison comparison;
  TWINQ_ASSIGN_OR_RETURN(
      comparison.standard,
      RunWorkload(workload,
                  {.server = server, .queue_name = name, .kind = client::QueueKind::kStandard},
                  environment.clock));
  TWINQ_ASSIGN_OR_RETURN(comparison.fifo, RunWorkload(workload,
                                                      {.server = server,
                                                       .queue_name = absl::StrCat(name, ".fifo"),
                                                       .kind = client::QueueKind::kFifo},
                                                      environment.clock));
  return comparison;
}

void PrintFailure(const absl::Status& failure, const std::string& server, std::FILE* error) {
  if (absl::IsUnavailable(failure) && client::SqsErrorName(failure).empty()) {
    absl::FPrintF(error,
                  "twinq-load: no server at %s: start one with `twinqd`, or name another "
                  "with --server\n",
                  server);
    return;
  }
  absl::FPrintF(error, "twinq-load: %s\n", failure.ToString());
}

ExitCode RunCompare(const Arguments& arguments, const Environment& environment) {
  Workload workload = arguments.workload;
  workload.duration = arguments.duration / 2;
  workload.seed = arguments.seed.has_value() ? *arguments.seed : environment.entropy.Next() >> 32;
  absl::FPrintF(environment.out, "%s\n", DescribeWorkload(workload));
  std::fflush(environment.out);

  const absl::StatusOr<Comparison> comparison = Compare(workload, arguments.server, environment);
  if (!comparison.ok()) {
    PrintFailure(comparison.status(), arguments.server, environment.error);
    return ExitCode::kFailed;
  }
  absl::FPrintF(environment.out, "%s\n", RenderComparison(*comparison));
  const std::vector<std::string> violations = Violations(*comparison);
  for (const std::string& violation : violations) {
    absl::FPrintF(environment.out, "VIOLATION: %s\n", violation);
  }
  if (!violations.empty()) return ExitCode::kViolation;
  absl::FPrintF(environment.out,
                "Both kept their promises: nothing lost; FIFO stored no duplicate and kept every "
                "order.\n");
  return ExitCode::kOk;
}

}  // namespace

ExitCode RunProgram(const std::vector<std::string>& arguments, const Environment& environment) {
  CLI::App program("Load a twinq server, and judge from outside what it did.", "twinq-load");
  program.footer(kExitCodes);
  program.require_subcommand(1);
  Arguments parsed;
  AddCompare(program, parsed);
  try {
    // CLI11 takes them off the end.
    program.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& problem) {  // A request for help too.
    std::ostringstream answer;
    std::ostringstream complaint;
    const int code = program.exit(problem, answer, complaint);
    absl::FPrintF(environment.out, "%s", answer.str());
    absl::FPrintF(environment.error, "%s", complaint.str());
    return code == 0 ? ExitCode::kOk : ExitCode::kUsage;
  }
  return RunCompare(parsed, environment);
}

}  // namespace twinq::load
