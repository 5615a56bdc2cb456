#ifndef TWINQ_TESTS_CRASH_SERVICE_CLIENT_H_
#define TWINQ_TESTS_CRASH_SERVICE_CLIENT_H_

#include <memory>
#include <string>

#include "absl/time/time.h"

#include "proto/twinq/v1/queue.pb.h"

#include "core/base/clock.h"
#include "tests/crash/call.h"
#include "tests/crash/server_location.h"

namespace twinq::crash {

// How long a client waits for an answer that it wants. A server that lives answers far sooner.
inline constexpr absl::Duration kPatience = absl::Seconds(30);

// One connection to the server, wherever that is: found again after each start. A call is made
// once; nothing is retried.
//
// A call waits for a server, then makes the request's action. Its outcome is unknown if there is no
// answer within `patience`; also, without a request, if there will be no server any more.
//
// Thread-safety: one thread at a time.
class ServiceClient {
 public:
  // Borrows both.
  ServiceClient(ServerLocation& location, const Clock& clock);
  ~ServiceClient();
  ServiceClient(const ServiceClient&) = delete;
  ServiceClient& operator=(const ServiceClient&) = delete;

  Answer<v1::CreateQueueResponse> Call(const v1::CreateQueueRequest& request,
                                       absl::Duration patience);
  Answer<v1::DeleteQueueResponse> Call(const v1::DeleteQueueRequest& request,
                                       absl::Duration patience);
  Answer<v1::PurgeQueueResponse> Call(const v1::PurgeQueueRequest& request,
                                      absl::Duration patience);
  Answer<v1::ListQueuesResponse> Call(const v1::ListQueuesRequest& request,
                                      absl::Duration patience);
  Answer<v1::SendMessageResponse> Call(const v1::SendMessageRequest& request,
                                       absl::Duration patience);
  Answer<v1::SendMessageBatchResponse> Call(const v1::SendMessageBatchRequest& request,
                                            absl::Duration patience);
  Answer<v1::ReceiveMessageResponse> Call(const v1::ReceiveMessageRequest& request,
                                          absl::Duration patience);
  Answer<v1::DeleteMessageResponse> Call(const v1::DeleteMessageRequest& request,
                                         absl::Duration patience);
  Answer<v1::DeleteMessageBatchResponse> Call(const v1::DeleteMessageBatchRequest& request,
                                              absl::Duration patience);
  Answer<v1::ChangeMessageVisibilityResponse> Call(
      const v1::ChangeMessageVisibilityRequest& request, absl::Duration patience);

 private:
  class Connection;  // Keeps gRPC out of this header.

  template <typename Request, typename Response, typename Method>
  Answer<Response> Make(Method method, const Request& request, absl::Duration patience);
  // False if there will be no server any more.
  bool Connect();

  ServerLocation& location_;
  const Clock& clock_;
  std::string address_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_SERVICE_CLIENT_H_
