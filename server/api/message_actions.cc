#include "server/api/message_actions.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

#include "core/model/limits.h"
#include "server/api/new_messages.h"
#include "server/api/received_message.h"
#include "server/api/request_checks.h"

namespace twinq::api {
namespace {

std::optional<ApiError> CheckSupported(QueueKind kind, const v1::ReceiveMessageRequest& request) {
  // Standard queues ignore the attempt id (SQS semantics 2.10).
  if (kind == QueueKind::kFifo && request.has_receive_request_attempt_id()) {
    return Unsupported("ReceiveRequestAttemptId");
  }
  return std::nullopt;
}

}  // namespace

Step BeginSendMessage(ApiContext& context, const v1::SendMessageRequest& request,
                      v1::SendMessageResponse&) {
  if (request.queue_url().empty()) return MissingParameter("QueueUrl");
  if (request.message_body().empty()) return MissingParameter("MessageBody");
  std::variant<Directory::Entry, ApiError> found = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&found)) return std::move(*error);
  const Directory::Entry& queue = std::get<Directory::Entry>(found);
  if (queue.kind == QueueKind::kFifo && !request.has_message_group_id()) {
    return MissingParameter("MessageGroupId");
  }
  SendMessages send;
  send.queue = queue.id;
  AddMessage(context, queue, FieldsOf(request), send);
  return send;
}

std::optional<ApiError> FinishSendMessage(const ApiContext&, const v1::SendMessageRequest& request,
                                          Reply& reply, v1::SendMessageResponse& response) {
  const auto& result = std::get<MessagesSent>(reply).results.front();
  if (const auto* error = std::get_if<ApiError>(&result)) return *error;
  const auto& sent = std::get<SentMessage>(result);
  response.set_message_id(sent.id.ToText());
  if (MeansFifoQueue(request.queue_url())) response.set_sequence_number(sent.sequence.ToText());
  return std::nullopt;
}

Step BeginReceiveMessage(ApiContext& context, const v1::ReceiveMessageRequest& request,
                         v1::ReceiveMessageResponse&) {
  std::variant<Directory::Entry, ApiError> found = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&found)) return std::move(*error);
  const Directory::Entry& queue = std::get<Directory::Entry>(found);

  ReceiveMessages receive;
  receive.queue = queue.id;
  receive.bytes_max = context.received_bytes_max;
  if (request.has_max_number_of_messages()) {
    receive.messages_max = request.max_number_of_messages();
    if (receive.messages_max < 1 || receive.messages_max > kReceiveMessagesMax) {
      return BadValue(ApiErrorCode::kMaxMessagesOutOfRange, absl::StrCat(receive.messages_max));
    }
  }
  if (request.has_wait_time_seconds()) {
    receive.wait = absl::Seconds(request.wait_time_seconds());
    if (*receive.wait < absl::ZeroDuration() || *receive.wait > kReceiveWaitMax) {
      return BadValue(ApiErrorCode::kWaitTimeOutOfRange, absl::StrCat(request.wait_time_seconds()));
    }
  }
  if (request.has_visibility_timeout()) {
    if (auto error = CheckVisibility(request.visibility_timeout())) return *std::move(error);
    receive.visibility = absl::Seconds(request.visibility_timeout());
  }
  if (auto error = CheckSupported(queue.kind, request)) return *std::move(error);
  return receive;
}

std::optional<ApiError> FinishReceiveMessage(const ApiContext& context,
                                             const v1::ReceiveMessageRequest& request, Reply& reply,
                                             v1::ReceiveMessageResponse& response) {
  const QueueKind kind =
      MeansFifoQueue(request.queue_url()) ? QueueKind::kFifo : QueueKind::kStandard;
  const ReceivedMessageWriter writer(kind, request, context.backend.handles());
  for (const MessagesReceived::Entry& entry : std::get<MessagesReceived>(reply).entries) {
    writer.Write(entry, *response.add_messages());
  }
  return std::nullopt;
}

Step BeginDeleteMessage(ApiContext& context, const v1::DeleteMessageRequest& request,
                        v1::DeleteMessageResponse&) {
  if (request.queue_url().empty()) return MissingParameter("QueueUrl");
  if (request.receipt_handle().empty()) return MissingParameter("ReceiptHandle");
  std::variant<Directory::Entry, ApiError> found = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&found)) return std::move(*error);
  const QueueId queue = std::get<Directory::Entry>(found).id;
  std::variant<Receipt, ApiError> receipt = OpenHandle(context, request.receipt_handle());
  if (auto* error = std::get_if<ApiError>(&receipt)) return std::move(*error);
  return DeleteMessages{.queue = queue, .receipts = {std::get<Receipt>(receipt)}};
}

std::optional<ApiError> FinishDeleteMessage(const ApiContext&,
                                            const v1::DeleteMessageRequest& request, Reply& reply,
                                            v1::DeleteMessageResponse&) {
  const std::optional<ApiErrorCode> refused = std::get<EntryResults>(reply).results.front();
  if (!refused.has_value()) return std::nullopt;
  return BadValue(*refused, request.receipt_handle());
}

Step BeginChangeMessageVisibility(ApiContext& context,
                                  const v1::ChangeMessageVisibilityRequest& request,
                                  v1::ChangeMessageVisibilityResponse&) {
  if (request.queue_url().empty()) return MissingParameter("QueueUrl");
  if (request.receipt_handle().empty()) return MissingParameter("ReceiptHandle");
  if (!request.has_visibility_timeout()) return MissingParameter("VisibilityTimeout");
  std::variant<Directory::Entry, ApiError> found = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&found)) return std::move(*error);
  const QueueId queue = std::get<Directory::Entry>(found).id;
  if (auto error = CheckVisibility(request.visibility_timeout())) return *std::move(error);
  std::variant<Receipt, ApiError> receipt = OpenHandle(context, request.receipt_handle());
  if (auto* error = std::get_if<ApiError>(&receipt)) return std::move(*error);
  return ChangeVisibility{.queue = queue,
                          .entries = {{.receipt = std::get<Receipt>(receipt),
                                       .visibility = absl::Seconds(request.visibility_timeout())}}};
}

std::optional<ApiError> FinishChangeMessageVisibility(
    const ApiContext&, const v1::ChangeMessageVisibilityRequest& request, Reply& reply,
    v1::ChangeMessageVisibilityResponse&) {
  const std::optional<ApiErrorCode> refused = std::get<EntryResults>(reply).results.front();
  if (!refused.has_value()) return std::nullopt;
  return RefusedChange(*refused, request.receipt_handle(), request.visibility_timeout());
}

}  // namespace twinq::api
