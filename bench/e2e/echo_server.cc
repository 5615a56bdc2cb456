// The floor under every unary gRPC figure: a server that parses a request and answers constants.
//
// It does what no gRPC message queue can avoid (takes raw bytes, parses the request, serialises an
// answer of the usual size) and nothing else, once for each of gRPC's two asynchronous server APIs.
// With --log=DIR a call is answered when its bytes are durable: the floor of a durable call.
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
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/grpcpp.h"
#include "grpcpp/health_check_service_interface.h"

#include "proto/twinq/v1/queue.grpc.pb.h"

#include "bench/disk/recycled_segments.h"
#include "bench/e2e/group_commit_log.h"
#include "core/base/check.h"
#include "core/base/status_macros.h"
#include "platform/thread.h"

namespace twinq::bench {
namespace {

using v1::QueueService;

constexpr int kBatchEntries = 10;
constexpr char kMessageId[] = "6f1a2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b";

struct Flags {
  std::string api = "completion_queue";
  std::string listen = "127.0.0.1:0";
  std::string services = "queue";
  int threads = 1;  // Completion queue only; the callback API sizes its own pool.
  int slots = 128;  // Calls of each method that one thread accepts ahead.
  std::string queues = "per_thread";
  std::string log;  // A directory; empty: none.
};

// What a queue would answer, at its usual size, without digests.
void Fill(v1::SendMessageResponse& response) { response.set_message_id(kMessageId); }
void Fill(v1::SendMessageBatchResponse& response) {
  for (int i = 0; i < kBatchEntries; ++i) {
    v1::SendMessageBatchResultEntry& entry = *response.add_successful();
    entry.set_id(absl::StrCat(i));
    entry.set_message_id(kMessageId);
  }
}
void Fill(v1::ReceiveMessageResponse& response) {
  for (int i = 0; i < kBatchEntries; ++i) {
    v1::Message& message = *response.add_messages();
    message.set_message_id(kMessageId);
    message.set_receipt_handle(std::string(88, 'h'));
    message.set_body(std::string(100, 'x'));
  }
}
void Fill(v1::DeleteMessageBatchResponse& response) {
  for (int i = 0; i < kBatchEntries; ++i) response.add_successful()->set_id(absl::StrCat(i));
}

// Thread-safety: none; each call in progress has its own.
template <typename Request, typename Response>
class Echo {
 public:
  Echo() { Fill(response_); }

  // `bytes` become those of the request.
  grpc::Status Answer(const grpc::ByteBuffer& request, grpc::Slice* bytes,
                      grpc::ByteBuffer* response) {
    if (!request.TrySingleSlice(bytes).ok() && !request.DumpToSingleSlice(bytes).ok()) {
      return grpc::Status(grpc::StatusCode::INTERNAL, "the request could not be read");
    }
    if (!request_.ParseFromArray(bytes->begin(), static_cast<int>(bytes->size()))) {
      return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "the request does not parse");
    }
    grpc::Slice answer(response_.ByteSizeLong());
    response_.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(answer.begin()));
    *response = grpc::ByteBuffer(&answer, 1);
    return grpc::Status::OK;
  }

 private:
  Request request_;
  Response response_;
};

class CallbackEcho final
    : public QueueService::WithRawCallbackMethod_SendMessage<QueueService::Service> {
 public:
  grpc::ServerUnaryReactor* SendMessage(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override {
    thread_local Echo<v1::SendMessageRequest, v1::SendMessageResponse> echo;
    grpc::Slice bytes;
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(echo.Answer(*request, &bytes, response));
    return reactor;
  }
};

// Every call of a batch cycle, and the single send.
using CompletionQueueEcho = QueueService::WithRawMethod_SendMessage<
    QueueService::WithRawMethod_SendMessageBatch<QueueService::WithRawMethod_ReceiveMessage<
        QueueService::WithRawMethod_DeleteMessageBatch<QueueService::Service>>>>;

// A method of the service, as its generated code asks for the next call of it.
template <auto request_call, typename Request, typename Response>
struct Method {
  static constexpr auto kRequestCall = request_call;
  using EchoOfIt = Echo<Request, Response>;
};
using Send = Method<&CompletionQueueEcho::RequestSendMessage, v1::SendMessageRequest,
                    v1::SendMessageResponse>;
using SendBatch = Method<&CompletionQueueEcho::RequestSendMessageBatch, v1::SendMessageBatchRequest,
                         v1::SendMessageBatchResponse>;
using Receive = Method<&CompletionQueueEcho::RequestReceiveMessage, v1::ReceiveMessageRequest,
                       v1::ReceiveMessageResponse>;
using DeleteBatch = Method<&CompletionQueueEcho::RequestDeleteMessageBatch,
                           v1::DeleteMessageBatchRequest, v1::DeleteMessageBatchResponse>;

// A tag of the completion queue.
class Slot {
 public:
  virtual ~Slot() = default;
  virtual void Proceed() = 0;
};

// One call at a time, again and again: waits for a request, answers it, waits for the next.
template <typename MethodOfIt>
class SlotOf final : public Slot {
 public:
  // `log` may be null.
  SlotOf(CompletionQueueEcho& service, grpc::ServerCompletionQueue& queue, GroupCommitLog* log)
      : service_(service), queue_(queue), log_(log) {
    Accept();
  }
  SlotOf(const SlotOf&) = delete;
  SlotOf& operator=(const SlotOf&) = delete;

  void Proceed() override {
    if (state_ == State::kAnswering) {
      Accept();
      return;
    }
    TWINQ_CHECK(call_.has_value());
    state_ = State::kAnswering;
    grpc::Slice bytes;
    status_ = echo_.Answer(request_, &bytes, &response_);
    if (log_ == nullptr) {
      Finish();
      return;
    }
    log_->Append({reinterpret_cast<const char*>(bytes.begin()), bytes.size()},
                 [this] { Finish(); });
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
    (service_.*MethodOfIt::kRequestCall)(&call_->context, &request_, &call_->responder, &queue_,
                                         &queue_, this);
  }
  void Finish() {
    TWINQ_CHECK(call_.has_value());
    call_->responder.Finish(response_, status_, this);
  }

  CompletionQueueEcho& service_;
  grpc::ServerCompletionQueue& queue_;
  GroupCommitLog* const log_;
  State state_ = State::kAccepting;
  std::optional<Call> call_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  grpc::Status status_;
  typename MethodOfIt::EchoOfIt echo_;
};

void Poll(grpc::ServerCompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) {
    if (ok) static_cast<Slot*>(tag)->Proceed();
  }
}

