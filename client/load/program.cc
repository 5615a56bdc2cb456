#include "client/load/program.h"

#include <sstream>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/strings/str_format.h"

#include "client/load/arguments.h"
#include "client/load/latency_command.h"
#include "client/load/load_command.h"
#include "client/load/sweep_command.h"

namespace twinq::load {
namespace {

using client::QueueKind;

constexpr char kExitCodes[] = R"(Exit code:
  0  every queue kept its promises
  1  a queue broke one: a message was lost, or FIFO stored a duplicate or broke an order
  2  the command line is wrong
  3  no server, it refused a call, or a file could not be written)";

CLI::App* AddRun(CLI::App& program, Arguments& arguments) {
  CLI::App* verb = program.add_subcommand("run", "Load one queue, and judge what it did");
  AddServerOption(*verb, arguments);
  AddKindOption(*verb, arguments);
  AddWorkloadOptions(*verb, arguments);
  AddOutputOptions(*verb, arguments);
  return verb;
}

CLI::App* AddCompare(CLI::App& program, Arguments& arguments) {
  CLI::App* verb = program.add_subcommand(
      "compare", "Do the same to a standard and then to a FIFO queue, and show the differences");
  AddServerOption(*verb, arguments);
  AddWorkloadOptions(*verb, arguments);
  AddOutputOptions(*verb, arguments);
  return verb;
}

CLI::App* AddLatency(CLI::App& program, Arguments& arguments) {
  CLI::App* verb = program.add_subcommand(
      "latency", "One message at a time to a waiting consumer, through either kind of queue");
  AddServerOption(*verb, arguments);
  AddSingleMessageOptions(*verb, arguments);
  AddJsonOption(*verb, arguments);
  return verb;
}

CLI::App* AddSweep(CLI::App& program, Arguments& arguments, Sweep& sweep) {
  CLI::App* verb =
      program.add_subcommand("sweep", "Load one queue after the other, varying a flag");
  AddServerOption(*verb, arguments);
  AddKindOption(*verb, arguments);
  AddWorkloadOptions(*verb, arguments);
  AddJsonOption(*verb, arguments);
  AddSweepOption(*verb, sweep);
  return verb;
}

}  // namespace

ExitCode RunProgram(const std::vector<std::string>& arguments, const Environment& environment) {
  CLI::App program("Load a twinq server, and judge from outside what it did.", "twinq-load");
  program.footer(kExitCodes);
  program.require_subcommand(1);
  Arguments parsed;
  const CLI::App* run = AddRun(program, parsed);
  AddCompare(program, parsed);
  const CLI::App* latency = AddLatency(program, parsed);
  Sweep sweep;
  CLI::App* sweeping = AddSweep(program, parsed, sweep);
  std::vector<Arguments> steps;
  try {
    // CLI11 takes them off the end.
    program.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    if (sweeping->parsed()) steps = ArgumentsOfSteps(*sweeping, sweep, parsed);
  } catch (const CLI::ParseError& problem) {  // A request for help too.
    std::ostringstream answer;
    std::ostringstream complaint;
    const int code = program.exit(problem, answer, complaint);
    absl::FPrintF(environment.out, "%s", answer.str());
    absl::FPrintF(environment.error, "%s", complaint.str());
    return code == 0 ? ExitCode::kOk : ExitCode::kUsage;
  }
  if (!steps.empty()) return SweepQueues(sweep, steps, environment);
  if (latency->parsed()) return MeasureLatencies(parsed, environment);
  if (run->parsed()) return LoadQueues(parsed, {parsed.kind}, environment);
  return LoadQueues(parsed, {QueueKind::kStandard, QueueKind::kFifo}, environment);
}

}  // namespace twinq::load
