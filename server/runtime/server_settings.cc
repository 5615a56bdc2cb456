#include "server/runtime/server_settings.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"

#include "core/base/check.h"

namespace twinq {
namespace {

using platform::LogFormat;
using platform::LogLevel;

constexpr uint64_t kSizeMax = uint64_t{1} << 50;
constexpr absl::string_view kIntervalPrefix = "interval:";
constexpr LogLevel kLogLevels[] = {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarning,
                                   LogLevel::kError};

std::string MistakeInAddress(const std::string& text) {
  const size_t colon = text.rfind(':');
  const std::string digits = colon == std::string::npos ? "" : text.substr(colon + 1);
  uint32_t port = 0;
  // SimpleAtoi() would also take spaces and a sign.
  if (colon == 0 || !std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(digits, &port) || port > 65'535) {
    return absl::StrCat("'", text,
                        "' is not ADDRESS:PORT with a port of 0 to 65535, such as 127.0.0.1:9323");
  }
  return "";
}

// The library that listens would take what follows a comma for another address.
std::string MistakeInMetricsAddress(const std::string& text) {
  if (!absl::StrContains(text, ',')) return MistakeInAddress(text);
  return absl::StrCat("'", text, "' is not one ADDRESS:PORT, such as 127.0.0.1:9324");
}

// A flag that stands where a path should is not taken for one.
std::string MistakeInPath(const std::string& text, absl::string_view what) {
  if (text.empty()) return absl::StrCat("'' is not ", what);
  if (text[0] != '-') return "";
  return absl::StrCat("'", text, "' is not ", what, "; for one of this name say ./", text);
}

std::string MistakeInDirectory(const std::string& text) {
  return MistakeInPath(text, "a directory, such as /var/lib/twinq");
}

std::string MistakeInFile(const std::string& text) {
  return MistakeInPath(text, "a file, such as /etc/twinq.conf");
}

// Nothing if `text` is no interval that is allowed, "interval:20".
std::optional<absl::Duration> ParseInterval(absl::string_view text) {
  int64_t milliseconds = 0;
  if (!absl::ConsumePrefix(&text, kIntervalPrefix) ||
      !std::all_of(text.begin(), text.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(text, &milliseconds)) {
    return std::nullopt;
  }
  const absl::Duration interval = absl::Milliseconds(milliseconds);
  if (interval < kSyncIntervalMin || interval > kSyncIntervalMax) return std::nullopt;
  return interval;
}

std::string MistakeInDurability(const std::string& text) {
  if (text == "sync" || ParseInterval(text).has_value()) return "";
  return absl::StrCat("'", text, "' is neither sync nor interval:MS with ",
                      absl::ToInt64Milliseconds(kSyncIntervalMin), " to ",
                      absl::ToInt64Milliseconds(kSyncIntervalMax),
                      " milliseconds, such as interval:20");
}

// Nothing if `text` is no number of bytes, KiB, MiB or GiB.
std::optional<uint64_t> ParseSize(absl::string_view text) {
  constexpr std::pair<absl::string_view, int> kUnits[] = {{"KiB", 10}, {"MiB", 20}, {"GiB", 30}};
  int shift = 0;
  for (const auto& [unit, bits] : kUnits) {
    if (!absl::ConsumeSuffix(&text, unit)) continue;
    shift = bits;
    break;
  }
  uint64_t number = 0;
  if (!std::all_of(text.begin(), text.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(text, &number) || number > (kSizeMax >> shift)) {
    return std::nullopt;
  }
  return number << shift;
}

std::string MistakeInSize(const std::string& text) {
  if (ParseSize(text).has_value()) return "";
  return absl::StrCat("'", text, "' is not a size of 0 to ", kSizeMax >> 30,
                      "GiB in bytes, KiB, MiB or GiB, such as 64MiB");
}

// Nothing if `text` is neither a share of 1% to 100% nor a size of at least so many bytes.
std::optional<MemorySize> ParseMemory(absl::string_view text, uint64_t bytes_min) {
  if (absl::ConsumeSuffix(&text, "%")) {
    int percent = 0;
    if (!std::all_of(text.begin(), text.end(), absl::ascii_isdigit) ||
        !absl::SimpleAtoi(text, &percent) || percent < 1 || percent > 100) {
      return std::nullopt;
    }
    return MemorySize{.percent = percent};
  }
  const std::optional<uint64_t> size = ParseSize(text);
  if (!size.has_value() || *size < bytes_min) return std::nullopt;
  return MemorySize{.bytes = *size};
}

std::string MistakeInMemory(absl::string_view text, uint64_t bytes_min) {
  if (ParseMemory(text, bytes_min).has_value()) return "";
  return absl::StrCat("'", text, "' is neither a size of ", bytes_min >> 20, "MiB to ",
                      kSizeMax >> 30,
                      "GiB in bytes, KiB, MiB or GiB, such as 512MiB, nor a share "
                      "of 1% to 100%");
}

std::string MistakeInMemoryMax(const std::string& text) {
  return MistakeInMemory(text, kMemoryBytesMin);
}

std::string MistakeInTransitMax(const std::string& text) {
  return MistakeInMemory(text, kTransitBytesMin);
}

// Nothing if `text` is no number of streams that is allowed.
std::optional<int> ParseStreams(absl::string_view text) {
  int streams = 0;
  if (!std::all_of(text.begin(), text.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(text, &streams) || streams < 1 || streams > kStreamsMaxMost) {
    return std::nullopt;
  }
  return streams;
}

std::string MistakeInStreams(const std::string& text) {
  if (ParseStreams(text).has_value()) return "";
  return absl::StrCat("'", text, "' is not a number of 1 to ", kStreamsMaxMost);
}

std::optional<LogLevel> ParseLevel(absl::string_view text) {
  for (const LogLevel level : kLogLevels) {
    if (text == platform::NameOf(level)) return level;
  }
  return std::nullopt;
}

std::string MistakeInLevel(const std::string& text) {
  if (ParseLevel(text).has_value()) return "";
  return absl::StrCat("'", text, "' is none of debug, info, warning, error");
}

std::string MistakeInFormat(const std::string& text) {
  if (text == "text" || text == "json") return "";
  return absl::StrCat("'", text, "' is neither text nor json");
}

constexpr SettingKind kKinds[] = {
    {kConfigSetting, "FILE", "", "A file of lines 'name = value' with settings from this list",
     MistakeInFile},
    {"grpc", "ADDRESS:PORT", "127.0.0.1:9323", "Where to serve gRPC; port 0 picks a free one",
     MistakeInAddress},
    {"metrics", "ADDRESS:PORT", "",
     "Where to serve /metrics, /healthz and /readyz over HTTP; port 0 picks a free one; without "
     "it they are not served",
     MistakeInMetricsAddress},
    {"data-dir", "DIR", "",
     "Where to keep messages, made if it is not there; without it they are in memory",
     MistakeInDirectory},
    {"durability", "LEVEL", "sync",
     "When a message is acknowledged: sync, once it survives the loss of power; or interval:MS, "
     "once it survives the end of the process, and synced at most so many milliseconds later",
     MistakeInDurability},
    {"disk-reserve", "SIZE", "32MiB",
     "How much of the disk stays free for receiving and deleting: with less, sends and new queues "
     "are refused",
     MistakeInSize},
    {"journal-slack", "SIZE", "64MiB",
     "How much longer than one and a half times what counts in it the journal gets before it is "
     "cleaned",
     MistakeInSize},
    {"memory-max", "SIZE", "75%",
     "How much memory queues and messages may take, in bytes or as a share of the machine's: with "
     "less left than it needs, a send or new queue is refused",
     MistakeInMemoryMax},
    {"transit-max", "SIZE", "12%",
     "How much memory requests and answers on their way may take, in bytes or as a share of "
     "--memory-max, then at least 64MiB: calls beyond it are refused",
     MistakeInTransitMax},
    {"streams-max", "NUMBER", "10000",
     "How many calls one connection may have under way; further ones wait in the client",
     MistakeInStreams},
    {"log-level", "LEVEL", "info",
     "What goes to standard error: debug, info, warning or error, and what is above",
     MistakeInLevel},
    {"log-format", "FORMAT", "text",
     "How it is written there: text, name=value pairs; or json, one object a line",
     MistakeInFormat},
};

// Those that say something of storage on a disk only.
constexpr absl::string_view kOnlyWithDataDir[] = {"durability", "disk-reserve", "journal-slack"};

absl::Status CheckStorage(const Settings& settings) {
  if (settings.Get("data-dir").is_given()) return absl::OkStatus();
  for (const absl::string_view name : kOnlyWithDataDir) {
    const Setting& setting = settings.Get(name);
    if (!setting.is_given()) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("--", name, "=", setting.text, " (", setting.origin,
                     ") is allowed only with --data-dir=DIR: without it, messages are kept in "
                     "memory"));
  }
  return absl::OkStatus();
}

uint64_t SizeOf(const Setting& setting) {
  const std::optional<uint64_t> size = ParseSize(setting.text);
  TWINQ_CHECK(size.has_value());
  return *size;
}

MemorySize MemoryOf(const Setting& setting, uint64_t bytes_min) {
  const std::optional<MemorySize> size = ParseMemory(setting.text, bytes_min);
  TWINQ_CHECK(size.has_value());
  return *size;
}

int StreamsOf(const Setting& setting) {
  const std::optional<int> streams = ParseStreams(setting.text);
  TWINQ_CHECK(streams.has_value());
  return *streams;
}

}  // namespace

absl::Span<const SettingKind> ServerSettingKinds() { return kKinds; }

absl::StatusOr<ServerOptions> ServerOptionsOf(const Settings& settings) {
  if (absl::Status status = CheckStorage(settings); !status.ok()) return status;
  return ServerOptions{.grpc = settings.Get("grpc").text,
                       .metrics = settings.Get("metrics").text,
                       .data_dir = settings.Get("data-dir").text,
                       .sync_interval = ParseInterval(settings.Get("durability").text),
                       .disk_reserve_bytes = SizeOf(settings.Get("disk-reserve")),
                       .journal_slack_bytes = SizeOf(settings.Get("journal-slack")),
                       .memory_max = MemoryOf(settings.Get("memory-max"), kMemoryBytesMin),
                       .transit_max = MemoryOf(settings.Get("transit-max"), kTransitBytesMin),
                       .streams_max = StreamsOf(settings.Get("streams-max")),
                       .log = LogOptionsOf(settings)};
}

LogOptions LogOptionsOf(const Settings& settings) {
  const std::optional<LogLevel> level = ParseLevel(settings.Get("log-level").text);
  TWINQ_CHECK(level.has_value());
  const bool is_json = settings.Get("log-format").text == "json";
  return {.level = *level, .format = is_json ? LogFormat::kJson : LogFormat::kText};
}

uint64_t ServerOptions::TransitBytesMax(uint64_t machine_bytes) const {
  return std::max(kTransitBytesMin, transit_max.Of(MemoryBytesMax(machine_bytes)));
}

std::string DurabilityText(const ServerOptions& options) {
  if (!options.sync_interval.has_value()) return "sync";
  return absl::StrCat(kIntervalPrefix, absl::ToInt64Milliseconds(*options.sync_interval));
}

}  // namespace twinq