// Handles all that is there before it asks for a commit.
void PollAndCommit(grpc::ServerCompletionQueue& queue, GroupCommitLog& log) {
  const gpr_timespec at_once = gpr_time_0(GPR_CLOCK_MONOTONIC);
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) {
    do {
      if (ok) static_cast<Slot*>(tag)->Proceed();
    } while (queue.AsyncNext(&tag, &ok, at_once) == grpc::CompletionQueue::GOT_EVENT);
    log.Commit();
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

void AddSlots(std::deque<std::unique_ptr<Slot>>& slots, CompletionQueueEcho& service,
              grpc::ServerCompletionQueue& queue, GroupCommitLog* log) {
  slots.push_back(std::make_unique<SlotOf<Send>>(service, queue, log));
  slots.push_back(std::make_unique<SlotOf<SendBatch>>(service, queue, log));
  slots.push_back(std::make_unique<SlotOf<Receive>>(service, queue, log));
  slots.push_back(std::make_unique<SlotOf<DeleteBatch>>(service, queue, log));
}

// Null if there is to be none.
absl::StatusOr<std::unique_ptr<GroupCommitLog>> OpenLog(const Flags& flags) {
  if (flags.log.empty()) return nullptr;
  TWINQ_ASSIGN_OR_RETURN(std::unique_ptr<RecycledSegments> segments,
                         RecycledSegments::Create(flags.log));
  return std::make_unique<GroupCommitLog>(std::move(segments));
}

int ServeCompletionQueues(const Flags& flags, grpc::ServerBuilder& builder) {
  const absl::StatusOr<std::unique_ptr<GroupCommitLog>> opened = OpenLog(flags);
  if (!opened.ok()) {
    std::fprintf(stderr, "bench_echo: --log: %s\n", opened.status().ToString().c_str());
    return 1;
  }
  GroupCommitLog* const log = opened->get();
  CompletionQueueEcho service;
  builder.RegisterService(&service);
  const int queue_count = flags.queues == "shared" ? 1 : flags.threads;
  std::vector<std::unique_ptr<grpc::ServerCompletionQueue>> queues;
  queues.reserve(static_cast<size_t>(queue_count));
  for (int i = 0; i < queue_count; ++i) queues.push_back(builder.AddCompletionQueue());
  const std::unique_ptr<grpc::Server> server = Start(flags, builder);
  if (server == nullptr) return 1;

  std::deque<std::unique_ptr<Slot>> slots;
  std::vector<platform::Thread> threads;
  threads.reserve(static_cast<size_t>(flags.threads));
  for (auto& queue : queues) {
    for (int i = 0; i < flags.slots; ++i) AddSlots(slots, service, *queue, log);
  }
  for (int i = 0; i < flags.threads; ++i) {
    grpc::ServerCompletionQueue& queue = *queues[static_cast<size_t>(i % queue_count)];
    threads.emplace_back("echo", [&queue, log] { log ? PollAndCommit(queue, *log) : Poll(queue); });
  }
  server->Wait();  // Until a signal ends the process.
  return 0;
}

int Main(int argc, char** argv) {
  // As twinqd does: Debian's Abseil would enter each lock of gRPC's in a graph of all locks.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  Flags flags;
  CLI::App app("Empty gRPC calls: the floor under the unary figures.");
  app.add_option("--grpc", flags.listen, "ADDRESS:PORT; port 0 picks one");
  app.add_option("--api", flags.api)->check(CLI::IsMember({"callback", "completion_queue"}));
  app.add_option("--threads", flags.threads, "threads of the completion queue form");
  app.add_option("--slots", flags.slots, "calls of a method accepted ahead by each queue");
  app.add_option("--queues", flags.queues)->check(CLI::IsMember({"per_thread", "shared"}));
  app.add_option("--services", flags.services, "queue alone, or health and reflection too")
      ->check(CLI::IsMember({"queue", "all"}));
  app.add_option("--log", flags.log, "answer when durable in this new directory's bare log");
  CLI11_PARSE(app, argc, argv);
  if (!flags.log.empty() && flags.api == "callback") {
    std::fprintf(stderr, "bench_echo: --log needs --api=completion_queue\n");
    return 2;
  }

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
