#include <string>

#include "absl/strings/str_format.h"

#include "client/cli/command.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// twinq send QUEUE BODY: prints the message's id and, on a FIFO queue, its sequence number.
class Send : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand("send", "Send a message and print its id");
    verb->add_option("QUEUE", queue_, "name or URL")->required();
    verb->add_option("BODY", body_, "the message's text; after -- it may begin with a dash")
        ->required();
    verb->add_option("--group", options_.group_id,
                     "message group, whose order is kept (a FIFO queue needs it)");
    verb->add_option("--dedup-id", options_.dedup_id,
                     "a message with the same id is not stored again for five minutes (FIFO)");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(client::QueueClient& client, std::FILE* out) override {
    TWINQ_ASSIGN_OR_RETURN(const client::SentMessage sent,
                           client.SendMessage(queue_, body_, options_));
    absl::FPrintF(out, "%s", sent.message_id);
    if (!sent.sequence_number.empty()) absl::FPrintF(out, " sequence %s", sent.sequence_number);
    absl::FPrintF(out, "\n");
    return ExitCode::kOk;
  }

 private:
  std::string queue_;
  std::string body_;
  client::SendOptions options_;
};

}  // namespace

std::unique_ptr<Command> MakeSend() { return std::make_unique<Send>(); }

}  // namespace twinq::cli
