// The floor under every unary gRPC figure: a server that parses a SendMessage and answers
// constants.
//
// It does what no gRPC message queue can avoid (takes raw bytes, parses the request, serialises an
// answer of the usual size) and nothing else, once for each of gRPC's two asynchronous server APIs.
// With --services=all it also serves health and reflection, as twinqd does: the floor of a start.

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
#include "absl/synchronization/mutex.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"

#include "proto/twinq/v1/queue.grpc.pb.h"

#include "core/base/check.h"
#include "platform/thread.h"

namespace twinq::bench {
namespace {

using v1::QueueService;
using v1::SendMessageRequest;
using v1::SendMessageResponse;

struct Flags {
  std::string api = "completion_queue";
  std::string listen = "127.0.0.1:0";
  std::string services = "queue";
  int threads = 1;  // Completion queue only; the callback API sizes its own pool.
  int slots = 128;  // Calls that one thread accepts ahead.
  std::string queues = "per_thread";
};

// Answers what a send without digests answers: a message id of 36 characters.
// Thread-safety: none; each call in progress has its own.
class Echo {
 public:
  Echo() { response_.set_message_id("6f1a2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b"); }

  grpc::Status Answer(const grpc::ByteBuffer& request, grpc::ByteBuffer* response) {
    grpc::Slice bytes;
    if (!request.TrySingleSlice(&bytes).ok() && !request.DumpToSingleSlice(&bytes).ok()) {
      return grpc::Status(grpc::StatusCode::INTERNAL, "the request could not be read");
    }
    if (!request_.ParseFromArray(bytes.begin(), static_cast<int>(bytes.size()))) {
      return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "the request is not a SendMessage");
    }
    grpc::Slice answer(response_.ByteSizeLong());
    response_.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(answer.begin()));
    *response = grpc::ByteBuffer(&answer, 1);
    return grpc::Status::OK;
  }

 private:
  SendMessageRequest request_;
  SendMessageResponse response_;
};

class CallbackEcho final
    : public QueueService::WithRawCallbackMethod_SendMessage<QueueService::Service> {
 public:
  grpc::ServerUnaryReactor* SendMessage(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    thread_local Echo echo;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(echo.Answer(*request, response));
    return reactor;
  }
};

using CompletionQueueEcho = QueueService::WithRawMethod_SendMessage<QueueService::Service>;

// One call at a time, again and again: waits for a request, answers it, waits for the next.
class Slot {
 public:
  Slot(CompletionQueueEcho& service, grpc::ServerCompletionQueue& queue)
      : service_(service), queue_(queue) {
    Accept();
  }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;

  void Proceed() {
    if (state_ == State::kAnswering) {
      Accept();
      return;
    }
    TWINQ_CHECK(call_.has_value());
    state_ = State::kAnswering;
    grpc::ByteBuffer response;
    const grpc::Status status = echo_.Answer(request_, &response);
    call_->responder.Finish(response, status, this);
  }

 private:
  enum class State { kAccepting, kAnswering };
  struct Call {
    Call() : responder(&context) {}
    grpc::ServerContext context;
    grpc::ServerAsyncResponseWriter<grpc::ByteBuffer> responder;
  };

  void Accept() {
    state_ = State::kAccepting;
    call_.emplace();
    service_.RequestSendMessage(&call_->context, &request_, &call_->responder, &queue_, &queue_,
                                this);
  }

  CompletionQueueEcho& service_;
  grpc::ServerCompletionQueue& queue_;
  State state_ = State::kAccepting;
  std::optional<Call> call_;
  grpc::ByteBuffer request_;
  Echo echo_;
};

void Poll(grpc::ServerCompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) {
    if (ok) static_cast<Slot*>(tag)->Proceed();
  }
}

// Null when the address cannot be listened on.
std::unique_ptr<grpc::Server> Start(const Flags& flags, grpc::ServerBuilder& builder) {
  int port = 0;
  builder.AddListeningPort(flags.listen, grpc::InsecureServerCredentials(), &port);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr || port == 0) return nullptr;
  const std::string host = flags.listen.substr(0, flags.listen.rfind(':'));
  std::printf("echo ready grpc=%s:%d api=%s\n", host.c_str(), port, flags.api.c_str());
  std::fflush(stdout);
  return server;
}

int ServeCallback(const Flags& flags, grpc::ServerBuilder& builder) {
  CallbackEcho service;
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = Start(flags, builder);
  if (server == nullptr) return 1;
  server->Wait();
  return 0;
}

int ServeCompletionQueues(const Flags& flags, grpc::ServerBuilder& builder) {
  CompletionQueueEcho service;
  builder.RegisterService(&service);
  const int queue_count = flags.queues == "shared" ? 1 : flags.threads;
  std::vector<std::unique_ptr<grpc::ServerCompletionQueue>> queues;
  queues.reserve(static_cast<size_t>(queue_count));
  for (int i = 0; i < queue_count; ++i) queues.push_back(builder.AddCompletionQueue());
  const std::unique_ptr<grpc::Server> server = Start(flags, builder);
  if (server == nullptr) return 1;

  std::deque<Slot> slots;
  std::vector<platform::Thread> threads;
  threads.reserve(static_cast<size_t>(flags.threads));
  for (auto& queue : queues) {
    for (int i = 0; i < flags.slots; ++i) slots.emplace_back(service, *queue);
  }
  for (int i = 0; i < flags.threads; ++i) {
    grpc::ServerCompletionQueue& queue = *queues[static_cast<size_t>(i % queue_count)];
    threads.emplace_back("echo", [&queue] { Poll(queue); });
  }
  server->Wait();  // Until a signal ends the process.
  return 0;
}

int Main(int argc, char** argv) {
  // As twinqd does: Debian's Abseil would enter each lock of gRPC's in a graph of all locks.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  Flags flags;
  CLI::App app("An empty gRPC SendMessage: the floor under the unary figures.");
  app.add_option("--grpc", flags.listen, "ADDRESS:PORT; port 0 picks one");
  app.add_option("--api", flags.api)->check(CLI::IsMember({"callback", "completion_queue"}));
  app.add_option("--threads", flags.threads, "threads of the completion queue form");
  app.add_option("--slots", flags.slots, "calls accepted ahead by each completion queue");
  app.add_option("--queues", flags.queues)->check(CLI::IsMember({"per_thread", "shared"}));
  app.add_option("--services", flags.services, "queue alone, or health and reflection too")
      ->check(CLI::IsMember({"queue", "all"}));
  CLI11_PARSE(app, argc, argv);

  if (flags.services == "all") {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  }
  grpc::ServerBuilder builder;
  return flags.api == "callback" ? ServeCallback(flags, builder)
                                 : ServeCompletionQueues(flags, builder);
}

}  // namespace
}  // namespace twinq::bench

int main(int argc, char** argv) {
  try {
    return twinq::bench::Main(argc, argv);
  } catch (const std::exception& error) {  // CLI11 throws.
    std::fprintf(stderr, "bench_echo: %s\n", error.what());
    return 2;
  }
}
