#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "client/cli/json_lines.h"
#include "core/base/status_macros.h"
#include "platform/mutex.h"

namespace twinq::cli {
namespace {

// While a server is starting, or full.
constexpr absl::Duration kPause = absl::Milliseconds(200);
constexpr absl::Duration kFollowWait = absl::Seconds(20);
constexpr int kFollowMessages = 10;

void Pause() {
  platform::Mutex mutex;
  platform::CondVar never;
  const platform::MutexLock lock(mutex);
  never.WaitFor(mutex, kPause);
}

// Of a server that may come back, or do what was asked later.
bool MayPass(const absl::Status& failure) {
  return absl::IsUnavailable(failure) || absl::IsDeadlineExceeded(failure) ||
         absl::IsResourceExhausted(failure) ||
         absl::IsCancelled(failure);  // By a server that ends.
}

// twinq receive QUEUE: prints each message's body and how to name it afterwards.
class Receive : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand("receive", "Receive messages and print them");
    AddQueue(*verb, queue_);
    verb->add_option("--max", messages_max_, "messages to take, 1 to 10 (default 1)");
    AddSpan(*verb, "--wait", options_.wait,
            "how long to wait for the first message, 0 to 20s (default: the queue's)");
    AddSpan(*verb, "--visibility", options_.visibility_timeout,
            "how long others do not see them, 0 to 12h (default: the queue's)");
    verb->add_flag("--ack", ack_, "delete each message once it is printed");
    verb->add_flag("--follow", follow_,
                   "go on until interrupted, also over restarts of the server");
    verb->footer(
        "Examples:\n"
        "  twinq receive jobs --wait 20s --ack\n"
        "  twinq receive orders.fifo --max 10 --output json | jq -r .Body\n"
        "  twinq receive lines --follow --ack --output raw");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    options_.details = client::Details::kAll;
    options_.messages_max = messages_max_.value_or(follow_ ? kFollowMessages : 1);
    if (follow_) return Follow(session);
    TWINQ_ASSIGN_OR_RETURN(const std::vector<client::ReceivedMessage> messages,
                           session.queues.ReceiveMessages(queue_, options_));
    TWINQ_RETURN_IF_ERROR(Take(session, messages));
    return messages.empty() ? ExitCode::kNothing : ExitCode::kOk;
  }

 private:
  // Ends with a failure that does not pass.
  absl::StatusOr<ExitCode> Follow(Session& session) {
    if (!options_.wait.has_value()) options_.wait = kFollowWait;
    bool was_away = false;
    for (;;) {
      const auto messages = session.queues.ReceiveMessages(queue_, options_);
      absl::Status outcome = messages.ok() ? Take(session, *messages) : messages.status();
      if (!outcome.ok() && !MayPass(outcome)) return outcome;
      const bool is_away = !outcome.ok();
      if (is_away != was_away) {
        absl::FPrintF(session.error, "twinq: %s\n",
                      is_away ? "the server does not answer; waiting for it" : "it is back");
      }
      was_away = is_away;
      if (is_away) Pause();
    }
  }

  absl::Status Take(Session& session, const std::vector<client::ReceivedMessage>& messages) {
    for (const client::ReceivedMessage& message : messages) {
      Print(session, message);
      // Printed first: a message that was deleted and not shown would be lost.
      if (std::fflush(session.out) != 0) {
        return absl::DataLossError("cannot write; the message is not deleted");
      }
      if (!ack_) continue;
      TWINQ_RETURN_IF_ERROR(session.queues.DeleteMessage(queue_, message.receipt_handle));
      if (session.format == OutputFormat::kTable) absl::FPrintF(session.out, "  deleted\n");
    }
    return absl::OkStatus();
  }

  void Print(const Session& session, const client::ReceivedMessage& message) const {
    switch (session.format) {
      case OutputFormat::kJson:
        return PrintJson(session.out, JsonOf(message));
      case OutputFormat::kRaw:
        absl::FPrintF(session.out, "%s\n", message.body);
        return;
      case OutputFormat::kTable:
        break;
    }
    absl::FPrintF(session.out, "%s\n  id      %s\n", message.body, message.message_id);
    const auto group = message.system_attributes.find("MessageGroupId");
    if (group != message.system_attributes.end()) {
      absl::FPrintF(session.out, "  group   %s\n", group->second);
    }
    for (const auto& [name, attribute] : message.attributes) {
      absl::FPrintF(session.out, "  %s=%s\n", name, attribute.value);
    }
    if (!ack_) absl::FPrintF(session.out, "  handle  %s\n", message.receipt_handle);
  }

  std::string queue_;
  std::optional<int> messages_max_;
  client::ReceiveOptions options_;
  bool ack_ = false;
  bool follow_ = false;
};

}  // namespace

std::unique_ptr<Command> MakeReceive() { return std::make_unique<Receive>(); }

}  // namespace twinq::cli
