#ifndef TWINQ_SERVER_RUNTIME_OPTIONS_H_
#define TWINQ_SERVER_RUNTIME_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "platform/log_line.h"
#include "server/runtime/exit_code.h"
#include "server/runtime/memory_size.h"

namespace twinq {

// Two segments of the journal.
inline constexpr uint64_t kDiskReserveBytesDefault = 32 << 20;
inline constexpr uint64_t kJournalSlackBytesDefault = 64 << 20;
inline constexpr uint64_t kMemoryBytesMin = 1 << 20;
inline constexpr uint64_t kTransitBytesMin = 64 << 20;
inline constexpr int kStreamsMaxMost = 1'000'000;

// What is logged, and how.
struct LogOptions {
  platform::LogLevel level = platform::LogLevel::kInfo;
  platform::LogFormat format = platform::LogFormat::kText;
};

// What the settings of twinqd say.
struct ServerOptions {
  std::string grpc = "127.0.0.1:9323";  // ADDRESS:PORT to listen on; port 0 picks a free one.
  std::string metrics;                  // The same for metrics and health; empty: neither.
  std::string data_dir;                 // Where messages are kept; empty: in memory.
  // Nothing: a message is acknowledged when it is durable. Else when it is written, and so much
  // later at most it is synced; kSyncIntervalMin to kSyncIntervalMax.
  std::optional<absl::Duration> sync_interval;
  // Sends and new queues are refused while the volume has no more free; 0: never.
  uint64_t disk_reserve_bytes = kDiskReserveBytesDefault;
  // How much longer than one and a half times what counts in it the journal gets before it is
  // cleaned.
  uint64_t journal_slack_bytes = kJournalSlackBytesDefault;
  // Sends and new queues are refused while queues and messages take so much; a share of the
  // machine's memory.
  MemorySize memory_max = {.percent = 75};
  // What requests and answers on their way may take; a share of `memory_max`.
  MemorySize transit_max = {.percent = 12};
  // How many calls one connection may have under way; 1 to kStreamsMaxMost.
  int streams_max = 10'000;
  LogOptions log;

  // In bytes, on a machine of so much memory.
  uint64_t MemoryBytesMax(uint64_t machine_bytes) const { return memory_max.Of(machine_bytes); }
  // At least kTransitBytesMin.
  uint64_t TransitBytesMax(uint64_t machine_bytes) const;
};

inline constexpr absl::Duration kSyncIntervalMin = absl::Milliseconds(1);
inline constexpr absl::Duration kSyncIntervalMax = absl::Minutes(1);

// `twinqd check DIR`: reads the journal there, changes nothing, and serves nobody.
struct CheckOptions {
  std::string directory;
  LogOptions log;
};

// The level as --durability has it.
std::string DurabilityText(const ServerOptions& options);

// What to print, and with which code to exit, instead of serving.
struct ExitNow {
  ExitCode code = ExitCode::kOk;
  std::string output;  // To standard output.
  std::string errors;  // To standard error.
};

// Where settings come from.
struct OptionSources {
  std::vector<std::string> arguments;    // The command line, without the program's name.
  std::vector<std::string> environment;  // NAME=VALUE each.
  // The contents of the config file, which is asked for at most once.
  std::function<absl::StatusOr<std::string>(const std::string& path)> read_file;
};

// Reads the settings: the command line goes before the environment, the environment before the
// config file, the file before the defaults. Nothing is touched by bad ones: the error names the
// setting, where it comes from, the value and what is allowed; of an unknown name the nearest.
std::variant<ServerOptions, CheckOptions, ExitNow> ParseServerOptions(const OptionSources& sources);

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_OPTIONS_H_
