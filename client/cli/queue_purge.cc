#include <string>

#include "absl/strings/str_cat.h"

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "client/cli/confirmation.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// twinq queue purge QUEUE: silent when done. Asks a person first.
class QueuePurge : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand("purge", "Delete all messages of a queue");
    AddQueue(*verb, queue_);
    verb->add_flag("--yes", yes_, "do not ask first");
    verb->footer("Example:\n  twinq queue purge jobs --yes");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    if (!yes_ && !Confirm(session, absl::StrCat("Delete all messages of ", queue_, "?")))
      return ExitCode::kNotDone;
    TWINQ_RETURN_IF_ERROR(session.queues.PurgeQueue(queue_));
    return ExitCode::kOk;
  }

 private:
  std::string queue_;
  bool yes_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeQueuePurge() { return std::make_unique<QueuePurge>(); }

}  // namespace twinq::cli
