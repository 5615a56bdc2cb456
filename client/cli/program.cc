#include "client/cli/program.h"

#include <iterator>
#include <memory>
#include <sstream>
#include <utility>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/strings/str_format.h"

#include "client/cli/command.h"
#include "client/cli/explanation.h"
#include "client/lib/channel.h"

namespace twinq::cli {
namespace {

constexpr char kExitCodes[] = R"(Exit code:
  0  done
  1  the server refused
  2  the command line is wrong
  3  no server, or no answer in time
  4  receive: no message)";

// The parser and the verbs that it fills.
class Grammar {
 public:
  Grammar() : program_("Send and receive messages of a twinq server.", "twinq") {
    program_.footer(kExitCodes);
    program_.fallthrough();  // --server may stand behind the verb.
    program_.require_subcommand(1);
    program_.add_option("--server", server_, "ADDRESS:PORT of the server")
        ->envname("TWINQ_SERVER")
        ->capture_default_str();
    CLI::App* queue = program_.add_subcommand("queue", "Make, list and delete queues");
    queue->require_subcommand(1);
    Add(*queue, MakeQueueCreate());
    Add(*queue, MakeQueueList());
    Add(*queue, MakeQueueDelete());
    Add(program_, MakeSend());
    Add(program_, MakeReceive());
    Add(program_, MakeAck());
  }

  CLI::App& program() { return program_; }
  const std::string& server() const { return server_; }

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
  std::vector<std::pair<CLI::App*, std::unique_ptr<Command>>> commands_;
};

}  // namespace

ExitCode RunProgram(const std::vector<std::string>& arguments, std::FILE* out, std::FILE* error) {
  Grammar grammar;
  try {
    // CLI11 takes them off the end.
    grammar.program().parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& problem) {  // A request for help too.
    std::ostringstream answer;
    std::ostringstream complaint;
    const int code = grammar.program().exit(problem, answer, complaint);
    absl::FPrintF(out, "%s", answer.str());
    absl::FPrintF(error, "%s", complaint.str());
    return code == 0 ? ExitCode::kOk : ExitCode::kUsage;
  }

  client::QueueClient client(client::Connect(grammar.server()));
  const absl::StatusOr<ExitCode> outcome = grammar.chosen()->Run(client, out);
  if (outcome.ok()) return *outcome;
  const Explanation explanation = Explain(outcome.status(), grammar.server());
  absl::FPrintF(error, "twinq: %s\n", explanation.text);
  return explanation.exit_code;
}

}  // namespace twinq::cli
