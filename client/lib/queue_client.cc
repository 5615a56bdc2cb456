#include "client/lib/queue_client.h"

#include <cstdint>
#include <utility>

#include "grpc/support/time.h"
#include "grpcpp/client_context.h"

#include "proto/twinq/v1/queue.grpc.pb.h"

#include "client/lib/call_status.h"
#include "client/lib/durations.h"
#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq::client {
namespace {

constexpr char kErrorMetadata[] = "twinq-error";

// What a finished call came to: OK, or gRPC's code with the service's text and, when the service
// sent one, the name of the SQS error.
absl::Status CallStatus(const grpc::Status& outcome, const grpc::ClientContext& context) {
  if (outcome.ok()) return absl::OkStatus();
  // The two libraries number their codes alike.
  absl::Status status(static_cast<absl::StatusCode>(outcome.error_code()), outcome.error_message());
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto name = metadata.find(kErrorMetadata);
  if (name == metadata.end()) return status;
  return WithSqsErrorName(std::move(status), std::string(name->second.data(), name->second.size()));
}

// What a receive may wait for when only the queue knows: the longest wait that there is.
constexpr absl::Duration kWaitMax = absl::Seconds(20);

}  // namespace

// The generated stub, and what every call has in common.
class QueueClient::Stub {
 public:
  Stub(const std::shared_ptr<grpc::ChannelInterface>& channel, absl::Duration call_timeout)
      : service_(channel), call_timeout_(call_timeout) {}

  template <typename Request, typename Response>
  using Method = grpc::Status (v1::QueueService::Stub::*)(grpc::ClientContext*, const Request&,
                                                          Response*);

  // Calls `method`, which may take `wait` longer than others.
  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(Method<Request, Response> method, const Request& request,
                                absl::Duration wait = absl::ZeroDuration()) {
    grpc::ClientContext context;
    // A span, not an instant: gRPC adds it to its own monotonic clock, and we read none.
    context.set_deadline(
        gpr_time_from_millis(absl::ToInt64Milliseconds(call_timeout_ + wait), GPR_TIMESPAN));
    Response response;
    const grpc::Status outcome = (service_.*method)(&context, request, &response);
    TWINQ_RETURN_IF_ERROR(CallStatus(outcome, context));
    return response;
  }

 private:
  v1::QueueService::Stub service_;
  absl::Duration call_timeout_;
};

QueueClient::QueueClient(const std::shared_ptr<grpc::ChannelInterface>& channel,
                         absl::Duration call_timeout) {
  TWINQ_CHECK(channel != nullptr);
  stub_ = std::make_unique<Stub>(channel, call_timeout);
}

QueueClient::~QueueClient() = default;
QueueClient::QueueClient(QueueClient&&) noexcept = default;
QueueClient& QueueClient::operator=(QueueClient&&) noexcept = default;

absl::StatusOr<std::string> QueueClient::CreateQueue(absl::string_view name, QueueKind kind,
                                                     const QueueAttributes& attributes) {
  v1::CreateQueueRequest request;
  request.set_queue_name(std::string(name));
  request.mutable_attributes()->insert(attributes.begin(), attributes.end());
  if (kind == QueueKind::kFifo) (*request.mutable_attributes())["FifoQueue"] = "true";
  TWINQ_ASSIGN_OR_RETURN(auto response, stub_->Call(&v1::QueueService::Stub::CreateQueue, request));
  return std::move(*response.mutable_queue_url());
}

absl::StatusOr<std::string> QueueClient::GetQueueUrl(absl::string_view name) {
  v1::GetQueueUrlRequest request;
  request.set_queue_name(std::string(name));
  TWINQ_ASSIGN_OR_RETURN(auto response, stub_->Call(&v1::QueueService::Stub::GetQueueUrl, request));
  return std::move(*response.mutable_queue_url());
}

absl::StatusOr<std::vector<std::string>> QueueClient::ListQueues() {
  TWINQ_ASSIGN_OR_RETURN(auto response,
                         stub_->Call(&v1::QueueService::Stub::ListQueues, v1::ListQueuesRequest()));
  return std::vector<std::string>(response.queue_urls().begin(), response.queue_urls().end());
}

absl::Status QueueClient::DeleteQueue(absl::string_view queue) {
  v1::DeleteQueueRequest request;
  request.set_queue_url(std::string(queue));
  return stub_->Call(&v1::QueueService::Stub::DeleteQueue, request).status();
}

absl::StatusOr<SentMessage> QueueClient::SendMessage(absl::string_view queue,
                                                     absl::string_view body,
                                                     const SendOptions& options) {
  v1::SendMessageRequest request;
  request.set_queue_url(std::string(queue));
  request.set_message_body(std::string(body));
  if (options.group_id.has_value()) request.set_message_group_id(*options.group_id);
  if (options.dedup_id.has_value()) request.set_message_deduplication_id(*options.dedup_id);
  TWINQ_ASSIGN_OR_RETURN(auto response, stub_->Call(&v1::QueueService::Stub::SendMessage, request));
  return SentMessage{.message_id = std::move(*response.mutable_message_id()),
                     .sequence_number = std::move(*response.mutable_sequence_number())};
}

absl::StatusOr<std::vector<ReceivedMessage>> QueueClient::ReceiveMessages(
    absl::string_view queue, const ReceiveOptions& options) {
  v1::ReceiveMessageRequest request;
  request.set_queue_url(std::string(queue));
  request.set_max_number_of_messages(options.messages_max);
  if (options.visibility_timeout.has_value()) {
    TWINQ_ASSIGN_OR_RETURN(const int32_t seconds, WholeSeconds(*options.visibility_timeout));
    request.set_visibility_timeout(seconds);
  }
  if (options.wait.has_value()) {
    TWINQ_ASSIGN_OR_RETURN(const int32_t seconds, WholeSeconds(*options.wait));
    request.set_wait_time_seconds(seconds);
  }
  TWINQ_ASSIGN_OR_RETURN(auto response, stub_->Call(&v1::QueueService::Stub::ReceiveMessage,
                                                    request, options.wait.value_or(kWaitMax)));
  std::vector<ReceivedMessage> messages;
  messages.reserve(static_cast<size_t>(response.messages_size()));
  for (v1::Message& message : *response.mutable_messages()) {
    messages.push_back({.message_id = std::move(*message.mutable_message_id()),
                        .receipt_handle = std::move(*message.mutable_receipt_handle()),
                        .body = std::move(*message.mutable_body())});
  }
  return messages;
}

absl::Status QueueClient::DeleteMessage(absl::string_view queue, absl::string_view receipt_handle) {
  v1::DeleteMessageRequest request;
  request.set_queue_url(std::string(queue));
  request.set_receipt_handle(std::string(receipt_handle));
  return stub_->Call(&v1::QueueService::Stub::DeleteMessage, request).status();
}

absl::Status QueueClient::ChangeMessageVisibility(absl::string_view queue,
                                                  absl::string_view receipt_handle,
                                                  absl::Duration visibility_timeout) {
  TWINQ_ASSIGN_OR_RETURN(const int32_t seconds, WholeSeconds(visibility_timeout));
  v1::ChangeMessageVisibilityRequest request;
  request.set_queue_url(std::string(queue));
  request.set_receipt_handle(std::string(receipt_handle));
  request.set_visibility_timeout(seconds);
  return stub_->Call(&v1::QueueService::Stub::ChangeMessageVisibility, request).status();
}

}  // namespace twinq::client
