// Drives a server's unary calls in a closed loop and prints what it saw, as one line of JSON.
//
// One thread, one completion queue, a fixed number of calls outstanding, spread over channels.
// Requests are serialised once and answers parsed only where the next call needs them, so that the
// client, which shares the machine with the server, takes as little of it as gRPC lets it.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"

#include "bench/e2e/call_script.h"
#include "bench/e2e/loop_measurement.h"
#include "bench/e2e/process_usage.h"
#include "bench/e2e/stopwatch.h"
#include "client/lib/channel.h"
#include "client/lib/queue_client.h"

namespace twinq::bench {
namespace {

constexpr int kOurselves = 0;  // To CpuSeconds().

struct Flags {
  std::string target;
  std::string queue = "bench";
  bool create_queue = false;
  std::string calls = "send";
  int body_bytes = 100;
  int outstanding = 64;
  int channels = 1;
  double warmup_seconds = 0.5;
  double seconds = 2;
  int server_pid = 0;
};

// One place among the outstanding calls: its call ends, the next one starts.
class Caller {
 public:
  Caller(grpc::GenericStub& stub, std::unique_ptr<CallScript> script, grpc::CompletionQueue& queue)
      : stub_(stub), script_(std::move(script)), queue_(queue) {}
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  void StartFirst(int64_t now_ns) { Start(now_ns, script_->First()); }
  // REQUIRES: the last call has ended.
  void StartNext(int64_t now_ns) {
    Start(now_ns, status_.ok() ? script_->Next(response_) : script_->First());
  }

  void Cancel() {
    if (context_.has_value()) context_->TryCancel();
  }

  int64_t started_ns() const { return started_ns_; }
  const grpc::Status& status() const { return status_; }
  int64_t messages() const { return script_->messages(); }

 private:
  void Start(int64_t now_ns, const CallScript::Call& call) {
    started_ns_ = now_ns;
    reader_.reset();
    context_.emplace();
    reader_ = stub_.PrepareUnaryCall(&*context_, call.method, *call.request, &queue_);
    reader_->StartCall();
    reader_->Finish(&response_, &status_, this);
  }

