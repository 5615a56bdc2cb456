// twinqd: wires the parts together and waits for the signal to end.

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "broker/shard.h"
#include "core/base/check.h"
#include "core/base/version.h"
#include "journal/volatile_journal.h"
#include "platform/allocator.h"
#include "platform/entropy.h"
#include "platform/environment.h"
#include "platform/log.h"
#include "platform/machine_memory.h"
#include "platform/monotonic_clock.h"
#include "platform/open_files.h"
#include "platform/posix_file_system.h"
#include "platform/process_usage.h"
#include "platform/read_file.h"
#include "platform/signals.h"
#include "platform/system_clock.h"
#include "platform/thread.h"
#include "platform/watchdog.h"
#include "server/api/backend.h"
#include "server/api/call_outcomes.h"
#include "server/api/server_info.h"
#include "server/data_directory.h"
#include "server/grpc/grpc_server.h"
#include "server/journal_check.h"
#include "server/logged_journal.h"
#include "server/metrics/call_metrics.h"
#include "server/metrics/http_pages.h"
#include "server/metrics/server_condition.h"
#include "server/metrics_page.h"
#include "server/runtime/disk_reserve.h"
#include "server/runtime/exit_code.h"
#include "server/runtime/memory_limit.h"
#include "server/runtime/options.h"
#include "server/runtime/shard_runner.h"

