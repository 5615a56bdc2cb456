// Starts a server and prints, as one line of JSON a round, how long it took to its ready line and
// to its first answer (whatever it says of a queue, over a new connection), and what memory it
// holds one second later.
//
//   bench_start --rounds 5 -- build/release/bin/twinqd --grpc=127.0.0.1:0

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/time/time.h"

#include "bench/e2e/child_process.h"
#include "bench/e2e/process_usage.h"
#include "bench/e2e/stopwatch.h"
#include "client/lib/channel.h"
#include "client/lib/queue_client.h"

namespace twinq::bench {
namespace {

constexpr absl::Duration kStartMax = absl::Seconds(20);
constexpr absl::Duration kIdle = absl::Seconds(1);

struct Start {
  double ready_ms = 0;
  double first_answer_ms = 0;
  double idle_kibibytes = 0;
};

// The ADDRESS:PORT behind "grpc=" in a ready line.
absl::StatusOr<std::string> GrpcAddress(const std::string& ready_line) {
  const size_t key = ready_line.find(" grpc=");
  if (!absl::StrContains(ready_line, "ready") || key == std::string::npos) {
    return absl::InvalidArgumentError("no ready line: " + ready_line);
  }
  const size_t begin = key + 6;
  return ready_line.substr(begin, ready_line.find(' ', begin) - begin);
}

absl::StatusOr<Start> Measure(const std::vector<std::string>& command) {
  const int64_t started_ns = MonotonicNanoseconds();
  const auto elapsed_ms = [started_ns] {
    return static_cast<double>(MonotonicNanoseconds() - started_ns) / 1e6;
  };
  absl::StatusOr<ChildProcess> server = ChildProcess::Start(command);
  if (!server.ok()) return server.status();
  const absl::StatusOr<std::string> line = server->ReadLine(kStartMax);
  if (!line.ok()) return line.status();
  Start start{.ready_ms = elapsed_ms()};
  const absl::StatusOr<std::string> address = GrpcAddress(*line);
  if (!address.ok()) return address.status();

  client::QueueClient client(client::Connect(*address));
  const absl::Status answer = client.GetQueueUrl("none").status();
  start.first_answer_ms = elapsed_ms();
  if (absl::IsUnavailable(answer) || absl::IsDeadlineExceeded(answer)) return answer;

  const absl::Status idle = server->ReadLine(kIdle).status();  // It has no more to say.
  if (!absl::IsDeadlineExceeded(idle)) return absl::UnavailableError("the server did not idle");
  start.idle_kibibytes = ResidentKibibytes(server->pid());
  return start;
}

int Main(int argc, char** argv) {
  int rounds = 3;
  std::vector<std::string> command;
  CLI::App app("Measures a server's start and idle memory.");
  app.add_option("--rounds", rounds, "starts to measure, after one that is not");
  app.add_option("command", command, "the server and its flags, behind --")->required();
  CLI11_PARSE(app, argc, argv);

  for (int round = 0; round <= rounds; ++round) {
    const absl::StatusOr<Start> start = Measure(command);
    if (!start.ok()) {
      std::fprintf(stderr, "%s\n", start.status().ToString().c_str());
      return 1;
    }
    if (round == 0) continue;  // Brings program and libraries into the page cache.
    std::printf("{\"ready_ms\": %.2f, \"first_answer_ms\": %.2f, \"idle_mib\": %.2f}\n",
                start->ready_ms, start->first_answer_ms, start->idle_kibibytes / 1024);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace twinq::bench

int main(int argc, char** argv) {
  try {
    return twinq::bench::Main(argc, argv);
  } catch (const std::exception& error) {  // CLI11 throws.
    std::fprintf(stderr, "bench_start: %s\n", error.what());
    return 2;
  }
}
