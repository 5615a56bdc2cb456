#include "client/cli/program.h"

#include <iterator>
#include <memory>
#include <sstream>
#include <utility>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "client/cli/command.h"
#include "client/cli/explanation.h"
#include "client/cli/manual/help.h"
#include "client/cli/manual/usage_complaint.h"
#include "client/lib/channel.h"
#include "core/base/version.h"

namespace twinq::cli {
namespace {

constexpr char kExitCodes[] = R"(Exit code:
  0  done
  1  the server refused
  2  the command line is wrong
  3  no server, or no answer in time
  4  receive: no message
  5  you were asked, and did not say yes)";

// The parser and the verbs that it fills.
class Grammar {
 public:
  Grammar() : program_("Send and receive messages of a twinq server", "twinq") {
    program_.formatter(std::make_shared<HelpFormatter>());
    program_.set_help_flag("-h,--help", "print help, of a verb behind it, and exit");
    program_.set_version_flag("--version", absl::StrCat("twinq ", Version()),
                              "print the version and exit");
    program_.fallthrough();  // --server may stand behind the verb.
    program_.require_subcommand(1);
    program_.add_option("--server", server_, "where the server is")
        ->type_name("ADDRESS:PORT")
        ->envname("TWINQ_SERVER")
        ->capture_default_str();
    program_
        .add_option("--output", output_,
                    "table, for people; json, one object a line; raw, one value a line")
        ->check(CLI::IsMember({"table", "json", "raw"}))
        ->capture_default_str();
    program_.add_option("--color", color_, "auto, on a terminal only; always; never")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->envname("TWINQ_COLOR")
        ->capture_default_str();
    CLI::App* queue =
        program_.add_subcommand("queue", "Create, list, show, set, purge and delete queues");
    queue->footer(
        "Examples:\n"
        "  twinq queue create jobs\n"
        "  twinq queue list");
    queue->require_subcommand(1);
    Add(*queue, MakeQueueCreate());
    Add(*queue, MakeQueueList());
    Add(*queue, MakeQueueShow());
    Add(*queue, MakeQueueSet());
    Add(*queue, MakeQueuePurge());
    Add(*queue, MakeQueueDelete());
    Add(program_, MakeSend());
    Add(program_, MakeReceive());
    Add(program_, MakeAck());
    Add(program_, MakeExtend());
    Add(program_, MakeRelease());
    Add(program_, MakeServer());
    Add(program_, MakeCompletion());
    Add(program_, MakeMan());
    program_.footer(kExitCodes);  // At last: verbs would take it over.
  }

  CLI::App& program() { return program_; }
  const std::string& server() const { return server_; }
  OutputFormat format() const {
    if (output_ == "json") return OutputFormat::kJson;
    return output_ == "raw" ? OutputFormat::kRaw : OutputFormat::kTable;
  }
  bool HasColor(const Streams& streams) const {
    return color_ == "always" || (color_ == "auto" && streams.out_is_terminal);
  }

  // The verb that was given; null before a successful parse.
  Command* chosen() const {
    for (const auto& [verb, command] : commands_) {
      if (verb->parsed()) return command.get();
    }
    return nullptr;
  }

 private:
  void Add(CLI::App& parent, std::unique_ptr<Command> command) {
    CLI::App* verb = command->AddTo(parent);
    commands_.emplace_back(verb, std::move(command));
  }

  CLI::App program_;
  std::string server_ = "127.0.0.1:9323";
  std::string output_ = "table";
  std::string color_ = "auto";
  std::vector<std::pair<CLI::App*, std::unique_ptr<Command>>> commands_;
};

}  // namespace

ExitCode RunProgram(const std::vector<std::string>& arguments, const Streams& streams) {
  Grammar grammar;
  try {
    // CLI11 takes them off the end.
    grammar.program().parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::Success& request) {  // For help, or the version.
    std::ostringstream answer;
    grammar.program().exit(request, answer);
    absl::FPrintF(streams.out, "%s", answer.str());
    return ExitCode::kOk;
  } catch (const CLI::ParseError& problem) {
    absl::FPrintF(streams.error, "twinq: %s\n", UsageComplaint(grammar.program(), problem));
    return ExitCode::kUsage;
  }

  const auto channel = client::Connect(grammar.server());
  client::QueueClient queues(channel);
  client::AdminClient admin(channel);
  Session session{.channel = channel,
                  .queues = queues,
                  .admin = admin,
                  .format = grammar.format(),
                  .in = streams.in,
                  .out = streams.out,
                  .error = streams.error,
                  .asks = streams.in_is_terminal && streams.error_is_terminal,
                  .has_color = grammar.HasColor(streams),
                  .shows_progress = streams.error_is_terminal};
  const absl::StatusOr<ExitCode> outcome = grammar.chosen()->Run(session);
  if (outcome.ok()) return *outcome;
  const Explanation explanation = Explain(outcome.status(), grammar.server());
  absl::FPrintF(streams.error, "twinq: %s\n", explanation.text);
  return explanation.exit_code;
}

}  // namespace twinq::cli
