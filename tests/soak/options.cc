#include "tests/soak/options.h"

#include <algorithm>
#include <sstream>

#include <CLI/CLI.hpp>

namespace twinq::soak {
namespace {

constexpr char kDescription[] =
    "Runs twinqd under clients that do everything wrong at once, on a disk that is slow at times "
    "and with a clock that is set, beside others that behave; judges the history of those, and "
    "compares the server's memory after each cycle.";

constexpr char kExitCodes[] = R"(Exit code:
  0  every promise was kept
  1  a promise was broken, others noticed, or memory grew
  2  the command line is wrong)";

constexpr int kUsageExitCode = 2;
constexpr absl::Duration kCycle = absl::Minutes(1);
constexpr int kCyclesMin = 2;
// What draining takes, and to settle.
constexpr absl::Duration kQuiet = absl::Seconds(15);
constexpr absl::Duration kHostileMin = absl::Seconds(3);
constexpr int64_t kPollsPerSecond = 250;
constexpr int64_t kPollsMax = 10'000;

}  // namespace

Schedule ScheduleOf(absl::Duration length) {
  Schedule schedule;
  schedule.cycles = std::max(kCyclesMin, static_cast<int>(length / kCycle));
  schedule.hostile = std::max(kHostileMin, length / schedule.cycles - kQuiet);
  schedule.polls = static_cast<int>(
      std::min(kPollsMax, kPollsPerSecond * absl::ToInt64Seconds(schedule.hostile)));
  return schedule;
}

std::variant<Options, crash::ExitNow> ParseOptions(const std::vector<std::string>& arguments,
                                                   uint64_t fresh_seed) {
  Options options;
  options.seed = fresh_seed;
  double minutes = absl::ToDoubleMinutes(options.length);
  CLI::App app(kDescription, "soak");
  app.footer(kExitCodes);
  app.add_option("--minutes", minutes, "How long it takes, nearly; cycles are a minute long")
      ->check(CLI::Range(0.1, 10'000.0))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "Of the random draws (default: a new one)");
  app.add_option("--keep", options.keep_dir,
                 "Where data directory, histories and log of the server are written and kept; "
                 "without it they are kept only if something was wrong")
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
    return crash::ExitNow{code == 0 ? 0 : kUsageExitCode, output.str(), errors.str()};
  }
  options.length = absl::Minutes(minutes);
  return options;
}

}  // namespace twinq::soak
