#include <string>
#include <vector>

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// twinq queue set QUEUE NAME=VALUE…: silent when done.
class QueueSet : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand("set", "Change settings of a queue");
    AddQueue(*verb, queue_);
    AddSettings(*verb, settings_)->required();
    verb->footer("Example:\n  twinq queue set jobs VisibilityTimeout=60 DelaySeconds=5\n\n" +
                 SettingsHelp());
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    TWINQ_RETURN_IF_ERROR(session.queues.SetQueueAttributes(queue_, AttributesOf(settings_)));
    return ExitCode::kOk;
  }

 private:
  std::string queue_;
  std::vector<std::string> settings_;
};

}  // namespace

std::unique_ptr<Command> MakeQueueSet() { return std::make_unique<QueueSet>(); }

}  // namespace twinq::cli
