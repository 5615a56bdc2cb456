#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "client/cli/json_lines.h"
#include "client/cli/table.h"
#include "client/lib/call_status.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// twinq queue list [PREFIX]: kinds and depths, in the order of the names.
class QueueList : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand("list", "List the queues with their kinds and depths");
    verb->add_option("PREFIX", prefix_, "only queues whose names begin with this");
    verb->footer(
        "Examples:\n"
        "  twinq queue list\n"
        "  twinq queue list orders- --output raw     names only");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    Table table({"NAME", "KIND", "VISIBLE", "IN FLIGHT", "DELAYED"});
    std::string next_token;
    do {
      TWINQ_ASSIGN_OR_RETURN(const client::QueueClient::QueuePage page,
                             session.queues.ListQueues(prefix_, next_token));
      TWINQ_RETURN_IF_ERROR(Print(session, page.urls, table));
      next_token = page.next_token;
    } while (!next_token.empty());
    if (session.format != OutputFormat::kTable) return ExitCode::kOk;
    const std::vector<std::string> lines = table.Lines();
    for (size_t i = 0; i < lines.size(); ++i) {
      absl::FPrintF(session.out, "%s\n", i == 0 ? session.Heading(lines[i]) : lines[i]);
    }
    return ExitCode::kOk;
  }

 private:
  static absl::Status Print(const Session& session, const std::vector<std::string>& urls,
                            Table& table) {
    for (const std::string& url : urls) TWINQ_RETURN_IF_ERROR(PrintOne(session, url, table));
    return absl::OkStatus();
  }

  static absl::Status PrintOne(const Session& session, const std::string& url, Table& table) {
    const std::string name(NameOf(url));
    if (session.format == OutputFormat::kRaw) {
      absl::FPrintF(session.out, "%s\n", name);
      return absl::OkStatus();
    }
    const absl::StatusOr<client::QueueStats> stats = session.admin.GetQueueStats(url);
    if (client::SqsErrorName(stats.status()) == "QueueDoesNotExist") return absl::OkStatus();
    TWINQ_RETURN_IF_ERROR(stats.status());
    const bool is_fifo = absl::EndsWith(name, ".fifo");
    if (session.format == OutputFormat::kTable) {
      table.Add({name, is_fifo ? "FIFO" : "standard", absl::StrCat(stats->visible),
                 absl::StrCat(stats->in_flight), absl::StrCat(stats->delayed)});
      return absl::OkStatus();
    }
    boost::json::object json{
        {"QueueName", name}, {"QueueUrl", url}, {"Kind", is_fifo ? "fifo" : "standard"}};
    json["Stats"] = JsonOf(*stats);
    PrintJson(session.out, json);
    return absl::OkStatus();
  }

  std::string prefix_;
};

}  // namespace

std::unique_ptr<Command> MakeQueueList() { return std::make_unique<QueueList>(); }

}  // namespace twinq::cli
