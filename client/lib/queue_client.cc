#include "client/lib/queue_client.h"

#include <cstdint>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "proto/twinq/v1/queue.grpc.pb.h"

#include "client/lib/call_status.h"
#include "client/lib/durations.h"
#include "client/lib/unary_caller.h"
#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq::client {
namespace {

// What a receive may wait for when only the queue knows: the longest wait that there is.
constexpr absl::Duration kWaitMax = absl::Seconds(20);

v1::MessageAttributeValue ValueOf(const MessageAttribute& attribute) {
  v1::MessageAttributeValue value;
  value.set_data_type(attribute.data_type);
  if (absl::StartsWith(attribute.data_type, "Binary")) {
    value.set_binary_value(attribute.value);
  } else {
    value.set_string_value(attribute.value);
  }
  return value;
}

// What a send asks for, in a request or in an entry of a batch.
template <typename Request>
absl::Status FillIn(absl::string_view body, const SendOptions& options, Request& request) {
  request.set_message_body(std::string(body));
  if (options.group_id.has_value()) request.set_message_group_id(*options.group_id);
  if (options.dedup_id.has_value()) request.set_message_deduplication_id(*options.dedup_id);
  if (options.delay.has_value()) {
    TWINQ_ASSIGN_OR_RETURN(const int32_t seconds, WholeSeconds(*options.delay));
    request.set_delay_seconds(seconds);
  }
  for (const auto& [name, attribute] : options.attributes) {
    (*request.mutable_message_attributes())[name] = ValueOf(attribute);
  }
  return absl::OkStatus();
}

void AskForDetails(Details details, v1::ReceiveMessageRequest& request) {
  switch (details) {
    case Details::kBody:
      return;
    case Details::kGroup:
      request.add_message_system_attribute_names("MessageGroupId");
      return;
    case Details::kNumbers:
      request.add_message_system_attribute_names("ApproximateReceiveCount");
      request.add_message_system_attribute_names("SequenceNumber");
      return;
    case Details::kAll:
      request.add_message_system_attribute_names("All");
      request.add_message_attribute_names("All");
      return;
  }
}

template <typename Answer>
SentMessage SentOf(Answer& answer) {
  return {.message_id = std::move(*answer.mutable_message_id()),
          .sequence_number = std::move(*answer.mutable_sequence_number())};
}

ReceivedMessage ReceivedOf(v1::Message& message) {
  ReceivedMessage received{.message_id = std::move(*message.mutable_message_id()),
                           .receipt_handle = std::move(*message.mutable_receipt_handle()),
                           .body = std::move(*message.mutable_body())};
  received.system_attributes.insert(message.attributes().begin(), message.attributes().end());
  for (const auto& [name, value] : message.message_attributes()) {
    received.attributes[name] = {
        .data_type = value.data_type(),
        .value = value.has_binary_value() ? value.binary_value() : value.string_value()};
  }
  return received;
}

// An entry of a batch that was refused, as a call of its own would be.
absl::Status StatusOf(const v1::BatchResultErrorEntry& failed) {
  const auto code =
      failed.sender_fault() ? absl::StatusCode::kInvalidArgument : absl::StatusCode::kInternal;
  return WithSqsErrorName(absl::Status(code, failed.message()), failed.code());
}

// Entries of batches are named by their place.
template <typename Outcome, typename Entry>
Outcome* PlaceOf(const Entry& entry, std::vector<Outcome>& outcomes) {
  size_t place = 0;
  return absl::SimpleAtoi(entry.id(), &place) && place < outcomes.size() ? &outcomes[place]
                                                                         : nullptr;
}

absl::Status NotInTheAnswer() { return absl::InternalError("the answer has no such entry"); }

// Of a batch whose entries succeed without saying more.
template <typename Response>
std::vector<absl::Status> OutcomesOf(const Response& response, size_t entries) {
  std::vector<absl::Status> outcomes(entries, NotInTheAnswer());
  for (const auto& successful : response.successful()) {
    if (auto* outcome = PlaceOf(successful, outcomes)) *outcome = absl::OkStatus();
  }
  for (const v1::BatchResultErrorEntry& failed : response.failed()) {
    if (auto* outcome = PlaceOf(failed, outcomes)) *outcome = StatusOf(failed);
  }
  return outcomes;
}

}  // namespace

