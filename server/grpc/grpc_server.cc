#include "server/grpc/grpc_server.h"

#include <atomic>
#include <deque>
#include <limits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include <grpc/support/log.h>
#include <grpcpp/grpcpp.h>

#include "platform/log.h"
#include "server/api/action.h"
#include "server/grpc/front_end_thread.h"
#include "server/grpc/health_status.h"
#include "server/grpc/request_parser.h"

namespace twinq {
namespace {

// A batch may have 1 MiB; the rest is for what is refused with a reason, such as ten times that.
constexpr int kRequestBytesMax = 16 << 20;
constexpr absl::Duration kKeepaliveInterval = absl::Minutes(1);
constexpr absl::Duration kKeepaliveTimeout = absl::Seconds(20);
constexpr absl::Duration kClientPingIntervalMin = absl::Seconds(10);
constexpr absl::Duration kHandshakeMax = absl::Seconds(20);

// Once a server listens, what gRPC calls an error is the fault of a client, which could fill the
// log with it: a line for every malformed call.
std::atomic<platform::LogLevel> level_of_errors{platform::LogLevel::kError};

// gRPC's own log, as events of ours.
void LogForGrpc(gpr_log_func_args* event) {
  const auto level = event->severity == GPR_LOG_SEVERITY_ERROR  ? level_of_errors.load()
                     : event->severity == GPR_LOG_SEVERITY_INFO ? platform::LogLevel::kInfo
                                                                : platform::LogLevel::kDebug;
  platform::Log(level, "grpc", {{"message", event->message}});
}

// What clients may do to this server, each alone and all together.
void Bound(const GrpcServer::Options& options, grpc::ServerBuilder& builder) {
  grpc::ResourceQuota quota("twinq");
  if (options.transport_bytes_max < std::numeric_limits<size_t>::max() / 2) {
    quota.Resize(options.transport_bytes_max);
    builder.SetResourceQuota(quota);
  }
  builder.SetMaxReceiveMessageSize(kRequestBytesMax);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.streams_max);
  const auto set = [&builder](const char* argument, absl::Duration value) {
    builder.AddChannelArgument(argument, static_cast<int>(absl::ToInt64Milliseconds(value)));
  };
  // A client whose machine is gone sends no end of a connection.
  set(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveInterval);
  set(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeout);
  // Clients may ask, too, also without a call; those who ask more often are sent away.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  set(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kClientPingIntervalMin);
  // Whoever connects and says nothing.
  set(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, kHandshakeMax);
}

}  // namespace

struct GrpcServer::Serving {
  Services services;
  HealthStatus health{services.queue.name()};
  bool is_not_serving = false;  // Any more.
  bool is_ending = false;
  std::unique_ptr<grpc::Server> server;
  std::deque<FrontEndThread> threads;
};

GrpcServer::GrpcServer(std::string address, std::unique_ptr<Serving> serving)
    : address_(std::move(address)), serving_(std::move(serving)) {}

GrpcServer::~GrpcServer() { Shutdown(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Start(const Options& options,
                                                              const api::Backend& backend) {
  gpr_set_log_function(LogForGrpc);
  CaptureProtobufLog();
  // Debian builds Abseil with its checks for debugging: each lock of gRPC's would enter a graph of
  // all locks, under one lock for the whole process.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);

  auto serving = std::make_unique<Serving>();
  if (backend.is_ready()) serving->health.SetServing();
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort(options.address, grpc::InsecureServerCredentials(), &port);
  // Two servers on one port would share its connections without anybody noticing.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  Bound(options, builder);
  Services& services = serving->services;
  for (RawService* service : {&services.queue, &services.admin, &services.health,
                              &services.reflection, &services.reflection_v1alpha}) {
    builder.RegisterService(service);
  }
  std::vector<std::unique_ptr<grpc::ServerCompletionQueue>> queues;
  queues.reserve(static_cast<size_t>(options.threads));
  for (int i = 0; i < options.threads; ++i) queues.push_back(builder.AddCompletionQueue());
  serving->server = builder.BuildAndStart();
  if (serving->server == nullptr) {
    // The queues are unused and end with this scope. To shut them down would have gRPC log an
    // error, for they still count the server that came to nothing.
    return absl::UnavailableError(absl::StrCat("cannot listen on --grpc=", options.address));
  }

  level_of_errors = platform::LogLevel::kDebug;
  const std::string host = options.address.substr(0, options.address.rfind(':'));
  const std::string address = absl::StrCat(host, ":", port);
  const FrontEndThread::FrontEnd front_end{.services = services,
                                           .health = serving->health,
                                           .backend = backend,
                                           .address = address,
                                           .calls = options.calls};
  for (auto& queue : queues) serving->threads.emplace_back(std::move(queue), front_end).Start();
  return std::make_unique<GrpcServer>(address, std::move(serving));
}

void GrpcServer::SetServing() {
  if (serving_->is_not_serving) return;
  serving_->health.SetServing();
  for (FrontEndThread& thread : serving_->threads) thread.OnHealthChange();
}

void GrpcServer::SetNotServing() {
  if (std::exchange(serving_->is_not_serving, true)) return;
  serving_->health.SetNotServing();
  for (FrontEndThread& thread : serving_->threads) thread.OnHealthChange();
}

void GrpcServer::Shutdown(absl::Duration grace) {
  if (std::exchange(serving_->is_ending, true)) return;
  for (FrontEndThread& thread : serving_->threads) thread.End();
  serving_->server->Shutdown(gpr_time_from_nanos(absl::ToInt64Nanoseconds(grace), GPR_TIMESPAN));
  for (FrontEndThread& thread : serving_->threads) thread.Stop();
}

}  // namespace twinq
