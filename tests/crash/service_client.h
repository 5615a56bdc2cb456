#ifndef TWINQ_TESTS_CRASH_SERVICE_CLIENT_H_
#define TWINQ_TESTS_CRASH_SERVICE_CLIENT_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "grpc/support/time.h"
#include "grpcpp/client_context.h"

#include "proto/twinq/v1/queue.grpc.pb.h"

#include "core/base/clock.h"
#include "core/base/timestamp.h"
#include "tests/crash/call.h"
#include "tests/crash/server_location.h"

namespace twinq::crash {

// How long a client waits for an answer that it wants. A server that lives answers far sooner.
inline constexpr absl::Duration kPatience = absl::Seconds(30);

// One connection to the server, wherever that is: found again after each start. A call is made
// once; nothing is retried.
//
// Thread-safety: one thread at a time.
class ServiceClient {
 public:
  // Borrows both.
  ServiceClient(ServerLocation& location, const Clock& clock)
      : location_(location), clock_(clock) {}

  template <typename Request, typename Response>
  using Method = grpc::Status (v1::QueueService::Stub::*)(grpc::ClientContext*, const Request&,
                                                          Response*);

  // Waits for a server, then calls `method`. An unknown outcome if there is no answer within
  // `patience`; also, without a call, if there will be no server any more.
  template <typename Request, typename Response>
  Answer<Response> Call(Method<Request, Response> method, const Request& request,
                        absl::Duration patience);

 private:
  // False if there will be no server any more.
  bool Connect();

  ServerLocation& location_;
  const Clock& clock_;
  std::string address_;
  std::unique_ptr<v1::QueueService::Stub> stub_;
};

template <typename Request, typename Response>
Answer<Response> ServiceClient::Call(Method<Request, Response> method, const Request& request,
                                     absl::Duration patience) {
  Answer<Response> answer;
  answer.times.asked_at = Timestamp::FromTime(clock_.Now());
  if (!Connect()) return answer;
  grpc::ClientContext context;
  context.set_deadline(gpr_time_from_millis(absl::ToInt64Milliseconds(patience), GPR_TIMESPAN));
  answer.times.asked_at = Timestamp::FromTime(clock_.Now());
  const grpc::Status status = (stub_.get()->*method)(&context, request, &answer.response);
  answer.times.answered_at = Timestamp::FromTime(clock_.Now());
  Verdict verdict = VerdictOf(status, context);
  answer.outcome = verdict.outcome;
  answer.error = std::move(verdict.error);
  answer.text = status.error_message();
  return answer;
}

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_SERVICE_CLIENT_H_
