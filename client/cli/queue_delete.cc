#include <string>

#include "client/cli/command.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// twinq queue delete QUEUE: silent when done.
class QueueDelete : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand("delete", "End a queue with all its messages");
    verb->add_option("QUEUE", queue_, "name or URL")->required();
    return verb;
  }

  absl::StatusOr<ExitCode> Run(client::QueueClient& client, std::FILE* /*out*/) override {
    TWINQ_RETURN_IF_ERROR(client.DeleteQueue(queue_));
    return ExitCode::kOk;
  }

 private:
  std::string queue_;
};

}  // namespace

std::unique_ptr<Command> MakeQueueDelete() { return std::make_unique<QueueDelete>(); }

}  // namespace twinq::cli
