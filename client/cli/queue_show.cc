#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "client/cli/json_lines.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

constexpr size_t kBarMax = 40;

// What a queue has if nobody says otherwise.
constexpr std::pair<absl::string_view, absl::string_view> kDefaults[] = {
    {"ContentBasedDeduplication", "false"},
    {"DeduplicationScope", "queue"},
    {"DelaySeconds", "0"},
    {"FifoThroughputLimit", "perQueue"},
    {"MaximumMessageSize", "1048576"},
    {"MessageRetentionPeriod", "345600"},
    {"ReceiveMessageWaitTimeSeconds", "0"},
    {"SqsManagedSseEnabled", "true"},
    {"VisibilityTimeout", "30"}};

// What says how the queue is, not how it is set.
constexpr absl::string_view kFacts[] = {"CreatedTimestamp", "LastModifiedTimestamp", "QueueArn",
                                        "FifoQueue"};

// Empty: it has none.
absl::string_view DefaultOf(absl::string_view name) {
  for (const auto& [known, value] : kDefaults) {
    if (known == name) return value;
  }
  return "";
}

bool DiffersFromDefault(absl::string_view name, absl::string_view value) {
  const bool is_fact = absl::StartsWith(name, "Approximate") ||
                       std::find(std::begin(kFacts), std::end(kFacts), name) != std::end(kFacts);
  return !is_fact && value != DefaultOf(name);
}

// twinq queue show QUEUE: the counts as bars, the oldest age, the settings that differ from the
// default.
class QueueShow : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand("show", "Show what is in a queue, and its settings");
    AddQueue(*verb, queue_);
    verb->footer(
        "Examples:\n"
        "  twinq queue show orders.fifo\n"
        "  twinq queue show jobs --output json | jq .Stats.Visible");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    TWINQ_ASSIGN_OR_RETURN(const client::QueueStats stats, session.admin.GetQueueStats(queue_));
    TWINQ_ASSIGN_OR_RETURN(const client::QueueAttributes attributes,
                           session.queues.GetQueueAttributes(queue_));
    switch (session.format) {
      case OutputFormat::kTable:
        Draw(session, stats, attributes);
        break;
      case OutputFormat::kRaw:
        for (const auto& [name, value] : attributes) {
          absl::FPrintF(session.out, "%s=%s\n", name, value);
        }
        break;
      case OutputFormat::kJson:
        PrintObject(session, stats, attributes);
        break;
    }
    return ExitCode::kOk;
  }

 private:
  static void Draw(const Session& session, const client::QueueStats& stats,
                   const client::QueueAttributes& attributes) {
    const bool is_fifo = absl::EndsWith(stats.name, ".fifo");
    absl::FPrintF(session.out, "%s  %s\n", session.Heading(stats.name),
                  is_fifo ? "FIFO" : "standard");
    const std::vector<std::pair<absl::string_view, int64_t>> counts = {
        {"visible", stats.visible}, {"in flight", stats.in_flight}, {"delayed", stats.delayed}};
    const int64_t most = std::max({stats.visible, stats.in_flight, stats.delayed, int64_t{1}});
    for (const auto& [state, count] : counts) {
      const auto share = static_cast<double>(count) / static_cast<double>(most);
      auto length = static_cast<size_t>(share * static_cast<double>(kBarMax));
      if (count > 0) length = std::max<size_t>(length, 1);
      const std::string bar = length == 0 ? "" : absl::StrCat("  ", std::string(length, '#'));
      absl::FPrintF(session.out, "  %-9s %9d%s\n", state, count, bar);
    }
    if (stats.oldest_message_age.has_value()) {
      const absl::Duration age = absl::Trunc(*stats.oldest_message_age, absl::Seconds(1));
      absl::FPrintF(session.out, "  oldest    %9s\n",
                    age == absl::ZeroDuration() ? "0s" : absl::FormatDuration(age));
    }
    if (is_fifo) {
      absl::FPrintF(session.out, "  groups    %9d  %d can deliver nothing now\n",
                    stats.message_groups, stats.blocked_message_groups);
    }
    absl::FPrintF(session.out, "  waiting   %9d  receives\n", stats.waiting_receives);
    for (const auto& [name, value] : attributes) {
      if (!DiffersFromDefault(name, value)) continue;
      const absl::string_view usual = DefaultOf(name);
      const std::string other = usual.empty() ? "" : absl::StrCat("  (default ", usual, ")");
      absl::FPrintF(session.out, "  %s = %s%s\n", name, value, other);
    }
  }

  static void PrintObject(const Session& session, const client::QueueStats& stats,
                          const client::QueueAttributes& attributes) {
    boost::json::object json{{"QueueName", stats.name}};
    json["Stats"] = JsonOf(stats);
    boost::json::object& settings = json["Attributes"].emplace_object();
    for (const auto& [name, value] : attributes) settings[name] = value;
    PrintJson(session.out, json);
  }

  std::string queue_;
};

}  // namespace

std::unique_ptr<Command> MakeQueueShow() { return std::make_unique<QueueShow>(); }

}  // namespace twinq::cli
