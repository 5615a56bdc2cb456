#include "tests/crash/service_client.h"

#include <optional>

#include "grpc/support/time.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

#include "proto/twinq/v1/queue.grpc.pb.h"

#include "client/lib/channel.h"
#include "core/base/timestamp.h"

namespace twinq::crash {
namespace {

using history::Outcome;
using Stub = v1::QueueService::Stub;

constexpr char kErrorMetadata[] = "twinq-error";

// The name of the SQS error that the call was refused with; empty if it was not: only an answer of
// the service tells that a call has had no effect.
std::string RefusalOf(const grpc::Status& status, const grpc::ClientContext& context) {
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto name = metadata.find(kErrorMetadata);
  if (name == metadata.end() || status.error_code() == grpc::StatusCode::INTERNAL ||
      status.error_code() == grpc::StatusCode::UNAVAILABLE) {
    return "";
  }
  return {name->second.data(), name->second.size()};
}

}  // namespace

class ServiceClient::Connection {
 public:
  explicit Connection(const std::string& address) : stub(client::Connect(address)) {}

  Stub stub;
};

ServiceClient::ServiceClient(ServerLocation& location, const Clock& clock)
    : location_(location), clock_(clock) {}

ServiceClient::~ServiceClient() = default;

template <typename Request, typename Response, typename Method>
Answer<Response> ServiceClient::Make(Method method, const Request& request,
                                     absl::Duration patience) {
  Answer<Response> answer;
  answer.times.asked_at = Timestamp::FromTime(clock_.Now());
  if (!Connect()) return answer;
  grpc::ClientContext context;
  context.set_deadline(gpr_time_from_millis(absl::ToInt64Milliseconds(patience), GPR_TIMESPAN));
  answer.times.asked_at = Timestamp::FromTime(clock_.Now());
  const grpc::Status status = (connection_->stub.*method)(&context, request, &answer.response);
  answer.times.answered_at = Timestamp::FromTime(clock_.Now());
  if (status.ok()) {
    answer.outcome = Outcome::kDone;
    return answer;
  }
  answer.error = RefusalOf(status, context);
  answer.outcome = answer.error.empty() ? Outcome::kUnknown : Outcome::kRefused;
  answer.text = status.error_message();
  return answer;
}

Answer<v1::CreateQueueResponse> ServiceClient::Call(const v1::CreateQueueRequest& request,
                                                    absl::Duration patience) {
  return Make<v1::CreateQueueRequest, v1::CreateQueueResponse>(&Stub::CreateQueue, request,
                                                               patience);
}

Answer<v1::DeleteQueueResponse> ServiceClient::Call(const v1::DeleteQueueRequest& request,
                                                    absl::Duration patience) {
  return Make<v1::DeleteQueueRequest, v1::DeleteQueueResponse>(&Stub::DeleteQueue, request,
                                                               patience);
}

Answer<v1::PurgeQueueResponse> ServiceClient::Call(const v1::PurgeQueueRequest& request,
                                                   absl::Duration patience) {
  return Make<v1::PurgeQueueRequest, v1::PurgeQueueResponse>(&Stub::PurgeQueue, request, patience);
}

Answer<v1::ListQueuesResponse> ServiceClient::Call(const v1::ListQueuesRequest& request,
                                                   absl::Duration patience) {
  return Make<v1::ListQueuesRequest, v1::ListQueuesResponse>(&Stub::ListQueues, request, patience);
}

Answer<v1::SendMessageResponse> ServiceClient::Call(const v1::SendMessageRequest& request,
                                                    absl::Duration patience) {
  return Make<v1::SendMessageRequest, v1::SendMessageResponse>(&Stub::SendMessage, request,
                                                               patience);
}

Answer<v1::SendMessageBatchResponse> ServiceClient::Call(const v1::SendMessageBatchRequest& request,
                                                         absl::Duration patience) {
  return Make<v1::SendMessageBatchRequest, v1::SendMessageBatchResponse>(&Stub::SendMessageBatch,
                                                                         request, patience);
}

Answer<v1::ReceiveMessageResponse> ServiceClient::Call(const v1::ReceiveMessageRequest& request,
                                                       absl::Duration patience) {
  return Make<v1::ReceiveMessageRequest, v1::ReceiveMessageResponse>(&Stub::ReceiveMessage, request,
                                                                     patience);
}

Answer<v1::DeleteMessageResponse> ServiceClient::Call(const v1::DeleteMessageRequest& request,
                                                      absl::Duration patience) {
  return Make<v1::DeleteMessageRequest, v1::DeleteMessageResponse>(&Stub::DeleteMessage, request,
                                                                   patience);
}

Answer<v1::DeleteMessageBatchResponse> ServiceClient::Call(
    const v1::DeleteMessageBatchRequest& request, absl::Duration patience) {
  return Make<v1::DeleteMessageBatchRequest, v1::DeleteMessageBatchResponse>(
      &Stub::DeleteMessageBatch, request, patience);
}

Answer<v1::ChangeMessageVisibilityResponse> ServiceClient::Call(
    const v1::ChangeMessageVisibilityRequest& request, absl::Duration patience) {
  return Make<v1::ChangeMessageVisibilityRequest, v1::ChangeMessageVisibilityResponse>(
      &Stub::ChangeMessageVisibility, request, patience);
}

bool ServiceClient::Connect() {
  const std::optional<std::string> address = location_.Await();
  if (!address.has_value()) return false;
  if (connection_ != nullptr && *address == address_) return true;
  address_ = *address;
  connection_ = std::make_unique<Connection>(address_);
  return true;
}

}  // namespace twinq::crash
