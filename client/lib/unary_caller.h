#ifndef TWINQ_CLIENT_LIB_UNARY_CALLER_H_
#define TWINQ_CLIENT_LIB_UNARY_CALLER_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpc/support/time.h"
#include "grpcpp/client_context.h"
#include "grpcpp/impl/codegen/channel_interface.h"

#include "client/lib/call_status.h"
#include "client/lib/cancellation.h"
#include "client/lib/queue_client.h"
#include "core/base/status_macros.h"

namespace twinq::client {

// What a finished call came to: OK, or gRPC's code with the service's text and, when the service
// sent one, the name of the SQS error.
absl::Status CallStatus(const grpc::Status& outcome, const grpc::ClientContext& context);

// A generated stub, and what every call has in common. For the sources of this library: users see
// no gRPC.
template <typename GeneratedStub>
class UnaryCaller {
 public:
  template <typename Request, typename Response>
  using Method = grpc::Status (GeneratedStub::*)(grpc::ClientContext*, const Request&, Response*);

  UnaryCaller(const std::shared_ptr<grpc::ChannelInterface>& channel, absl::Duration call_timeout,
              WhenUnavailable when_unavailable)
      : channel_(channel),
        stub_(channel),
        call_timeout_(call_timeout),
        when_unavailable_(when_unavailable) {}

  // Calls `method`, which may take `wait` longer than others. `cancellation`, if any, ends it.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(Method<Request, Response> method, const Request& request,
                                absl::Duration wait = absl::ZeroDuration(),
                                Cancellation* cancellation = nullptr) {
    // A span, not an instant: gRPC adds it to its own monotonic clock, and we read none.
    const gpr_timespec timeout =
        gpr_time_from_millis(absl::ToInt64Milliseconds(call_timeout_ + wait), GPR_TIMESPAN);
    const bool waits = when_unavailable_ == WhenUnavailable::kWait;
    // A call that waits inside gRPC could not tell afterwards whether it was sent.
    if (waits && !channel_->WaitForConnected(timeout)) return NotSent();
    if (!waits) LookForLostServer();
    grpc::ClientContext context;
    // A context that is cancelled before its call has begun ends it as it begins.
    const Cancellation::Call cancellable(cancellation, [&context] { context.TryCancel(); });
    context.set_deadline(timeout);
    context.set_wait_for_ready(waits);
    Response response;
    const grpc::Status outcome = (stub_.*method)(&context, request, &response);
    TWINQ_RETURN_IF_ERROR(CallStatus(outcome, context));
    return response;
  }

 private:
  // gRPC connects only while somebody waits for something on the channel, or every five seconds. A
  // call to a server that is known to be lost fails without waiting, so whoever made nothing but
  // such calls would not find the server again for that long.
  void LookForLostServer() {
    constexpr int64_t kLookMs = 100;
    if (channel_->GetState(false) != GRPC_CHANNEL_TRANSIENT_FAILURE) return;
    channel_->WaitForConnected(gpr_time_from_millis(kLookMs, GPR_TIMESPAN));
  }

  std::shared_ptr<grpc::ChannelInterface> channel_;
  GeneratedStub stub_;
  absl::Duration call_timeout_;
  WhenUnavailable when_unavailable_;
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_UNARY_CALLER_H_