namespace twinq {
namespace {

using platform::Log;
using platform::LogField;
using platform::LogLevel;

// How long calls in progress may go on after the signal, or after the disk has failed.
constexpr absl::Duration kDrainMax = absl::Seconds(4);
constexpr absl::Duration kDrainOfFailedMax = absl::Seconds(1);
// The process is gone within 5 s, whatever does not answer.
constexpr absl::Duration kExitMax = absl::Milliseconds(4'800);
constexpr absl::Duration kPagesStopMax = absl::Milliseconds(150);

constexpr size_t kConfigBytesMax = 64 << 10;

ExitCode Fail(ExitCode code, absl::string_view reason) {
  Log(LogLevel::kError, "failed", {{"reason", reason}, {"exit_code", static_cast<int>(code)}});
  return code;
}

ReceiptKey FreshReceiptKey() {
  platform::Entropy entropy;
  ReceiptKey key;
  for (uint8_t& byte : key) byte = static_cast<uint8_t>(entropy.Next());
  return key;
}

// One completion queue thread for two processors: the other one is for the clients, the kernel and
// the strand. More threads than that measured slower.
int FrontEndThreads() { return std::max(1, platform::ProcessorCount() / 2); }

// Where it is served.
struct Addresses {
  std::string grpc;
  std::string metrics;  // Empty: nowhere.
};

// Tells the log, and whoever waits for the line on standard output, which has the same form
// whatever that of the log is.
void SayReady(const ServerOptions& options, const Addresses& addresses) {
  std::vector<LogField> fields = {{"grpc", addresses.grpc}};
  if (!addresses.metrics.empty()) fields.emplace_back("metrics", addresses.metrics);
  const std::string durability = DurabilityText(options);
  if (options.data_dir.empty()) {
    fields.emplace_back("storage", "memory");
  } else {
    fields.emplace_back("storage", options.data_dir);
    fields.emplace_back("durability", durability);
  }
  Log(LogLevel::kInfo, "ready", fields);
  std::string line = "twinqd ready";
  for (const LogField& field : fields) {
    absl::StrAppend(&line, " ", field.name(), "=",
                    platform::LogText(std::get<absl::string_view>(field.value())));
  }
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

absl::string_view SignalName(int signal) { return signal == SIGINT ? "SIGINT" : "SIGTERM"; }

ExitCode FailOfDisk(const absl::Status& failure) {
  return Fail(ExitCode::kDiskFailed, absl::StrCat("the disk has failed: ", failure.message()));
}

// Brings the shard to where it was, and makes it take commands; else how the process ends.
std::optional<ExitCode> Recover(Shard& shard, ShardRunner& runner) {
  const absl::Status replayed = shard.Start(FreshReceiptKey());
  if (absl::IsCancelled(replayed)) {
    Log(LogLevel::kInfo, "stopped",
        {{"reason", replayed.message()}, {"exit_code", static_cast<int>(ExitCode::kOk)}});
    return ExitCode::kOk;
  }
  if (!replayed.ok()) return Fail(ExitCodeOf(replayed), replayed.message());
  const absl::Status started = runner.Start();
  if (!started.ok()) return FailOfDisk(started);
  return std::nullopt;
}

// Ends what has been serving, within kExitMax: with kHung if that is not possible in order.
ExitCode End(GrpcServer& server, MetricsPage& page, ShardRunner& runner) {
  const platform::Watchdog watchdog(kExitMax, [&runner] {
    const bool has_failed = !runner.failure().ok();
    std::_Exit(static_cast<int>(
        has_failed
            ? ExitCode::kDiskFailed
            : Fail(ExitCode::kHung, "the disk does not answer; what was not synced may be lost")));
  });
  const bool has_failed = !runner.failure().ok();
  server.SetNotServing();
  runner.Drain();
  server.Shutdown(has_failed ? kDrainOfFailedMax : kDrainMax);
  page.Close();
  runner.Stop();
  const absl::Status failure = runner.failure();
  if (failure.ok()) return ExitCode::kOk;
  return FailOfDisk(failure);
}

// What stands behind a shard, and is other for memory and for disk.
struct Storage {
  DiskReserve* disk_reserve = nullptr;
  std::optional<LogShape> journal = std::nullopt;
  std::function<void(MetricsPage&)> on_recovered = [](MetricsPage&) {};  // Before it is ready.
};

api::ServerInfo InfoOf(const ServerOptions& options, const Addresses& addresses,
                       absl::Time started_at, const Clock& interval_clock) {
  api::ServerInfo info;
  const uint64_t machine_bytes = platform::MachineMemoryBytes();
  info.memory_bytes_max = options.MemoryBytesMax(machine_bytes);
  info.transit_bytes_max = options.TransitBytesMax(machine_bytes);
  info.metrics_address = addresses.metrics;
  info.started_at = started_at;
  info.process_id = platform::OwnProcessId();
  if (!options.data_dir.empty()) {
    info.storage = options.data_dir;
    info.durability = DurabilityText(options);
  }
  const absl::Time begin = interval_clock.Now();
  info.uptime = [begin, &interval_clock] { return interval_clock.Now() - begin; };
  return info;
}

// Serves the page if the options say where; notes the address.
absl::StatusOr<std::unique_ptr<metrics::HttpPages>> ServePage(const ServerOptions& options,
                                                              MetricsPage& page,
                                                              Addresses& addresses) {
  if (options.metrics.empty()) return nullptr;
  absl::StatusOr<std::unique_ptr<metrics::HttpPages>> served = metrics::HttpPages::Start(
      options.metrics, [&page](absl::string_view path) { return page.PageOf(path); });
  if (served.ok()) addresses.metrics = (*served)->address();
  return served;
}

// Serves with the shard until a signal, or a failure of the disk.
ExitCode ServeShard(const ServerOptions& options, Shard& shard, const Storage& storage,
                    platform::TerminationSignals& signals) {
  const platform::SystemClock clock;
  const platform::MonotonicClock interval_clock;
  const uint64_t machine_bytes = platform::MachineMemoryBytes();
  MemoryLimit memory_limit(options.MemoryBytesMax(machine_bytes));
  metrics::ServerCondition condition;
  ShardRunner runner(shard, {.queues = clock, .intervals = interval_clock},
                     {.sync_interval = options.sync_interval.value_or(absl::InfiniteDuration()),
                      .disk_reserve = storage.disk_reserve,
                      .memory_limit = &memory_limit,
                      .on_failure = [&signals, &condition] {
                        condition.SetFailed();
                        signals.Interrupt();
                      }});
  const absl::Time started_at = clock.Now();
  metrics::CallMetrics calls(api::CountedNames(), interval_clock);
  MetricsPage page({.condition = condition,
                    .calls = calls,
                    .runner = runner,
                    .sink = runner,
                    .clock = interval_clock,
                    .started_at = started_at,
                    .memory_bytes_max = options.MemoryBytesMax(machine_bytes),
                    .journal = storage.journal});
  Addresses addresses;
  auto pages = ServePage(options, page, addresses);
  if (!pages.ok()) return Fail(ExitCode::kFailed, pages.status().message());
  api::Backend backend(runner, InfoOf(options, addresses, started_at, interval_clock));
  absl::StatusOr<std::unique_ptr<GrpcServer>> server =
      GrpcServer::Start({.address = options.grpc,
                         .threads = FrontEndThreads(),
                         .streams_max = options.streams_max,
                         .transport_bytes_max = options.TransitBytesMax(machine_bytes),
                         .calls = options.metrics.empty() ? nullptr : &calls},
                        backend);
  if (!server.ok()) return Fail(ExitCode::kFailed, server.status().message());
  addresses.grpc = (*server)->address();

  if (const std::optional<ExitCode> ended = Recover(shard, runner)) return *ended;
  storage.on_recovered(page);
  backend.Open(shard.receipt_key());
  page.Open();
  condition.SetServing();
  (*server)->SetServing();
  SayReady(options, addresses);

  const int signal = signals.Wait();
  signals.EndProcessAtNext();
  Log(LogLevel::kInfo, "ending",
      {{"reason", signal == 0 ? "the disk has failed" : SignalName(signal)}});
  condition.SetEnding();
  const ExitCode code = End(**server, page, runner);
  Log(LogLevel::kInfo, "stopped", {{"exit_code", static_cast<int>(code)}});
  // All is done: no client of the pages that says nothing holds up the end.
  const platform::Watchdog watchdog(kPagesStopMax, [code] { std::_Exit(static_cast<int>(code)); });
  pages->reset();
  return code;
}

ExitCode ServeFromMemory(const ServerOptions& options, platform::TerminationSignals& signals) {
  VolatileJournal journal;
  Shard shard(journal);
  return ServeShard(options, shard, {}, signals);
}

ExitCode ServeFromDisk(const ServerOptions& options, platform::TerminationSignals& signals) {
  platform::PosixFileSystem files;
  platform::Entropy entropy;
  absl::StatusOr<std::unique_ptr<FileJournal>> opened =
      OpenDataDirectory(files, options.data_dir, entropy);
  if (!opened.ok()) return Fail(ExitCodeOf(opened.status()), opened.status().message());
  const LogShape shape = (*opened)->shape();
  const platform::MonotonicClock clock;
  LoggedJournal journal(*std::move(opened),
                        {.directory = options.data_dir, .clock = clock, .is_cancelled = [&signals] {
                           return signals.IsPending();
                         }});
  Shard shard(journal,
              options.sync_interval.has_value() ? ReplyWhen::kWritten : ReplyWhen::kDurable,
              LogCleaner::OptionsFor(options.journal_slack_bytes));
  DiskReserve reserve(files, clock,
                      {.directory = options.data_dir, .reserve_bytes = options.disk_reserve_bytes});
  const auto note_recovery = [&journal, &shard](MetricsPage& page) {
    LogRecovered(journal.replayed(), shard.totals());
    page.NoteRecovered(journal.replayed());
  };
  return ServeShard(options, shard,
                    {.disk_reserve = &reserve, .journal = shape, .on_recovered = note_recovery},
                    signals);
}

void SetLog(const LogOptions& options) {
  platform::SetLogLevel(options.level);
  platform::SetLogFormat(options.format);
}

ExitCode Check(const CheckOptions& options) {
  SetLog(options.log);
  platform::PosixFileSystem files;
  const absl::StatusOr<JournalCheck> check = CheckJournal(files, options.directory);
  if (!check.ok()) return Fail(ExitCodeOf(check.status()), check.status().message());
  std::fputs(check->report.c_str(), stdout);
  switch (check->verdict) {
    case JournalCheck::Verdict::kSound:
      return ExitCode::kOk;
    case JournalCheck::Verdict::kDamaged:
      return ExitCode::kDamaged;
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

int Main(const std::vector<std::string>& arguments) {
  const auto read_file = [](const std::string& path) {
    return platform::ReadFile(path, kConfigBytesMax);
  };
  const std::variant<ServerOptions, CheckOptions, ExitNow> parsed = ParseServerOptions(
      {.arguments = arguments, .environment = platform::Environment(), .read_file = read_file});
  if (const auto* exit = std::get_if<ExitNow>(&parsed)) {
    std::fputs(exit->output.c_str(), stdout);
    std::fputs(exit->errors.c_str(), stderr);
    return static_cast<int>(exit->code);
  }
  if (const auto* check = std::get_if<CheckOptions>(&parsed)) {
    return static_cast<int>(Check(*check));
  }
  const ServerOptions& options = std::get<ServerOptions>(parsed);
  SetLog(options.log);
  platform::TerminationSignals signals;
  platform::IgnoreSigpipe();
  platform::AllowAllOpenFiles();
  platform::JoinFreedBlocksAtOnce();
  Log(LogLevel::kInfo, "starting", {{"version", Version()}});
  const ExitCode code = options.data_dir.empty() ? ServeFromMemory(options, signals)
                                                 : ServeFromDisk(options, signals);
  return static_cast<int>(code);
}

}  // namespace
}  // namespace twinq

// Nothing throws but the lack of memory, which is the end.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) { return twinq::Main({argv + 1, argv + argc}); }
