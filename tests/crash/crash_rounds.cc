// Crash rounds: a real server, killed under load again and again, and its whole history judged.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "platform/entropy.h"
#include "platform/monotonic_clock.h"
#include "platform/system_clock.h"
#include "tests/crash/clients/client_run.h"
#include "tests/crash/crash_run.h"
#include "tests/crash/options.h"
#include "tests/crash/report.h"
#include "tests/crash/run_folder.h"

namespace twinq::crash {
namespace {

constexpr int kKilobytesPerMebibyte = 1024;

int64_t PeakMebibytes() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / kKilobytesPerMebibyte;
}

void PrintSummary(const CrashRun& run, const Totals& totals, absl::Duration judging) {
  std::vector<absl::Duration> recoveries = run.recovery_times();
  std::sort(recoveries.begin(), recoveries.end());
  const Kills& kills = run.kills();
  absl::PrintF(
      "\n%d operations acknowledged; kills: %d at the end of rounds (%d of them while the journal "
      "was cleaned, %d in a lull), %d in recovery; recovery at most %.1f ms, median %.1f ms\n",
      run.operations(), kills.under_load + kills.while_cleaning, kills.while_cleaning,
      kills.in_lull, kills.in_recovery, absl::ToDoubleMilliseconds(recoveries.back()),
      absl::ToDoubleMilliseconds(recoveries[recoveries.size() / 2]));
  absl::PrintF(
      "%d sends acknowledged, %d without an answer, %d of them delivered; %d deliveries, %d of "
      "them duplicates: %s\n",
      totals.sends, totals.sends_unknown, totals.recovered, totals.deliveries,
      totals.duplicate_deliveries, DuplicatesText(totals.duplicates));
  absl::PrintF("judged in %.1f s, %d MiB of memory at most\n", absl::ToDoubleSeconds(judging),
               PeakMebibytes());
}

int RunCrashes(const Options& options, const std::string& folder) {
  const platform::SystemClock clock;
  CrashRun run(options, folder, clock);
  const absl::Status done = run.Run();
  if (!done.ok()) absl::PrintF("\nVIOLATION: %s\n", done.message());
  for (const std::string& text : run.complaints().first()) {
    absl::PrintF("VIOLATION: %s\n", text);
  }
  const absl::Time begin = clock.Now();
  const Totals totals =
      JudgeAll(run.TakeHistories(), folder, options.keep_dir.empty() ? Keep::kBroken : Keep::kAll);
  if (!run.recovery_times().empty()) PrintSummary(run, totals, clock.Now() - begin);
  const bool is_clean = done.ok() && totals.is_clean && run.complaints().count() == 0;
  if (is_clean) {
    absl::PrintF("No violation: nothing acknowledged was lost, and every order kept.\n");
  } else {
    absl::PrintF("A promise was broken; seed %d; data directory, histories and log: %s\n",
                 options.seed, folder);
  }
  return is_clean ? 0 : 1;
}

void PrintSummary(const ClientTotals& totals) {
  absl::PrintF(
      "\nkills: %d of the server, %d while it recovered, %d of consumers; %d rounds with both, %d "
      "outages longer than visibility timeouts\n",
      totals.server_kills, totals.recovery_kills, totals.consumer_kills, totals.double_kills,
      totals.long_outages);
  absl::PrintF("%d messages acknowledged, %d without an answer; %d handlers begun, again:",
               totals.acknowledged, totals.unknown, totals.handlings);
  for (size_t i = 0; i < kReasons; ++i) {
    absl::PrintF(" %s %d", NameOf(static_cast<Reason>(i)), totals.again.at(i));
  }
  absl::PrintF("\n%d MiB of memory at most\n", PeakMebibytes());
}

int RunClientCrashes(const Options& options, const std::string& own_name,
                     const std::string& folder) {
  const platform::MonotonicClock clock;
  ClientRun run(options, PathBeside(own_name, "crash_consumer"), folder, clock);
  const absl::Status done = run.Run();
  PrintSummary(run.totals());
  if (done.ok()) {
    absl::PrintF(
        "No violation: all that was acknowledged was handled, in order within groups, and handled "
        "again only after a kill or without a server.\n");
    return 0;
  }
  absl::PrintF("VIOLATION: %s\n", done.message());
  absl::PrintF("A promise was broken; seed %d; data directory, histories and logs: %s\n",
               options.seed, folder);
  return 1;
}

int Main(const std::string& own_name, const std::vector<std::string>& arguments) {
  platform::Entropy entropy;
  constexpr int kShortSeedBits = 32;
  const std::variant<Options, ExitNow> parsed =
      ParseOptions(arguments, entropy.Next() >> kShortSeedBits);
  if (const auto* exit = std::get_if<ExitNow>(&parsed)) {
    absl::FPrintF(stdout, "%s", exit->output);
    absl::FPrintF(stderr, "%s", exit->errors);
    return exit->code;
  }
  Options options = std::get<Options>(parsed);
  if (options.server_program.empty()) options.server_program = PathBeside(own_name, "twinqd");
  const std::string folder = MakeRunFolder(options.keep_dir, "twinq-crash");
  if (folder.empty()) {
    absl::FPrintF(stderr, "crash_rounds: no folder can be made for the data directory\n");
    return 1;
  }
  absl::PrintF("seed %d, %s\n", options.seed, options.durability);
  const int code = options.victims == Victims::kServer
                       ? RunCrashes(options, folder)
                       : RunClientCrashes(options, own_name, folder);
  std::error_code ignored;
  if (code == 0 && options.keep_dir.empty()) std::filesystem::remove_all(folder, ignored);
  return code;
}

}  // namespace
}  // namespace twinq::crash

// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) { return twinq::crash::Main(argv[0], {argv + 1, argv + argc}); }
