#include "client/load/arguments.h"

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/status/statusor.h"

#include "client/lib/durations.h"
#include "client/load/engine/message_tag.h"

namespace twinq::load {
namespace {

constexpr int kThreadsMax = 1000;
constexpr int kBatchMax = 10;  // SQS's limit.
constexpr int kGroupsMax = 1'000'000;
constexpr int kBacklogMax = 1'000'000;
constexpr size_t kBodyBytesMax = 1 << 20;
constexpr int64_t kMessagesMax = 1'000'000'000;
constexpr double kRateMin = 0.01;
constexpr double kRateMax = 10'000'000;
constexpr double kSkewMax = 10;
constexpr absl::Duration kDurationDefault = absl::Seconds(10);

enum class Zero { kAllowed, kRefused };

std::string ComplaintAbout(const std::string& text, Zero zero) {
  const absl::StatusOr<absl::Duration> parsed = client::ParseDuration(text);
  if (!parsed.ok()) return std::string(parsed.status().message());
  const bool is_refused = *parsed == absl::ZeroDuration() && zero == Zero::kRefused;
  return is_refused ? "must be longer than 0" : "";
}

CLI::Validator SpanCheck(Zero zero) {
  return CLI::Validator([zero](const std::string& text) { return ComplaintAbout(text, zero); },
                        "DURATION");
}

CLI::Option* AddSpan(CLI::App& verb, const std::string& name, absl::Duration& span,
                     const std::string& description, Zero zero) {
  const auto assign = [&span](const std::string& text) { span = *client::ParseDuration(text); };
  return verb.add_option_function<std::string>(name, assign, description)
      ->default_str(absl::FormatDuration(span))
      ->check(SpanCheck(zero));
}

void AddEnd(CLI::App& verb, Arguments& arguments) {
  const auto assign = [&arguments](const std::string& text) {
    arguments.duration = *client::ParseDuration(text);
  };
  verb.add_option_function<std::string>("--duration", assign,
                                        "of sending (default: 10s, or until --messages are sent)")
      ->check(SpanCheck(Zero::kRefused));
  verb.add_option("--messages", arguments.workload.messages_max, "to send at most")
      ->check(CLI::Range(int64_t{1}, kMessagesMax));
}

void AddSize(CLI::App& verb, Workload& workload) {
  verb.add_option("--size", workload.body_bytes, "bytes of a body")
      ->capture_default_str()
      ->check(CLI::Range(kBodyBytesMin, kBodyBytesMax));
}

void AddTimes(CLI::App& verb, Arguments& arguments) {
  Workload& workload = arguments.workload;
  AddSpan(verb, "--warmup", workload.warmup, "so much of the beginning is not measured",
          Zero::kAllowed);
  verb.add_option("--rate", workload.rate_per_s,
                  "messages/s, each with its due time, from which latency is measured (default: "
                  "as fast as the server answers)")
      ->check(CLI::Range(kRateMin, kRateMax));
  const auto complaint = [](const std::string& text) {
    return std::string(client::WholeSeconds(*client::ParseDuration(text)).status().message());
  };
  AddSpan(verb, "--visibility", workload.visibility_timeout, "timeout of a receive", Zero::kRefused)
      ->check(complaint);
  AddSpan(verb, "--processing", workload.processing, "that a consumer takes for each message",
          Zero::kAllowed);
}

void AddShape(CLI::App& verb, Workload& workload) {
  verb.add_option("--producers", workload.producers, "threads that send")
      ->check(CLI::Range(1, kThreadsMax));
  verb.add_option("--consumers", workload.consumers, "threads that receive and delete")
      ->check(CLI::Range(1, kThreadsMax));
  verb.add_option("--batch", workload.batch, "messages that a send, receive and delete carry")
      ->check(CLI::Range(1, kBatchMax));
  verb.add_option("--groups", workload.groups, "message groups")->check(CLI::Range(1, kGroupsMax));
  verb.add_option("--group-skew", workload.group_skew,
                  "Zipf's exponent: 0 draws all groups alike, 1 the n-th with weight 1/n")
      ->check(CLI::Range(0.0, kSkewMax));
  AddSize(verb, workload);
  verb.add_option("--backlog-max", workload.backlog_max,
                  "messages sent and not yet received, without --rate")
      ->check(CLI::Range(1, kBacklogMax));
}

void AddAccidents(CLI::App& verb, Arguments& arguments) {
  Workload& workload = arguments.workload;
  verb.add_option("--lose-ack", workload.lose_ack,
                  "probability that a message is handled and not deleted")
      ->check(CLI::Range(0.0, 1.0));
  verb.add_option("--retry-send", workload.retry_send, "probability that a message is sent again")
      ->check(CLI::Range(0.0, 1.0));
  verb.add_option("--crash", workload.crash,
                  "probability that a message makes its consumer vanish, with all it holds")
      ->check(CLI::Range(0.0, 1.0));
  verb.add_option("--seed", arguments.seed, "of the random draws (default: a new one)");
}

}  // namespace

void AddServerOption(CLI::App& verb, Arguments& arguments) {
  verb.add_option("--server", arguments.server, "ADDRESS:PORT of the server")
      ->capture_default_str()
      ->envname("TWINQ_SERVER");
}

void AddKindOption(CLI::App& verb, Arguments& arguments) {
  const auto assign = [&arguments](const std::string& text) {
    arguments.kind = text == "fifo" ? client::QueueKind::kFifo : client::QueueKind::kStandard;
  };
  verb.add_option_function<std::string>("--kind", assign, "of the queue: standard or fifo")
      ->default_str("standard")
      ->check(CLI::IsMember({"standard", "fifo"}));
}

void AddWorkloadOptions(CLI::App& verb, Arguments& arguments) {
  verb.option_defaults()->always_capture_default();
  AddEnd(verb, arguments);
  AddTimes(verb, arguments);
  AddShape(verb, arguments.workload);
  AddAccidents(verb, arguments);
  verb.option_defaults()->always_capture_default(false);
}

void AddSingleMessageOptions(CLI::App& verb, Arguments& arguments) {
  AddEnd(verb, arguments);
  AddSize(verb, arguments.workload);
}

void AddJsonOption(CLI::App& verb, Arguments& arguments) {
  verb.add_option("--json", arguments.json_path, "FILE for the results");
}

void AddOutputOptions(CLI::App& verb, Arguments& arguments) {
  AddJsonOption(verb, arguments);
  verb.add_option("--html", arguments.html_path, "FILE for a page with figures and plots");
  verb.add_option("--history", arguments.history_path,
                  "FILE for all that was asked and answered, in the judge's format");
}

Workload WorkloadOf(const Arguments& arguments, uint64_t new_seed) {
  Workload workload = arguments.workload;
  const absl::Duration otherwise =
      workload.messages_max.has_value() ? absl::InfiniteDuration() : kDurationDefault;
  workload.duration = arguments.duration.value_or(otherwise);
  workload.seed = arguments.seed.value_or(new_seed);
  return workload;
}

}  // namespace twinq::load
