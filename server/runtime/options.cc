#include "server/runtime/options.h"

#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include <CLI/CLI.hpp>

#include "core/base/status_macros.h"
#include "core/base/version.h"
#include "server/runtime/nearest_name.h"
#include "server/runtime/server_settings.h"
#include "server/runtime/settings.h"

namespace twinq {
namespace {

constexpr absl::string_view kCommandLine = "command line";

constexpr char kFooter[] =
    "Each option with a value can also be set by a variable of the environment (TWINQ_DATA_DIR "
    "for\n"
    "--data-dir) and by a line of the file that --config or TWINQ_CONFIG names (data-dir = DIR).\n"
    "The command line goes before the environment, the environment before the file.\n"
    "\n"
    "Exit codes: 0 ended as asked; 1 cannot listen on --grpc or --metrics; 64 a setting makes no "
    "sense, "
    "nothing\n"
    "was touched; 65 the journal is damaged; 70 the disk does not answer; 73 --data-dir cannot be\n"
    "made or opened; 74 the disk has failed; 75 another process holds --data-dir; 143 or 130 "
    "ended\n"
    "at once by a second SIGTERM or SIGINT.";

ExitNow UsageError(absl::string_view message) {
  return {.code = ExitCode::kUsage,
          .output = "",
          .errors = absl::StrCat("twinqd: ", message, "\nRun with --help for more information.\n")};
}

// The arguments from the back, as CLI11 wants them. Of `--name=`, whose value is empty, it would
// take the next argument for the value, unless the two stand apart.
std::vector<std::string> ForCli11(const std::vector<std::string>& arguments) {
  std::vector<std::string> reversed;
  for (auto argument = arguments.rbegin(); argument != arguments.rend(); ++argument) {
    const bool is_empty_value =
        absl::StartsWith(*argument, "--") && argument->find('=') == argument->size() - 1;
    if (is_empty_value) {
      reversed.emplace_back();
      reversed.push_back(argument->substr(0, argument->size() - 1));
    } else {
      reversed.push_back(*argument);
    }
  }
  return reversed;
}

// The command line as CLI11 reads it.
class CommandLine {
 public:
  explicit CommandLine(absl::Span<const SettingKind> kinds) {
    app_.set_version_flag("--version", absl::StrCat("twinqd ", Version()),
                          "Print the version and exit");
    app_.add_flag("--print-config", is_print_config_,
                  "Print each setting, its value and where it comes from, and exit");
    for (const SettingKind& kind : kinds) {
      CLI::Option* option = app_.add_option(absl::StrCat("--", kind.name), texts_[kind.name],
                                            std::string(kind.meaning));
      option->type_name(std::string(kind.form));
      if (!kind.default_text.empty()) option->default_str(std::string(kind.default_text));
      options_.emplace_back(kind.name, option);
    }
    app_.fallthrough();  // Flags may stand behind the verb.
    app_.allow_extras();
    verb_ = app_.add_subcommand(
        "check", "Read the journal in a data directory without changing it, and say what is there");
    verb_->add_option("DIR", directory_, "A data directory that no server holds")->required();
    app_.footer(kFooter);
  }

  // Nothing if there is no mistake, and no request that CLI11 answers itself.
  std::optional<ExitNow> Parse(const std::vector<std::string>& arguments) {
    // CLI11 reports by throwing: caught here, where it is called.
    try {
      app_.parse(ForCli11(arguments));
    } catch (const CLI::ParseError& error) {
      std::ostringstream output;
      std::ostringstream errors;
      const int code = app_.exit(error, output, errors);
      return ExitNow{code == 0 ? ExitCode::kOk : ExitCode::kUsage, output.str(), errors.str()};
    }
    const std::vector<std::string> unknown = app_.remaining(/*recurse=*/true);
    if (unknown.empty()) return std::nullopt;
    return UsageError(MistakeIn(unknown[0]));
  }

  absl::Status GiveTo(Settings& settings) const {
    for (const auto& [name, option] : options_) {
      if (option->count() == 0) continue;
      TWINQ_RETURN_IF_ERROR(settings.Give(name, texts_.at(name), kCommandLine));
    }
    return absl::OkStatus();
  }

  bool is_print_config() const { return is_print_config_; }
  bool is_check() const { return verb_->parsed(); }
  const std::string& directory() const { return directory_; }

 private:
  std::string MistakeIn(absl::string_view unknown) const {
    if (!absl::StartsWith(unknown, "-")) {
      return absl::StrCat("there is no verb '", unknown, "'; the nearest is check");
    }
    std::vector<absl::string_view> flags = {"help", "version", "print-config"};
    for (const auto& [name, option] : options_) flags.push_back(name);
    const NearestName nearest = FindNearestName(unknown.substr(0, unknown.find('=')), flags);
    return absl::StrCat("there is no flag ", unknown, "; the nearest is --", nearest.name);
  }

  CLI::App app_{"A message-queue server with the semantics of Amazon SQS.", "twinqd"};
  std::map<absl::string_view, std::string> texts_;
  std::vector<std::pair<absl::string_view, const CLI::Option*>> options_;
  CLI::App* verb_ = nullptr;
  std::string directory_;
  bool is_print_config_ = false;
};

// Reads the file, the environment and the command line, in this order, each over what was before.
absl::Status GiveAll(const OptionSources& sources, const CommandLine& command_line,
                     Settings& settings) {
  Settings without_file(ServerSettingKinds());
  TWINQ_RETURN_IF_ERROR(without_file.GiveEnvironment(sources.environment));
  TWINQ_RETURN_IF_ERROR(command_line.GiveTo(without_file));
  const Setting& config = without_file.Get(kConfigSetting);
  if (config.is_given()) {
    const absl::StatusOr<std::string> contents = sources.read_file(config.text);
    if (!contents.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("--config=", config.text, " (", config.origin,
                                                     "): ", contents.status().message()));
    }
    TWINQ_RETURN_IF_ERROR(settings.GiveFile(config.text, *contents, kConfigSetting));
  }
  TWINQ_RETURN_IF_ERROR(settings.GiveEnvironment(sources.environment));
  return command_line.GiveTo(settings);
}

}  // namespace

std::variant<ServerOptions, CheckOptions, ExitNow> ParseServerOptions(
    const OptionSources& sources) {
  CommandLine command_line(ServerSettingKinds());
  if (std::optional<ExitNow> exit = command_line.Parse(sources.arguments)) return *std::move(exit);
  Settings settings(ServerSettingKinds());
  const absl::Status given = GiveAll(sources, command_line, settings);
  if (!given.ok()) return UsageError(given.message());
  if (command_line.is_check()) {
    return CheckOptions{.directory = command_line.directory(), .log = LogOptionsOf(settings)};
  }
  absl::StatusOr<ServerOptions> options = ServerOptionsOf(settings);
  if (!options.ok()) return UsageError(options.status().message());
  if (command_line.is_print_config()) {
    return ExitNow{.output = settings.Listing(kConfigSetting), .errors = ""};
  }
  return *std::move(options);
}

}  // namespace twinq
