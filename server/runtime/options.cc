#include "server/runtime/options.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include <CLI/CLI.hpp>

#include "core/base/version.h"

namespace twinq {
namespace {

// Empty if `text` is ADDRESS:PORT, else what is wrong: CLI11's form of a check.
std::string CheckAddress(const std::string& text) {
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

constexpr char kExitCodes[] =
    "Exit codes: 0 ended as asked; 1 cannot listen on --grpc; 64 the command line makes no sense;\n"
    "65 the journal is damaged; 70 the disk does not answer; 73 --data-dir cannot be made or\n"
    "opened; 74 the disk has failed; 75 another process holds --data-dir.";

constexpr uint64_t kSizeMax = uint64_t{1} << 50;

constexpr absl::string_view kIntervalPrefix = "interval:";

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

std::string CheckSize(const std::string& text) {
  if (ParseSize(text).has_value()) return "";
  return absl::StrCat("'", text, "' is not a size of 0 to ", kSizeMax >> 30,
                      "GiB in bytes, KiB, MiB or GiB, such as 64MiB");
}

std::string CheckDurability(const std::string& text) {
  if (text == "sync" || ParseInterval(text).has_value()) return "";
  return absl::StrCat("'", text, "' is neither sync nor interval:MS with ",
                      absl::ToInt64Milliseconds(kSyncIntervalMin), " to ",
                      absl::ToInt64Milliseconds(kSyncIntervalMax),
                      " milliseconds, such as interval:20");
}

const CLI::App* AddCheck(CLI::App& app, CheckOptions& options) {
  CLI::App* verb = app.add_subcommand(
      "check", "Read the journal in a data directory without changing it, and say what is there");
  verb->add_option("DIR", options.directory, "A data directory that no server holds")->required();
  return verb;
}

std::string CheckDirectory(const std::string& text) {
  return text.empty() ? "'' is not a directory, such as /var/lib/twinq" : "";
}

// What the flags about storage say, as texts that have been checked.
class StorageFlags {
 public:
  explicit StorageFlags(CLI::App& app) {
    app.add_option("--data-dir", data_dir_,
                   "Where to keep messages, made if it is not there; without it they are in memory")
        ->type_name("DIR")
        ->check(CheckDirectory);
    durability_option_ =
        app.add_option("--durability", durability_,
                       "When a message is acknowledged: sync, once it survives the loss of power; "
                       "or interval:MS, once it survives the end of the process, and synced at "
                       "most so many milliseconds later")
            ->type_name("LEVEL")
            ->check(CheckDurability)
            ->capture_default_str();
    disk_reserve_option_ =
        app.add_option("--disk-reserve", disk_reserve_,
                       "How much of the disk stays free for receiving and deleting: with less, "
                       "sends and new queues are refused")
            ->type_name("SIZE")
            ->check(CheckSize)
            ->capture_default_str();
    journal_slack_option_ =
        app.add_option("--journal-slack", journal_slack_,
                       "How much longer than one and a half times what counts in it the journal "
                       "gets before it is cleaned")
            ->type_name("SIZE")
            ->check(CheckSize)
            ->capture_default_str();
  }

  // Of flags that are given without the one that they need.
  std::optional<ExitNow> Mistake() const {
    if (!data_dir_.empty()) return std::nullopt;
    if (durability_option_->count() > 0) return OnlyWithDataDir("--durability", durability_);
    if (disk_reserve_option_->count() > 0) return OnlyWithDataDir("--disk-reserve", disk_reserve_);
    if (journal_slack_option_->count() > 0) {
      return OnlyWithDataDir("--journal-slack", journal_slack_);
    }
    return std::nullopt;
  }

  void WriteTo(ServerOptions& options) const {
    options.data_dir = data_dir_;
    options.sync_interval = ParseInterval(durability_);
    options.disk_reserve_bytes = ParseSize(disk_reserve_).value_or(kDiskReserveBytesDefault);
    options.journal_slack_bytes = ParseSize(journal_slack_).value_or(kJournalSlackBytesDefault);
  }

 private:
  static ExitNow OnlyWithDataDir(absl::string_view flag, absl::string_view value) {
    return {.code = ExitCode::kUsage,
            .output = "",
            .errors = absl::StrCat(flag, "=", value,
                                   " is allowed only with --data-dir=DIR: without it, messages "
                                   "are kept in memory\n")};
  }

  std::string data_dir_;
  std::string durability_ = "sync";
  const CLI::Option* durability_option_ = nullptr;
  std::string disk_reserve_ = "32MiB";
  const CLI::Option* disk_reserve_option_ = nullptr;
  std::string journal_slack_ = "64MiB";
  const CLI::Option* journal_slack_option_ = nullptr;
};

}  // namespace

std::string DurabilityText(const ServerOptions& options) {
  if (!options.sync_interval.has_value()) return "sync";
  return absl::StrCat(kIntervalPrefix, absl::ToInt64Milliseconds(*options.sync_interval));
}

std::variant<ServerOptions, CheckOptions, ExitNow> ParseServerOptions(
    const std::vector<std::string>& arguments) {
  ServerOptions options;
  CLI::App app("A message-queue server with the semantics of Amazon SQS.", "twinqd");
  app.set_version_flag("--version", absl::StrCat("twinqd ", Version()),
                       "Print the version and exit");
  app.add_option("--grpc", options.grpc, "Where to serve gRPC; port 0 picks a free one")
      ->type_name("ADDRESS:PORT")
      ->check(CheckAddress)
      ->capture_default_str();
  const StorageFlags storage(app);
  const std::map<std::string, platform::LogLevel> levels = {
      {"debug", platform::LogLevel::kDebug},
      {"info", platform::LogLevel::kInfo},
      {"warning", platform::LogLevel::kWarning},
      {"error", platform::LogLevel::kError}};
  std::string level = "info";
  app.add_option("--log-level", level, "What goes to standard error")
      ->type_name("LEVEL")
      ->check(CLI::IsMember(levels))
      ->capture_default_str();

  CheckOptions check;
  const CLI::App* check_verb = AddCheck(app, check);
  app.footer(kExitCodes);

  // CLI11 reads its arguments from the back, and reports by throwing: caught here, where it is
  // called.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    std::ostringstream output;
    std::ostringstream errors;
    const int code = app.exit(error, output, errors);
    return ExitNow{code == 0 ? ExitCode::kOk : ExitCode::kUsage, output.str(), errors.str()};
  }
  if (check_verb->parsed()) return check;
  if (std::optional<ExitNow> mistake = storage.Mistake()) return *std::move(mistake);
  storage.WriteTo(options);
  options.log_level = levels.at(level);
  return options;
}

}  // namespace twinq
