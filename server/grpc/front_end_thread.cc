#include "server/grpc/front_end_thread.h"

#include <algorithm>
#include <utility>

#include <grpc/support/time.h>

#include "proto/grpc/health/v1/health.pb.h"
#include "proto/grpc/reflection/v1/reflection.pb.h"
#include "proto/grpc/reflection/v1alpha/reflection.pb.h"
#include "proto/twinq/v1/admin.pb.h"
#include "proto/twinq/v1/queue.pb.h"

#include "server/api/action.h"
#include "server/grpc/health_check.h"
#include "server/grpc/reflection.h"

namespace twinq {
namespace {

// The service of this name in the file that declares `Message`.
template <typename Message>
const google::protobuf::ServiceDescriptor& ServiceBeside(const std::string& name) {
  return *Message::descriptor()->file()->FindServiceByName(name);
}

}  // namespace

Services::Services()
    : queue(ServiceBeside<v1::SendMessageRequest>("QueueService")),
      admin(ServiceBeside<v1::GetServerInfoRequest>("AdminService")),
      health(ServiceBeside<grpc::health::v1::HealthCheckRequest>("Health")),
      reflection(ServiceBeside<grpc::reflection::v1::ServerReflectionRequest>("ServerReflection")),
      reflection_v1alpha(
          ServiceBeside<grpc::reflection::v1alpha::ServerReflectionRequest>("ServerReflection")),
      health_check(health.AddStream("Check")),
      health_watch(health.AddStream("Watch")),
      reflection_info(reflection.AddStream("ServerReflectionInfo")),
      reflection_info_v1alpha(reflection_v1alpha.AddStream("ServerReflectionInfo")),
      names{queue.name(), admin.name(), health.name(), reflection.name(),
            reflection_v1alpha.name()} {
  for (const api::Action& action : api::Actions()) queue.AddUnary(action.name);
  for (const api::Action& action : api::AdminActions()) admin.AddUnary(action.name);
}

FrontEndThread::FrontEndThread(std::unique_ptr<grpc::ServerCompletionQueue> queue,
                               const FrontEnd& front_end)
    : queue_(std::move(queue)),
      context_{.backend = front_end.backend,
               .random = entropy_,
               .address = front_end.address,
               .echoed_bytes_max = kEchoedBytesMax,
               .received_bytes_max = kReceivedBytesMax} {
  Services& services = front_end.services;
  const HealthStatus& health = front_end.health;
  AddActions(api::Actions(), services.queue, front_end.calls);
  AddActions(api::AdminActions(), services.admin, front_end.calls);
  AddStream(services.health, services.health_check,
            [&health](Stream& stream) { return std::make_unique<HealthCheck>(health, stream); });
  AddStream(services.health, services.health_watch, [this, &health](Stream& stream) {
    return std::make_unique<HealthWatch>(health, watches_, stream);
  });
  const auto reflect = [&services](Stream& stream) {
    return std::make_unique<Reflection>(services.names, stream);
  };
  AddStream(services.reflection, services.reflection_info, reflect);
  AddStream(services.reflection_v1alpha, services.reflection_info_v1alpha, reflect);
}

void FrontEndThread::AddActions(absl::Span<const api::Action> actions, RawService& service,
                                metrics::CallMetrics* calls) {
  int place = 0;
  for (const api::Action& action : actions) {
    metrics::CallCounters* counters =
        calls == nullptr ? nullptr : &calls->AddCounters(std::string(action.name));
    methods_.emplace_back(
        UnaryMethod::Served{
            .action = action, .service = service, .place = place++, .counters = counters},
        *queue_, context_);
  }
}

void FrontEndThread::AddStream(RawService& service, int place,
                               StreamMethod::HandlerFactory make_handler) {
  stream_methods_.emplace_back(service, place, *queue_, std::move(make_handler), entropy_);
}

void FrontEndThread::Start() {
  for (UnaryMethod& method : methods_) method.Start();
  for (StreamMethod& method : stream_methods_) method.Start();
  thread_ = platform::Thread("grpc", [this] { Serve(); });
}

void FrontEndThread::Stop() {
  Post(stop_alarm_, stopping_);
  thread_.Join();
}

void FrontEndThread::Post(grpc::Alarm& alarm, CompletionEvent& event) {
  alarm.Set(queue_.get(), gpr_inf_past(GPR_CLOCK_MONOTONIC), &event);
}

void FrontEndThread::Serve() {
  void* tag = nullptr;
  bool ok = false;
  while (queue_->Next(&tag, &ok)) {
    static_cast<CompletionEvent*>(tag)->Handle(ok ? Completion::kOk : Completion::kFailed);
    if (is_stopping_) ShutDownQueueIfOver();
  }
}

void FrontEndThread::HandleEnd(Completion) {
  for (UnaryMethod& method : methods_) method.End();
  for (StreamMethod& method : stream_methods_) method.End();
}

// On this thread, so that no call is asked of a queue that another thread has just shut down.
void FrontEndThread::HandleStop(Completion completion) {
  HandleEnd(completion);
  is_stopping_ = true;
}

void FrontEndThread::ShutDownQueueIfOver() {
  if (!std::all_of(methods_.begin(), methods_.end(),
                   [](const UnaryMethod& method) { return method.is_over(); })) {
    return;
  }
  is_stopping_ = false;
  queue_->Shutdown();
}

}  // namespace twinq