QueueKind KindOfQueue(absl::string_view queue) {
  return absl::EndsWith(queue, ".fifo") ? QueueKind::kFifo : QueueKind::kStandard;
}

class QueueClient::Stub : public UnaryCaller<v1::QueueService::Stub> {
 public:
  using UnaryCaller::UnaryCaller;
};

QueueClient::QueueClient(const std::shared_ptr<grpc::ChannelInterface>& channel,
                         absl::Duration call_timeout, WhenUnavailable when_unavailable) {
  TWINQ_CHECK(channel != nullptr);
  stub_ = std::make_unique<Stub>(channel, call_timeout, when_unavailable);
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

absl::StatusOr<QueueClient::QueuePage> QueueClient::ListQueues(absl::string_view prefix,
                                                               absl::string_view next_token) {
  v1::ListQueuesRequest request;
  request.set_max_results(1'000);
  if (!prefix.empty()) request.set_queue_name_prefix(std::string(prefix));
  if (!next_token.empty()) request.set_next_token(std::string(next_token));
  TWINQ_ASSIGN_OR_RETURN(auto response, stub_->Call(&v1::QueueService::Stub::ListQueues, request));
  return QueuePage{.urls = {response.queue_urls().begin(), response.queue_urls().end()},
                   .next_token = response.next_token()};
}

absl::Status QueueClient::DeleteQueue(absl::string_view queue) {
  v1::DeleteQueueRequest request;
  request.set_queue_url(std::string(queue));
  return stub_->Call(&v1::QueueService::Stub::DeleteQueue, request).status();
}

absl::Status QueueClient::PurgeQueue(absl::string_view queue) {
  v1::PurgeQueueRequest request;
  request.set_queue_url(std::string(queue));
  return stub_->Call(&v1::QueueService::Stub::PurgeQueue, request).status();
}

absl::StatusOr<QueueAttributes> QueueClient::GetQueueAttributes(absl::string_view queue) {
  v1::GetQueueAttributesRequest request;
  request.set_queue_url(std::string(queue));
  request.add_attribute_names("All");
  TWINQ_ASSIGN_OR_RETURN(const auto response,
                         stub_->Call(&v1::QueueService::Stub::GetQueueAttributes, request));
  return QueueAttributes(response.attributes().begin(), response.attributes().end());
}

absl::Status QueueClient::SetQueueAttributes(absl::string_view queue,
                                             const QueueAttributes& attributes) {
  v1::SetQueueAttributesRequest request;
  request.set_queue_url(std::string(queue));
  request.mutable_attributes()->insert(attributes.begin(), attributes.end());
  return stub_->Call(&v1::QueueService::Stub::SetQueueAttributes, request).status();
}

absl::StatusOr<SentMessage> QueueClient::SendMessage(absl::string_view queue,
                                                     absl::string_view body,
                                                     const SendOptions& options) {
  v1::SendMessageRequest request;
  request.set_queue_url(std::string(queue));
  TWINQ_RETURN_IF_ERROR(FillIn(body, options, request));
  TWINQ_ASSIGN_OR_RETURN(auto response, stub_->Call(&v1::QueueService::Stub::SendMessage, request));
  return SentOf(response);
}

absl::StatusOr<std::vector<absl::StatusOr<SentMessage>>> QueueClient::SendMessageBatch(
    absl::string_view queue, absl::Span<const OutgoingMessage> messages) {
  v1::SendMessageBatchRequest request;
  request.set_queue_url(std::string(queue));
  for (size_t i = 0; i < messages.size(); ++i) {
    v1::SendMessageBatchRequestEntry& entry = *request.add_entries();
    entry.set_id(absl::StrCat(i));
    TWINQ_RETURN_IF_ERROR(FillIn(messages[i].body, messages[i].options, entry));
  }
  TWINQ_ASSIGN_OR_RETURN(auto response,
                         stub_->Call(&v1::QueueService::Stub::SendMessageBatch, request));
  std::vector<absl::StatusOr<SentMessage>> outcomes(messages.size(), NotInTheAnswer());
  for (v1::SendMessageBatchResultEntry& sent : *response.mutable_successful()) {
    if (auto* outcome = PlaceOf(sent, outcomes)) *outcome = SentOf(sent);
  }
  for (const v1::BatchResultErrorEntry& failed : response.failed()) {
    if (auto* outcome = PlaceOf(failed, outcomes)) *outcome = StatusOf(failed);
  }
  return outcomes;
}

absl::StatusOr<std::vector<ReceivedMessage>> QueueClient::ReceiveMessages(
    absl::string_view queue, const ReceiveOptions& options, Cancellation* cancellation) {
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
  AskForDetails(options.details, request);
  TWINQ_ASSIGN_OR_RETURN(auto response,
                         stub_->Call(&v1::QueueService::Stub::ReceiveMessage, request,
                                     options.wait.value_or(kWaitMax), cancellation));
  std::vector<ReceivedMessage> messages;
  messages.reserve(static_cast<size_t>(response.messages_size()));
  for (v1::Message& message : *response.mutable_messages()) messages.push_back(ReceivedOf(message));
  return messages;
}

absl::Status QueueClient::DeleteMessage(absl::string_view queue, absl::string_view receipt_handle) {
  v1::DeleteMessageRequest request;
  request.set_queue_url(std::string(queue));
  request.set_receipt_handle(std::string(receipt_handle));
  return stub_->Call(&v1::QueueService::Stub::DeleteMessage, request).status();
}

absl::StatusOr<std::vector<absl::Status>> QueueClient::DeleteMessageBatch(
    absl::string_view queue, absl::Span<const std::string> receipt_handles) {
  v1::DeleteMessageBatchRequest request;
  request.set_queue_url(std::string(queue));
  for (size_t i = 0; i < receipt_handles.size(); ++i) {
    v1::DeleteMessageBatchRequestEntry& entry = *request.add_entries();
    entry.set_id(absl::StrCat(i));
    entry.set_receipt_handle(receipt_handles[i]);
  }
  TWINQ_ASSIGN_OR_RETURN(const auto response,
                         stub_->Call(&v1::QueueService::Stub::DeleteMessageBatch, request));
  return OutcomesOf(response, receipt_handles.size());
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

absl::StatusOr<std::vector<absl::Status>> QueueClient::ChangeMessageVisibilityBatch(
    absl::string_view queue, absl::Span<const std::string> receipt_handles,
    absl::Duration visibility_timeout) {
  TWINQ_ASSIGN_OR_RETURN(const int32_t seconds, WholeSeconds(visibility_timeout));
  v1::ChangeMessageVisibilityBatchRequest request;
  request.set_queue_url(std::string(queue));
  for (size_t i = 0; i < receipt_handles.size(); ++i) {
    v1::ChangeMessageVisibilityBatchRequestEntry& entry = *request.add_entries();
    entry.set_id(absl::StrCat(i));
    entry.set_receipt_handle(receipt_handles[i]);
    entry.set_visibility_timeout(seconds);
  }
  TWINQ_ASSIGN_OR_RETURN(
      const auto response,
      stub_->Call(&v1::QueueService::Stub::ChangeMessageVisibilityBatch, request));
  return OutcomesOf(response, receipt_handles.size());
}

}  // namespace twinq::client
