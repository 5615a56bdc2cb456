#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "client/cli/json_lines.h"
#include "client/cli/line_reader.h"
#include "client/cli/line_sender.h"
#include "client/lib/call_status.h"
#include "core/base/status_macros.h"
#include "platform/read_file.h"

namespace twinq::cli {
namespace {

constexpr size_t kMessageBytesMax = 1'048'576;  // The service's.
constexpr int64_t kProgressEvery = 10'000;

// twinq send QUEUE [BODY]: prints the message's id and, on a FIFO queue, its sequence number.
// Without a body each line of the input is a message; a FIFO queue stores them in their order.
class Send : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb =
        parent.add_subcommand("send", "Send a message, or one for each line of the input");
    AddQueue(*verb, queue_);
    CLI::Option* body =
        verb->add_option("BODY", body_, "the message's text; after -- it may begin with a dash");
    verb->add_option("--file", file_, "a file whose contents are the message")
        ->type_name("FILE")
        ->excludes(body);
    verb->add_option("--group", options_.group_id,
                     "message group, whose order is kept (a FIFO queue needs it)");
    verb->add_option("--dedup-id", options_.dedup_id,
                     "a message with the same id is not stored again for five minutes (FIFO)");
    AddSpan(*verb, "--delay", options_.delay, "how long it is hidden first, 0 to 15m");
    const auto complaint = [](const std::string& text) {
      return std::string(ParseAttribute(text).status().message());
    };
    const auto assign = [this](const std::string& text) {
      options_.attributes.insert(*ParseAttribute(text));
    };
    verb->add_option_function<std::string>("--attribute", assign,
                                           "NAME=VALUE, or NAME:TYPE=VALUE with String, Number or "
                                           "Binary; may be given up to ten times")
        ->check(CLI::Validator(complaint, "NAME=VALUE"))
        ->trigger_on_parse();
    verb->footer(
        "Examples:\n"
        "  twinq send jobs 'resize 42'\n"
        "  twinq send orders.fifo paid --group ada --dedup-id 7 --attribute total:Number=12.50\n"
        "  twinq send jobs --file job.json\n"
        "  tail -f access.log | twinq send lines");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    if (file_.has_value()) {
      TWINQ_ASSIGN_OR_RETURN(body_, platform::ReadFile(*file_, kMessageBytesMax));
    }
    return body_.has_value() ? SendOne(session, *body_) : SendLines(session);
  }

 private:
  absl::StatusOr<ExitCode> SendOne(Session& session, const std::string& body) {
    TWINQ_ASSIGN_OR_RETURN(const client::SentMessage sent,
                           session.queues.SendMessage(queue_, body, options_));
    Print(session, sent);
    return ExitCode::kOk;
  }

  static void Print(const Session& session, const client::SentMessage& sent) {
    if (session.format == OutputFormat::kJson) return PrintJson(session.out, JsonOf(sent));
    absl::FPrintF(session.out, "%s", sent.message_id);
    const bool has_number = !sent.sequence_number.empty();
    if (has_number && session.format == OutputFormat::kTable) {
      absl::FPrintF(session.out, " sequence %s", sent.sequence_number);
    }
    absl::FPrintF(session.out, "\n");
  }

  absl::StatusOr<ExitCode> SendLines(Session& session) {
    // No server, or no such queue: better told before the first line is waited for.
    TWINQ_RETURN_IF_ERROR(session.queues.GetQueueAttributes(queue_).status());
    LineSender sender(session.channel, queue_, options_,
                      [this, &session](int64_t line, const LineSender::Outcome& outcome) {
                        TellLine(session, line, outcome);
                      });
    const absl::Status read = SendAll(session.in, sender);
    absl::Status failure = sender.Finish();
    failure.Update(read);
    if (session.shows_progress) absl::FPrintF(session.error, "\n");
    if (!failure.ok()) return WithCount(failure);
    if (session.format == OutputFormat::kTable) {
      absl::FPrintF(session.out, "sent %d messages\n", sent_);
    }
    return refused_ == 0 ? ExitCode::kOk : ExitCode::kRefused;
  }

  static absl::Status SendAll(std::FILE* in, LineSender& sender) {
    LineReader reader(in, kMessageBytesMax);
    for (;;) {
      TWINQ_ASSIGN_OR_RETURN(std::vector<std::string> lines, reader.Next());
      if (lines.empty()) return absl::OkStatus();
      for (std::string& line : lines) TWINQ_RETURN_IF_ERROR(sender.Send(std::move(line)));
    }
  }

  void TellLine(const Session& session, int64_t line, const LineSender::Outcome& outcome) {
    if (!outcome.ok()) {
      ++refused_;
      absl::FPrintF(session.error, "twinq: line %d: %s\n", line, outcome.status().message());
      return;
    }
    ++sent_;
    if (session.format != OutputFormat::kTable) Print(session, *outcome);
    if (session.shows_progress && sent_ % kProgressEvery == 0) {
      absl::FPrintF(session.error, "\rsent %d messages", sent_);
    }
  }

  absl::Status WithCount(const absl::Status& failure) const {
    const std::string text = absl::StrCat(failure.message(), " (", sent_, " lines were sent)");
    return client::WithSqsErrorName(absl::Status(failure.code(), text),
                                    client::SqsErrorName(failure));
  }

  std::string queue_;
  std::optional<std::string> body_;
  std::optional<std::string> file_;
  client::SendOptions options_;
  int64_t sent_ = 0;  // Lines.
  int64_t refused_ = 0;
};

}  // namespace

std::unique_ptr<Command> MakeSend() { return std::make_unique<Send>(); }

}  // namespace twinq::cli
