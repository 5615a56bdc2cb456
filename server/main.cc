// twinqd: wires the parts together and waits for the signal to end.

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include "broker/shard.h"
#include "core/base/status_macros.h"
#include "core/base/version.h"
#include "journal/file/file_journal.h"
#include "journal/volatile_journal.h"
#include "platform/entropy.h"
#include "platform/log.h"
#include "platform/monotonic_clock.h"
#include "platform/posix_file_system.h"
#include "platform/signals.h"
#include "platform/system_clock.h"
#include "platform/thread.h"
#include "server/api/backend.h"
#include "server/grpc/grpc_server.h"
#include "server/runtime/options.h"
#include "server/runtime/shard_runner.h"

namespace twinq {
namespace {

using platform::Log;
using platform::LogLevel;

// How long calls in progress may go on after the signal; the process is to be gone within 5 s.
constexpr absl::Duration kDrainMax = absl::Seconds(4);

ReceiptKey FreshReceiptKey() {
  platform::Entropy entropy;
  ReceiptKey key;
  for (uint8_t& byte : key) byte = static_cast<uint8_t>(entropy.Next());
  return key;
}

// One completion queue thread for two processors: the other one is for the clients, the kernel and
// the strand. More threads than that measured slower.
int FrontEndThreads() { return std::max(1, platform::ProcessorCount() / 2); }

// Borrows the file system.
absl::StatusOr<std::unique_ptr<Journal>> OpenJournal(const ServerOptions& options,
                                                     FileSystem& files) {
  if (options.data_dir.empty()) return std::make_unique<VolatileJournal>();
  platform::Entropy entropy;
  absl::StatusOr<std::unique_ptr<FileJournal>> journal =
      FileJournal::Open(files, options.data_dir, {.new_log_id = entropy.Next()});
  if (journal.ok()) return *std::move(journal);
  return absl::Status(
      journal.status().code(),
      absl::StrCat("cannot open --data-dir=", options.data_dir, ": ", journal.status().message()));
}

// What the ready line says of where messages are kept.
std::string StorageText(const ServerOptions& options) {
  if (options.data_dir.empty()) return "storage=memory";
  return absl::StrCat("storage=", options.data_dir, " durability=", DurabilityText(options));
}

absl::Status Serve(const ServerOptions& options, platform::TerminationSignals& signals) {
  const platform::SystemClock clock;
  platform::PosixFileSystem files;
  TWINQ_ASSIGN_OR_RETURN(const std::unique_ptr<Journal> journal, OpenJournal(options, files));
  Shard shard(*journal,
              options.sync_interval.has_value() ? ReplyWhen::kWritten : ReplyWhen::kDurable);
  TWINQ_RETURN_IF_ERROR(shard.Start(FreshReceiptKey()));
  const platform::MonotonicClock interval_clock;
  ShardRunner runner(shard, {.queues = clock, .intervals = interval_clock},
                     {.sync_interval = options.sync_interval.value_or(absl::InfiniteDuration())});
  TWINQ_RETURN_IF_ERROR(runner.Start());

  const api::Backend backend{.sink = runner, .handles = api::ReceiptHandles(shard.receipt_key())};
  absl::StatusOr<std::unique_ptr<GrpcServer>> server =
      GrpcServer::Start({.address = options.grpc, .threads = FrontEndThreads()}, backend);
  if (!server.ok()) {
    runner.Stop();
    return server.status();
  }
  std::printf("twinqd ready grpc=%s %s\n", (*server)->address().c_str(),
              StorageText(options).c_str());
  std::fflush(stdout);

  const int signal = signals.Wait();
  signals.Restore();  // A second signal ends the process at once.
  Log(LogLevel::kInfo, absl::StrCat("signal ", signal, ", finishing the calls in progress"));
  (*server)->SetNotServing();
  runner.Drain();
  (*server)->Shutdown(kDrainMax);
  runner.Stop();
  Log(LogLevel::kInfo, "stopped");
  return absl::OkStatus();
}

int Main(const std::vector<std::string>& arguments) {
  const std::variant<ServerOptions, ExitNow> parsed = ParseServerOptions(arguments);
  if (const auto* exit = std::get_if<ExitNow>(&parsed)) {
    std::fputs(exit->output.c_str(), stdout);
    std::fputs(exit->errors.c_str(), stderr);
    return exit->code;
  }
  const ServerOptions& options = std::get<ServerOptions>(parsed);
  platform::SetLogLevel(options.log_level);
  platform::TerminationSignals signals;
  platform::IgnoreSigpipe();
  Log(LogLevel::kInfo, absl::StrCat("twinqd ", Version(), " starting"));
  const absl::Status served = Serve(options, signals);
  if (served.ok()) return 0;
  Log(LogLevel::kError, served.message());
  return 1;
}

}  // namespace
}  // namespace twinq

// Nothing throws but the lack of memory, which is the end.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) { return twinq::Main({argv + 1, argv + argc}); }
