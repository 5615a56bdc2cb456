#include "server/runtime/options.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <sstream>

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

std::string CheckDurability(const std::string& text) {
  if (text == "sync" || ParseInterval(text).has_value()) return "";
  return absl::StrCat("'", text, "' is neither sync nor interval:MS with ",
                      absl::ToInt64Milliseconds(kSyncIntervalMin), " to ",
                      absl::ToInt64Milliseconds(kSyncIntervalMax),
                      " milliseconds, such as interval:20");
}

std::string CheckDirectory(const std::string& text) {
  return text.empty() ? "'' is not a directory, such as /var/lib/twinq" : "";
}

}  // namespace

std::string DurabilityText(const ServerOptions& options) {
  if (!options.sync_interval.has_value()) return "sync";
  return absl::StrCat(kIntervalPrefix, absl::ToInt64Milliseconds(*options.sync_interval));
}

std::variant<ServerOptions, ExitNow> ParseServerOptions(const std::vector<std::string>& arguments) {
  ServerOptions options;
  CLI::App app("A message-queue server with the semantics of Amazon SQS.", "twinqd");
  app.set_version_flag("--version", absl::StrCat("twinqd ", Version()),
                       "Print the version and exit");
  app.add_option("--grpc", options.grpc, "Where to serve gRPC; port 0 picks a free one")
      ->type_name("ADDRESS:PORT")
      ->check(CheckAddress)
      ->capture_default_str();
  app.add_option("--data-dir", options.data_dir,
                 "Where to keep messages, made if it is not there; without it they are in memory")
      ->type_name("DIR")
      ->check(CheckDirectory);
  std::string durability = "sync";
  const CLI::Option* durability_option =
      app.add_option("--durability", durability,
                     "When a message is acknowledged: sync, once it survives the loss of power; or "
                     "interval:MS, once it survives the end of the process, and synced at most so "
                     "many milliseconds later")
          ->type_name("LEVEL")
          ->check(CheckDurability)
          ->capture_default_str();
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
  if (options.data_dir.empty() && durability_option->count() > 0) {
    return ExitNow{ExitCode::kUsage, "",
                   absl::StrCat("--durability=", durability,
                                " is allowed only with --data-dir=DIR: without it, messages are "
                                "kept in memory\n")};
  }
  options.sync_interval = ParseInterval(durability);
  options.log_level = levels.at(level);
  return options;
}

}  // namespace twinq