  grpc::GenericStub& stub_;
  const std::unique_ptr<CallScript> script_;
  grpc::CompletionQueue& queue_;
  int64_t started_ns_ = 0;
  std::optional<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientAsyncResponseReader<grpc::ByteBuffer>> reader_;
  grpc::ByteBuffer response_;
  grpc::Status status_;
};

// Runs the callers for so long; calls still open then go on into the next stretch.
LoopMeasurement Run(grpc::CompletionQueue& queue, double seconds) {
  LoopMeasurement result;
  const int64_t begin_ns = MonotonicNanoseconds();
  const int64_t end_ns = begin_ns + static_cast<int64_t>(seconds * 1e9);
  int64_t now_ns = begin_ns;
  void* tag = nullptr;
  bool ok = false;
  while (now_ns < end_ns && queue.Next(&tag, &ok)) {
    now_ns = MonotonicNanoseconds();
    auto* caller = static_cast<Caller*>(tag);
    if (caller->status().ok()) {
      result.latencies_ns.push_back(now_ns - caller->started_ns());
    } else if (++result.failed == 1) {
      result.first_error = caller->status().error_message();
    }
    const int64_t messages_before = caller->messages();
    caller->StartNext(now_ns);
    result.messages += caller->messages() - messages_before;
  }
  result.elapsed_ns = now_ns - begin_ns;
  return result;
}

// Cancels what is open and waits for it: a call must not outlive what it borrows.
void End(grpc::CompletionQueue& queue, std::deque<Caller>& callers) {
  for (Caller& caller : callers) caller.Cancel();
  void* tag = nullptr;
  bool ok = false;
  for (size_t i = 0; i < callers.size(); ++i) queue.Next(&tag, &ok);
}

void Print(const Flags& flags, LoopMeasurement& result) {
  absl::PrintF("{%s, \"body_bytes\": %d, \"outstanding\": %d, \"channels\": %d}\n",
               JsonMembers(result), flags.body_bytes, flags.outstanding, flags.channels);
}

// The server answers an error when the queue is there already with other attributes.
absl::Status CreateQueue(const Flags& flags) {
  client::QueueClient server(client::Connect(flags.target));
  return server.CreateQueue(flags.queue, client::QueueKind::kStandard).status();
}

std::vector<std::unique_ptr<grpc::GenericStub>> Connect(const Flags& flags) {
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs;
  stubs.reserve(static_cast<size_t>(flags.channels));
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // Each channel its own connection.
  for (int i = 0; i < flags.channels; ++i) {
    stubs.push_back(std::make_unique<grpc::GenericStub>(
        grpc::CreateCustomChannel(flags.target, grpc::InsecureChannelCredentials(), arguments)));
  }
  return stubs;
}

std::unique_ptr<CallScript> ScriptFor(const Flags& flags) {
  const auto body_bytes = static_cast<size_t>(flags.body_bytes);
  if (flags.calls == "send") return std::make_unique<RepeatedSend>(flags.queue, body_bytes);
  if (flags.calls == "cycle") return std::make_unique<SingleCycle>(flags.queue, body_bytes);
  return std::make_unique<BatchCycle>(flags.queue, body_bytes);
}

// Keeps the calls outstanding through warm-up and measured time.
LoopMeasurement Drive(const Flags& flags) {
  const auto stubs = Connect(flags);
  grpc::CompletionQueue queue;
  std::deque<Caller> callers;
  for (int i = 0; i < flags.outstanding; ++i) {
    grpc::GenericStub& stub = *stubs[static_cast<size_t>(i % flags.channels)];
    callers.emplace_back(stub, ScriptFor(flags), queue).StartFirst(MonotonicNanoseconds());
  }
  Run(queue, flags.warmup_seconds);
  const double server_before = CpuSeconds(flags.server_pid);
  const double client_before = CpuSeconds(kOurselves);
  LoopMeasurement result = Run(queue, flags.seconds);
  result.server_cpu_seconds = CpuSeconds(flags.server_pid) - server_before;
  result.client_cpu_seconds = CpuSeconds(kOurselves) - client_before;
  End(queue, callers);
  return result;
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Drives unary calls over gRPC in a closed loop; prints one line of JSON.");
  app.add_option("--target", flags.target, "ADDRESS:PORT of the server")->required();
  app.add_option("--queue", flags.queue, "queue to send to");
  app.add_flag("--create-queue", flags.create_queue, "create the queue first");
  app.add_option("--calls", flags.calls,
                 "sends; or send + receive + delete, one message at a time or in tens")
      ->check(CLI::IsMember({"send", "cycle", "batch_cycle"}));
  app.add_option("--body-bytes", flags.body_bytes, "size of a message's body");
  app.add_option("--outstanding", flags.outstanding, "calls open at any time");
  app.add_option("--channels", flags.channels, "connections that they are spread over");
  app.add_option("--warmup-seconds", flags.warmup_seconds, "driven before measuring");
  app.add_option("--seconds", flags.seconds, "measured");
  app.add_option("--server-pid", flags.server_pid, "whose CPU time to report")->required();
  CLI11_PARSE(app, argc, argv);

  const absl::Status created = flags.create_queue ? CreateQueue(flags) : absl::OkStatus();
  if (!created.ok()) {
    std::fprintf(stderr, "bench_unary: CreateQueue: %s\n", created.ToString().c_str());
    return 1;
  }
  LoopMeasurement result = Drive(flags);
  if (result.failed > 0 || result.messages == 0) {
    std::fprintf(stderr, "bench_unary: %d calls failed: %s\n", result.failed,
                 result.first_error.c_str());
    return 1;
  }
  Print(flags, result);
  return 0;
}

}  // namespace
}  // namespace twinq::bench

int main(int argc, char** argv) {
  try {
    return twinq::bench::Main(argc, argv);
  } catch (const std::exception& error) {  // CLI11 throws.
    std::fprintf(stderr, "bench_unary: %s\n", error.what());
    return 2;
  }
}
