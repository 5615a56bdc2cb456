#ifndef TWINQ_SERVER_GRPC_UNARY_METHOD_H_
#define TWINQ_SERVER_GRPC_UNARY_METHOD_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "google/protobuf/message.h"
#include <grpcpp/grpcpp.h>

#include "server/api/action.h"
#include "server/api/api_call.h"
#include "server/grpc/completion_event.h"
#include "server/grpc/raw_service.h"
#include "server/metrics/call_metrics.h"

namespace twinq {

class UnaryMethod;

// One unary call at a time, from raw request bytes to raw response bytes, then the next one.
//
//   kAccepting ──request──► kRunning ──OnDone()──► kAnswering ──both events──► kAccepting, or freed
//        └── the server ends ─► freed
//
// The second event is the end of the call as gRPC sees it, which may come first: then the client is
// gone or its deadline over, and the call is cancelled.
// Thread-safety: all events come on the thread of the completion queue; OnDone() on any.
class UnaryCall : private api::ApiCall {
 public:
  explicit UnaryCall(UnaryMethod& method);

  void Accept();

 private:
  RawService::Unary& transport();  // REQUIRES: from Accept() to the last event.
  void OnAccepted(Completion completion);
  void OnEnd(Completion completion);
  void OnAnswered(Completion completion);
  void OnEvent();
  void OnDone(const std::optional<ApiError>& error) override;
  std::string connection() const override;
  void AnswerWith(const ApiError& error);
  void AnswerWithResponse();

  UnaryMethod& method_;
  CompletionEvent accepted_ = CompletionEvent::For<&UnaryCall::OnAccepted>(*this);
  CompletionEvent end_ = CompletionEvent::For<&UnaryCall::OnEnd>(*this);
  CompletionEvent answered_ = CompletionEvent::For<&UnaryCall::OnAnswered>(*this);
  int events_left_ = 0;

  std::optional<RawService::Unary> transport_;  // Of the call at hand.
  std::unique_ptr<google::protobuf::Message> request_;
  std::unique_ptr<google::protobuf::Message> response_;
  RequestId request_id_;
};

// The calls of one action on one completion queue. Keeps a few calls accepting, so that clients
// need not wait for one, and lets go of those that a burst has left over.
//
// Thread-safety: the thread of the completion queue.
// Lifetime: borrows everything. REQUIRES: its queue is drained before it is destroyed.
class UnaryMethod {
 public:
  // What is served.
  struct Served {
    const api::Action& action;
    RawService& service;
    int place;                        // The action's method's in the service.
    metrics::CallCounters* counters;  // Of its calls; null: nobody counts.
  };
  UnaryMethod(const Served& served, grpc::ServerCompletionQueue& queue, api::ApiContext& context);

  // Begins to accept calls.
  void Start();
  // Accepts no more calls.
  void End() { is_ending_ = true; }
  // Whether there is no call left, not even one that is accepting.
  bool is_over() const { return calls_.empty(); }

  const api::Action& action() const { return served_.action; }
  metrics::CallCounters* counters() { return served_.counters; }
  api::ApiContext& context() { return context_; }
  void Request(RawService::Unary& call, CompletionEvent& event);

  // Of the calls: one has left kAccepting for a request; one is over and may be used again.
  void OnAccepted();
  void OnOver(UnaryCall& call);
  // The call will never be used again.
  void Free(UnaryCall& call);

 private:
  static constexpr int kAcceptingMin = 4;
  static constexpr int kAcceptingMax = 64;

  void AcceptOneMore();

  const Served served_;
  grpc::ServerCompletionQueue& queue_;
  api::ApiContext& context_;
  bool is_ending_ = false;
  int accepting_ = 0;
  absl::flat_hash_set<std::unique_ptr<UnaryCall>> calls_;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_UNARY_METHOD_H_
