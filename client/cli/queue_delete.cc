#include <string>

#include "absl/strings/str_cat.h"

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "client/cli/confirmation.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// twinq queue delete QUEUE: silent when done. Asks a person first.
class QueueDelete : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand("delete", "Delete a queue with all its messages");
    AddQueue(*verb, queue_);
    verb->add_flag("--yes", yes_, "do not ask first");
    verb->footer("Example:\n  twinq queue delete jobs --yes");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    if (!yes_ &&
        !Confirm(session, absl::StrCat("Delete the queue and all its messages: ", queue_, "?")))
      return ExitCode::kNotDone;
    TWINQ_RETURN_IF_ERROR(session.queues.DeleteQueue(queue_));
    return ExitCode::kOk;
  }

 private:
  std::string queue_;
  bool yes_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeQueueDelete() { return std::make_unique<QueueDelete>(); }

}  // namespace twinq::cli
