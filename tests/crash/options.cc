#include "tests/crash/options.h"

#include <sstream>

#include <CLI/CLI.hpp>

namespace twinq::crash {
namespace {

constexpr char kDescription[] =
    "Runs twinqd under load, kills it with SIGKILL again and again, restarts it on the same data "
    "directory, and judges the whole history.";

constexpr char kExitCodes[] = R"(Exit code:
  0  every promise was kept
  1  a promise was broken, or the server did not come back
  2  the command line is wrong)";

constexpr int kUsageExitCode = 2;

}  // namespace

std::variant<Options, ExitNow> ParseOptions(const std::vector<std::string>& arguments,
                                            uint64_t fresh_seed) {
  Options options;
  options.seed = fresh_seed;
  double seconds = absl::ToDoubleSeconds(options.round_min);
  CLI::App app(kDescription, "crash_rounds");
  app.footer(kExitCodes);
  CLI::Option* const clients = app.add_flag_callback(
      "--clients", [&options] { options.victims = Victims::kServerAndClients; },
      "Kills processes of the client library's Consumer too, and judges their handlers");
  app.add_option("--rounds", options.rounds, "How often something is killed under load")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of the random draws (default: a new one)");
  app.add_option("--seconds", seconds, "Shortest time of a round")
      ->check(CLI::Range(0.1, 3600.0))
      ->excludes(clients)
      ->capture_default_str();
  app.add_option("--operations", options.operations_min,
                 "Operations that are acknowledged in a round, at least")
      ->check(CLI::Range(int64_t{1}, int64_t{1'000'000'000}))
      ->excludes(clients)
      ->capture_default_str();
  app.add_option("--durability", options.durability, "Passed on to twinqd")->capture_default_str();
  app.add_option("--journal-slack", options.journal_slack_kib, "In KiB, passed on to twinqd")
      ->check(CLI::Range(0, 1 << 30))
      ->capture_default_str();
  app.add_option("--keep", options.keep_dir,
                 "Where data directory, histories and log of the server are written and kept; "
                 "without it they are kept only if a promise was broken")
      ->type_name("DIR");
  app.add_option("--server", options.server_program,
                 "twinqd (default: the one beside this program)")
      ->type_name("PATH");
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    std::ostringstream output;
    std::ostringstream errors;
    const int code = app.exit(error, output, errors);
    return ExitNow{code == 0 ? 0 : kUsageExitCode, output.str(), errors.str()};
  }
  options.round_min = absl::Seconds(seconds);
  return options;
}

}  // namespace twinq::crash
