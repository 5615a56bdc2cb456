// A soak: a real server, everything that clients can do wrong at once, and a judge for the others.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>
#include <variant>
#include <vector>

#include "absl/strings/str_format.h"

#include "platform/entropy.h"
#include "platform/system_clock.h"
#include "tests/crash/run_folder.h"
#include "tests/soak/options.h"
#include "tests/soak/soak_run.h"

namespace twinq::soak {
namespace {

int RunSoak(const Options& options, const std::string& folder) {
  const platform::SystemClock clock;
  SoakRun run(options, folder, clock);
  const absl::Status done = run.Run();
  run.report().Print();
  if (!done.ok()) absl::PrintF("VIOLATION: %s\n", done.message());
  for (const std::string& text : run.complaints().first()) {
    absl::PrintF("VIOLATION: %s\n", text);
  }
  if (done.ok() && run.report().is_clean() && run.complaints().count() == 0) {
    absl::PrintF("No violation: others did not notice, and memory is what it was.\n");
    return 0;
  }
  absl::PrintF("%d complaints; seed %d; data directory, histories and log: %s\n",
               run.complaints().count(), options.seed, folder);
  return 1;
}

int Main(const std::string& own_name, const std::vector<std::string>& arguments) {
  platform::Entropy entropy;
  constexpr int kShortSeedBits = 32;
  const std::variant<Options, crash::ExitNow> parsed =
      ParseOptions(arguments, entropy.Next() >> kShortSeedBits);
  if (const auto* exit = std::get_if<crash::ExitNow>(&parsed)) {
    absl::FPrintF(stdout, "%s", exit->output);
    absl::FPrintF(stderr, "%s", exit->errors);
    return exit->code;
  }
  Options options = std::get<Options>(parsed);
  if (options.server_program.empty()) {
    options.server_program = crash::PathBeside(own_name, "twinqd");
  }
  options.library_dir = crash::PathBeside(own_name, "");
  const std::string folder = crash::MakeRunFolder(options.keep_dir, "twinq-soak");
  if (folder.empty()) {
    absl::FPrintF(stderr, "soak: no folder can be made for the data directory\n");
    return 1;
  }
  const Schedule schedule = ScheduleOf(options.length);
  absl::PrintF("seed %d; %d cycles, %s of each hostile, %d polls at once\n", options.seed,
               schedule.cycles, absl::FormatDuration(schedule.hostile), schedule.polls);
  std::fflush(stdout);
  const int code = RunSoak(options, folder);
  std::error_code ignored;
  if (code == 0 && options.keep_dir.empty()) std::filesystem::remove_all(folder, ignored);
  return code;
}

}  // namespace
}  // namespace twinq::soak

// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) { return twinq::soak::Main(argv[0], {argv + 1, argv + argc}); }
