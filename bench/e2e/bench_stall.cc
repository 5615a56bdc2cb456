// Fills a queue, then ends all its messages at once, and prints as one line of JSON how long the
// longest call of a client took then, and in as much time before.
//
// The client has one call outstanding: the one that ends the messages, then sends to another queue.
// So a server that is busy with the messages in either keeps it waiting.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "bench/e2e/stopwatch.h"
#include "client/lib/channel.h"
#include "client/lib/queue_client.h"
#include "core/base/status_macros.h"

namespace twinq::bench {
namespace {

constexpr char kBacklog[] = "backlog";
constexpr char kOther[] = "other";
constexpr int kBatchEntries = 10;
constexpr absl::Duration kCallTimeout = absl::Seconds(60);
constexpr absl::Duration kRetentionMin = absl::Seconds(60);  // The service allows no less.

struct Flags {
  std::string target;
  std::string event;
  int messages = 1'000'000;
  int body_bytes = 100;
  double seconds = 3;
};

struct Stalls {
  double before_ms = 0;
  double then_ms = 0;
};

double MillisecondsSince(int64_t begin_ns) {
  return static_cast<double>(MonotonicNanoseconds() - begin_ns) / 1e6;
}

absl::Status Fill(client::QueueClient& server, const Flags& flags) {
  const std::string body(static_cast<size_t>(flags.body_bytes), 'x');
  const std::vector<client::OutgoingMessage> batch(kBatchEntries, {.body = body});
  for (int sent = 0; sent < flags.messages; sent += kBatchEntries) {
    TWINQ_ASSIGN_OR_RETURN(const auto outcomes, server.SendMessageBatch(kBacklog, batch));
    for (const auto& outcome : outcomes) TWINQ_RETURN_IF_ERROR(outcome.status());
  }
  return absl::OkStatus();
}

// Sends to the other queue for so long: the longest call.
absl::StatusOr<double> LongestSendMs(client::QueueClient& server, const Flags& flags,
                                     absl::Duration stretch) {
  const std::string body(static_cast<size_t>(flags.body_bytes), 'x');
  double longest_ms = 0;
  const int64_t begin_ns = MonotonicNanoseconds();
  while (MillisecondsSince(begin_ns) < absl::ToDoubleMilliseconds(stretch)) {
    const int64_t call_ns = MonotonicNanoseconds();
    TWINQ_RETURN_IF_ERROR(server.SendMessage(kOther, body).status());
    longest_ms = std::max(longest_ms, MillisecondsSince(call_ns));
  }
  return longest_ms;
}

// What ends all messages of the backlog at once. "retention": that they are all too old now.
absl::Status EndMessages(client::QueueClient& server, const std::string& event) {
  if (event == "purge") return server.PurgeQueue(kBacklog);
  if (event == "delete_queue") return server.DeleteQueue(kBacklog);
  return server.SetQueueAttributes(kBacklog, {{"MessageRetentionPeriod", "60"}});
}

absl::StatusOr<Stalls> Measure(const Flags& flags) {
  client::QueueClient server(client::Connect(flags.target), kCallTimeout);
  for (const char* queue : {kBacklog, kOther}) {
    TWINQ_RETURN_IF_ERROR(server.CreateQueue(queue, client::QueueKind::kStandard).status());
  }
  TWINQ_RETURN_IF_ERROR(Fill(server, flags));
  if (flags.event == "retention") {
    TWINQ_RETURN_IF_ERROR(LongestSendMs(server, flags, kRetentionMin).status());
  }

  const absl::Duration stretch = absl::Seconds(flags.seconds);
  Stalls stalls;
  TWINQ_ASSIGN_OR_RETURN(stalls.before_ms, LongestSendMs(server, flags, stretch));
  const int64_t call_ns = MonotonicNanoseconds();
  TWINQ_RETURN_IF_ERROR(EndMessages(server, flags.event));
  const double call_ms = MillisecondsSince(call_ns);
  TWINQ_ASSIGN_OR_RETURN(const double longest_ms, LongestSendMs(server, flags, stretch));
  stalls.then_ms = std::max(call_ms, longest_ms);
  return stalls;
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Measures the longest call of a client while a queue loses all its messages.");
  app.add_option("--target", flags.target, "ADDRESS:PORT of the server, a new one")->required();
  app.add_option("--event", flags.event, "what ends the messages")
      ->required()
      ->check(CLI::IsMember({"purge", "delete_queue", "retention"}));
  app.add_option("--messages", flags.messages, "in the queue");
  app.add_option("--body-bytes", flags.body_bytes, "size of a message's body");
  app.add_option("--seconds", flags.seconds, "measured before and then");
  CLI11_PARSE(app, argc, argv);

  const absl::StatusOr<Stalls> stalls = Measure(flags);
  if (!stalls.ok()) {
    std::fprintf(stderr, "bench_stall: %s\n", stalls.status().ToString().c_str());
    return 1;
  }
  std::printf("{\"before_ms\": %.3f, \"longest_ms\": %.3f, \"messages\": %d}\n", stalls->before_ms,
              stalls->then_ms, flags.messages);
  return 0;
}

}  // namespace
}  // namespace twinq::bench

int main(int argc, char** argv) {
  try {
    return twinq::bench::Main(argc, argv);
  } catch (const std::exception& error) {  // CLI11 throws.
    std::fprintf(stderr, "bench_stall: %s\n", error.what());
    return 2;
  }
}
