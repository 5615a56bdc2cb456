#ifndef TWINQ_SERVER_GRPC_STREAM_METHOD_H_
#define TWINQ_SERVER_GRPC_STREAM_METHOD_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/byte_buffer.h>

#include "core/base/random.h"
#include "server/grpc/completion_event.h"
#include "server/grpc/raw_service.h"
#include "server/grpc/stream_handler.h"

namespace twinq {

class StreamMethod;

// One call of a streaming method on a completion queue, between raw bytes and its handler.
//
//   kAccepting ──call──► kOpen ──Finish()──► kFinishing ──end──► kOver ──last event──► freed
//        │                 └── the client is gone, the deadline over ──► kOver
//        └── the server ends ─► freed
//
// Every operation under way comes back as an event, also of a call that is over; the last one frees
// it.
// Thread-safety: the thread of the completion queue.
class StreamCall : private Stream {
 public:
  explicit StreamCall(StreamMethod& method) : method_(method) {}

  void Accept();
  // Ends the call if it is open.
  void Finish(const absl::Status& status) override;

 private:
  enum class State { kAccepting, kOpen, kFinishing, kOver };

  void OnAccepted(Completion completion);
  void OnRead(Completion completion);
  void OnWritten(Completion completion);
  void OnFinished(Completion completion);
  void OnEnd(Completion completion);
  // REQUIRES: the last statement of an event's handler, for it may free this.
  void CountDown();

  void Read(google::protobuf::Message& request) override;
  void Write(const google::protobuf::Message& response) override;
  void FinishWith(const google::protobuf::Message& response) override;
  void BeginFinish(const grpc::Status& status);
  void SendStatus(const grpc::Status& status);

  StreamMethod& method_;
  State state_ = State::kAccepting;
  int events_left_ = 0;
  bool is_writing_ = false;
  std::optional<grpc::Status> status_after_write_;
  RequestId request_id_;
  google::protobuf::Message* request_ = nullptr;  // While a read is under way: where it goes.

  CompletionEvent accepted_ = CompletionEvent::For<&StreamCall::OnAccepted>(*this);
  CompletionEvent read_ = CompletionEvent::For<&StreamCall::OnRead>(*this);
  CompletionEvent written_ = CompletionEvent::For<&StreamCall::OnWritten>(*this);
  CompletionEvent finished_ = CompletionEvent::For<&StreamCall::OnFinished>(*this);
  CompletionEvent end_ = CompletionEvent::For<&StreamCall::OnEnd>(*this);

  grpc::ServerContext context_;
  RawService::Stream stream_{&context_};
  grpc::ByteBuffer request_bytes_;
  std::unique_ptr<StreamHandler> handler_;
};

// The calls of one streaming method on one completion queue. One call more than are open waits for
// the next client; calls beyond kOpenMax are refused, and an object lasts no longer than its call.
//
// Thread-safety: the thread of the completion queue.
// Lifetime: borrows everything. REQUIRES: its queue is drained before it is destroyed.
class StreamMethod {
 public:
  using HandlerFactory = std::function<std::unique_ptr<StreamHandler>(Stream& stream)>;

  // `place` is the method's in the service; `random` is for request ids.
  StreamMethod(RawService& service, int place, grpc::ServerCompletionQueue& queue,
               HandlerFactory make_handler, Random& random);

  // Begins to accept calls.
  void Start();
  // Accepts no more calls, and ends those that are open as Unavailable.
  void End();

  // Of the calls. Admit: the handler of a call that has arrived; Unavailable after End(),
  // ResourceExhausted if too many calls are open. Free: the call will never be used again.
  void Request(grpc::ServerContext& context, RawService::Stream& stream, CompletionEvent& event);
  absl::StatusOr<std::unique_ptr<StreamHandler>> Admit(Stream& stream);
  Random& random() { return random_; }
  void Free(StreamCall& call);

 private:
  static constexpr size_t kOpenMax = 1'000;

  void AcceptOneMore();

  RawService& service_;
  const int place_;
  grpc::ServerCompletionQueue& queue_;
  const HandlerFactory make_handler_;
  Random& random_;
  bool is_ending_ = false;
  absl::flat_hash_set<std::unique_ptr<StreamCall>> calls_;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_STREAM_METHOD_H_
