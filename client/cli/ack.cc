#include <string>

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// twinq ack QUEUE HANDLE: silent when done.
class Ack : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb =
        parent.add_subcommand("ack", "Delete a received message, which is handled now");
    AddQueue(*verb, queue_);
    verb->add_option("HANDLE", receipt_handle_, "its receipt handle, as `twinq receive` printed it")
        ->required();
    verb->footer(
        "Example:\n"
        "  handle=$(twinq receive jobs --output json | jq -r .ReceiptHandle)\n"
        "  twinq ack jobs $handle");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    TWINQ_RETURN_IF_ERROR(session.queues.DeleteMessage(queue_, receipt_handle_));
    return ExitCode::kOk;
  }

 private:
  std::string queue_;
  std::string receipt_handle_;
};

}  // namespace

std::unique_ptr<Command> MakeAck() { return std::make_unique<Ack>(); }

}  // namespace twinq::cli
