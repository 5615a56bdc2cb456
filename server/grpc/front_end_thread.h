#ifndef TWINQ_SERVER_GRPC_FRONT_END_THREAD_H_
#define TWINQ_SERVER_GRPC_FRONT_END_THREAD_H_

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include "platform/entropy.h"
#include "platform/thread.h"
#include "server/api/action.h"
#include "server/api/backend.h"
#include "server/grpc/completion_event.h"
#include "server/grpc/health_status.h"
#include "server/grpc/health_watch.h"
#include "server/grpc/raw_service.h"
#include "server/grpc/stream_method.h"
#include "server/grpc/unary_method.h"
#include "server/metrics/call_metrics.h"

namespace twinq {

// All services of this server, as gRPC sees them. gRPC's own implementations of health and
// reflection would bring threads that poll beside ours and take over their events: an empty call
// cost half as much again on the server.
//
// Thread-safety: see RawService. Lifetime: outlives the server.
struct Services {
  Services();
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  RawService queue;  // The places of its methods are those of api::Actions(),
  RawService admin;  // of these, of api::AdminActions().
  RawService health;
  RawService reflection;
  RawService reflection_v1alpha;  // The same under its first name.

  const int health_check;
  const int health_watch;
  const int reflection_info;
  const int reflection_info_v1alpha;

  const std::vector<std::string> names;
};

// A thread with its completion queue and everything that only it touches: the calls of all methods
// that arrive there.
//
//   Start() ──► (OnHealthChange()) ──► End() ──► the server is shut down ──► Stop()
//
// Thread-safety: one thread, in this order and each function at most once, but OnHealthChange() at
// most twice.
// Lifetime: borrows all of FrontEnd. REQUIRES: stopped before it is destroyed, once it has started.
class FrontEndThread {
 public:
  // What all threads share.
  struct FrontEnd {
    Services& services;
    const HealthStatus& health;
    const api::Backend& backend;
    std::string address;          // ADDRESS:PORT, for queue URLs.
    metrics::CallMetrics* calls;  // Counts the calls of actions; null: nobody does.
  };

  FrontEndThread(std::unique_ptr<grpc::ServerCompletionQueue> queue, const FrontEnd& front_end);

  void Start();
  // The health status is another: whoever watches it is told.
  void OnHealthChange() { Post(health_alarms_.emplace_back(), health_changed_); }
  // The server is about to be shut down: no new calls are accepted, and streams end.
  void End() { Post(end_alarm_, ending_); }
  // Returns when nothing is left on the queue. REQUIRES: the server has been shut down.
  void Stop();

 private:
  // Has the event handled on the thread, soon.
  void Post(grpc::Alarm& alarm, CompletionEvent& event);
  void AddActions(absl::Span<const api::Action> actions, RawService& service,
                  metrics::CallMetrics* calls);
  void AddStream(RawService& service, int place, StreamMethod::HandlerFactory make_handler);
  void Serve();
  // Shuts the queue down once nobody can answer through it any longer: a call that the server has
  // given up may still have a command under way, whose reply finishes it.
  void ShutDownQueueIfOver();
  void HandleHealthChange(Completion) { watches_.OnChange(); }
  void HandleEnd(Completion);
  void HandleStop(Completion);

  std::unique_ptr<grpc::ServerCompletionQueue> queue_;
  platform::Entropy entropy_;
  api::ApiContext context_;
  HealthWatches watches_;
  std::deque<UnaryMethod> methods_;
  std::deque<StreamMethod> stream_methods_;

  bool is_stopping_ = false;

  std::deque<grpc::Alarm> health_alarms_;  // One for each change: they serve only once.
  grpc::Alarm end_alarm_;
  grpc::Alarm stop_alarm_;
  CompletionEvent health_changed_ =
      CompletionEvent::For<&FrontEndThread::HandleHealthChange>(*this);
  CompletionEvent ending_ = CompletionEvent::For<&FrontEndThread::HandleEnd>(*this);
  CompletionEvent stopping_ = CompletionEvent::For<&FrontEndThread::HandleStop>(*this);
  platform::Thread thread_;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_GRPC_FRONT_END_THREAD_H_
