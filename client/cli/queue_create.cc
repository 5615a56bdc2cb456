#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "client/cli/json_lines.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// twinq queue create NAME [NAME=VALUE…]: prints the queue's URL. The name says the kind, as it
// must anyway.
class QueueCreate : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand(
        "create", "Create a queue and print its URL; a name that ends in .fifo makes it FIFO");
    verb->add_option("NAME", name_, "1 to 80 letters, digits, - and _, with .fifo if it is FIFO")
        ->required();
    AddSettings(*verb, settings_);
    verb->footer(
        "Examples:\n"
        "  twinq queue create jobs VisibilityTimeout=60\n"
        "  twinq queue create orders.fifo ContentBasedDeduplication=true\n\n" +
        SettingsHelp());
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    const auto kind =
        absl::EndsWith(name_, ".fifo") ? client::QueueKind::kFifo : client::QueueKind::kStandard;
    TWINQ_ASSIGN_OR_RETURN(const std::string url,
                           session.queues.CreateQueue(name_, kind, AttributesOf(settings_)));
    if (session.format == OutputFormat::kJson) {
      PrintJson(session.out, boost::json::object{{"QueueUrl", url}});
    } else {
      absl::FPrintF(session.out, "%s\n", url);
    }
    return ExitCode::kOk;
  }

 private:
  std::string name_;
  std::vector<std::string> settings_;
};

}  // namespace

std::unique_ptr<Command> MakeQueueCreate() { return std::make_unique<QueueCreate>(); }

}  // namespace twinq::cli
