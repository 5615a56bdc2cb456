#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"

#include "client/cli/command.h"
#include "client/lib/durations.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// An option that takes a span, as in "30s".
CLI::Option* AddSpan(CLI::App& verb, const std::string& name, std::optional<absl::Duration>& span,
                     const std::string& description) {
  const auto complaint = [](const std::string& text) {
    return std::string(client::ParseDuration(text).status().message());
  };
  const auto assign = [&span](const std::string& text) { span = *client::ParseDuration(text); };
  return verb.add_option_function<std::string>(name, assign, description)
      ->check(CLI::Validator(complaint, "DURATION"));
}

// twinq receive QUEUE: prints each message's body and how to name it afterwards.
class Receive : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand("receive", "Receive messages and print them");
    verb->add_option("QUEUE", queue_, "name or URL")->required();
    verb->add_option("--max", options_.messages_max, "messages to take, 1 to 10 (default 1)");
    AddSpan(*verb, "--wait", options_.wait,
            "for the first message, 0 to 20s (default: the queue's)");
    AddSpan(*verb, "--visibility", options_.visibility_timeout,
            "how long others do not see them, 0 to 12h (default: the queue's)");
    verb->add_flag("--ack", ack_, "delete each message once it is printed");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(client::QueueClient& client, std::FILE* out) override {
    TWINQ_ASSIGN_OR_RETURN(const std::vector<client::ReceivedMessage> messages,
                           client.ReceiveMessages(queue_, options_));
    for (const client::ReceivedMessage& message : messages) {
      absl::FPrintF(out, "%s\n  id      %s\n", message.body, message.message_id);
      if (!ack_) {
        absl::FPrintF(out, "  handle  %s\n", message.receipt_handle);
        continue;
      }
      // Printed first: a message that was deleted and not shown would be lost.
      if (std::fflush(out) != 0)
        return absl::DataLossError("cannot write; the message is not deleted");
      TWINQ_RETURN_IF_ERROR(client.DeleteMessage(queue_, message.receipt_handle));
      absl::FPrintF(out, "  deleted\n");
    }
    return messages.empty() ? ExitCode::kNothing : ExitCode::kOk;
  }

 private:
  std::string queue_;
  client::ReceiveOptions options_;
  bool ack_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeReceive() { return std::make_unique<Receive>(); }

}  // namespace twinq::cli
