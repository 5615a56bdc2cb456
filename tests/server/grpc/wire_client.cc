#include "tests/server/grpc/wire_client.h"

#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grpc/support/log.h"
#include "grpc/support/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/channel_arguments.h"

#include "platform/mutex.h"

namespace twinq {

void SilenceGrpc() {
  gpr_set_log_function([](gpr_log_func_args*) {});
}

struct WireClient::Connection {
  explicit Connection(const std::shared_ptr<grpc::ChannelInterface>& channel) : stub(channel) {}

  grpc::GenericStub stub;
};

struct WireClient::Call::State {
  void End(const grpc::Status& status) {
    const platform::MutexLock lock(mutex);
    answer.status =
        absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
    answer.error_details = status.error_details();
    answer.error_name = TrailerOf("twinq-error");
    answer.request_id = TrailerOf("twinq-request-id");
    std::vector<grpc::Slice> slices;
    if (status.ok() && response.Dump(&slices).ok()) {
      for (const grpc::Slice& slice : slices) {
        answer.bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
      }
    }
    has_ended = true;
    changed.NotifyAll();
  }

  std::string TrailerOf(const std::string& name) const {
    const auto& trailers = context.GetServerTrailingMetadata();
    const auto found = trailers.find(name);
    return found == trailers.end() ? "" : std::string(found->second.data(), found->second.size());
  }

  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;

  platform::Mutex mutex;
  platform::CondVar changed;
  bool has_ended ABSL_GUARDED_BY(mutex) = false;
  WireAnswer answer;  // Constant once the call has ended.
};

WireClient::Call::Call(std::unique_ptr<State> state) : state_(std::move(state)) {}

WireClient::Call::~Call() {
  Cancel();
  Await();
}

void WireClient::Call::Cancel() { state_->context.TryCancel(); }

const WireAnswer& WireClient::Call::Await() {
  const platform::MutexLock lock(state_->mutex);
  while (!state_->has_ended) state_->changed.Wait(state_->mutex);
  return state_->answer;
}

WireClient::WireClient(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  connection_ = std::make_unique<Connection>(
      grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
}

WireClient::~WireClient() = default;

std::unique_ptr<WireClient::Call> WireClient::Begin(absl::string_view method,
                                                    const std::string& request,
                                                    absl::Duration deadline,
                                                    const Metadata& metadata) {
  auto state = std::make_unique<Call::State>();
  const grpc::Slice slice(request);
  state->request = grpc::ByteBuffer(&slice, 1);
  state->context.set_deadline(
      gpr_time_from_nanos(absl::ToInt64Nanoseconds(deadline), GPR_TIMESPAN));
  for (const auto& [name, value] : metadata) state->context.AddMetadata(name, value);
  Call::State& started = *state;
  const std::string path = absl::StartsWith(method, "/")
                               ? std::string(method)
                               : absl::StrCat("/twinq.v1.QueueService/", method);
  connection_->stub.UnaryCall(&started.context, path, {}, &started.request, &started.response,
                              [&started](const grpc::Status& status) { started.End(status); });
  return std::make_unique<Call>(std::move(state));
}

}  // namespace twinq
