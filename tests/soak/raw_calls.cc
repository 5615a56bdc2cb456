#include "tests/soak/raw_calls.h"

#include <utility>

#include "grpc/support/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"

#include "client/lib/channel.h"

namespace twinq::soak {
namespace {

constexpr int kConnectSecondsMax = 10;
constexpr int kCallSecondsMax = 30;

Fate FateOf(const grpc::Status& status) {
  if (status.ok()) return Fate::kDone;
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE) return Fate::kClosed;
  if (status.error_code() == grpc::StatusCode::CANCELLED) return Fate::kLeft;
  return Fate::kRefused;
}

// gRPC's client never closes a connection that is not made yet when its channel goes, so it is
// waited for.
std::shared_ptr<grpc::ChannelInterface> Connected(const std::string& address) {
  std::shared_ptr<grpc::ChannelInterface> channel = client::Connect(address);
  channel->WaitForConnected(gpr_time_from_seconds(kConnectSecondsMax, GPR_TIMESPAN));
  return channel;
}

}  // namespace

struct RawCalls::Connection {
  explicit Connection(const std::string& address) : stub(Connected(address)) {}

  grpc::GenericStub stub;
};

struct RawCalls::Call {
  grpc::ClientContext context;
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
};

RawCalls::RawCalls(const std::string& address)
    : connection_(std::make_unique<Connection>(address)) {}

RawCalls::~RawCalls() {
  Cancel();
  AwaitEnds();
}

void RawCalls::Begin(const std::string& method, const std::string& request,
                     std::function<void(Fate)> on_end) {
  {
    const platform::MutexLock lock(mutex_);
    ++pending_;
  }
  Call& call = *calls_.emplace_back(std::make_unique<Call>());
  const grpc::Slice slice(request);
  call.request = grpc::ByteBuffer(&slice, 1);
  call.context.set_deadline(gpr_time_from_seconds(kCallSecondsMax, GPR_TIMESPAN));
  connection_->stub.UnaryCall(&call.context, method, grpc::StubOptions(), &call.request,
                              &call.response,
                              [this, on_end = std::move(on_end)](const grpc::Status& status) {
                                on_end(FateOf(status));
                                OnEnd();
                              });
}

void RawCalls::Cancel() {
  for (const auto& call : calls_) call->context.TryCancel();
}

void RawCalls::AwaitEnds() {
  {
    const platform::MutexLock lock(mutex_);
    while (pending_ > 0) none_.Wait(mutex_);
  }
  calls_.clear();
}

void RawCalls::OnEnd() {
  const platform::MutexLock lock(mutex_);
  if (--pending_ == 0) none_.NotifyAll();
}

}  // namespace twinq::soak
