#include "server/api/batch_actions.h"

#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "core/model/limits.h"
#include "server/api/batch_checks.h"
#include "server/api/new_messages.h"
#include "server/api/request_checks.h"

namespace twinq::api {
namespace {

using Failures = google::protobuf::RepeatedPtrField<v1::BatchResultErrorEntry>;

// What refuses a batch of sends as a whole.
struct BatchFault {
  ApiError error;
  int judged = 0;  // So many entries need their deduplication id before this is found.
};

std::optional<BatchFault> FindFault(QueueKind kind, const Batch& batch,
                                    const v1::SendMessageBatchRequest& request) {
  if (auto error = CheckCount(batch)) return BatchFault{*std::move(error), 0};
  size_t bytes = 0;
  for (int i = 0; i < request.entries_size(); ++i) {
    const auto place = static_cast<size_t>(i);
    if (auto error = CheckId(batch, place)) return BatchFault{*std::move(error), i};
    if (kind == QueueKind::kFifo && !request.entries(i).has_message_group_id()) {
      return BatchFault{{.code = ApiErrorCode::kBatchEntryWithoutGroup}, i};
    }
    if (auto error = CheckIdIsNew(batch, place)) return BatchFault{*std::move(error), i + 1};
    bytes += FieldsOf(request.entries(i)).size();
  }
  if (bytes <= kMessageBytesMax) return std::nullopt;
  return BatchFault{BadValue(ApiErrorCode::kBatchTooLong, absl::StrCat(bytes)),
                    request.entries_size()};
}

// Only the queue knows whether one of the entries before the fault needs the deduplication id that
// it lacks, so if there is such an entry it goes to the queue with the fault behind it.
Step Refuse(const Directory::Entry& queue, const v1::SendMessageBatchRequest& request,
            BatchFault fault) {
  SendMessages send;
  send.queue = queue.id;
  for (int i = 0; i < fault.judged && queue.kind == QueueKind::kFifo; ++i) {
    if (!request.entries(i).has_message_deduplication_id()) send.entries.emplace_back();
  }
  if (send.entries.empty()) return std::move(fault.error);
  send.findings.push_back(
      {.rank = SendMessages::Finding::Rank::kRequest, .entry = 0, .error = std::move(fault.error)});
  return send;
}

std::variant<Receipt, ApiError> Judge(const ApiContext& context,
                                      const v1::DeleteMessageBatchRequestEntry& entry) {
  return OpenHandle(context, entry.receipt_handle());
}

std::variant<ChangeVisibility::Entry, ApiError> Judge(
    const ApiContext& context, const v1::ChangeMessageVisibilityBatchRequestEntry& entry) {
  if (auto error = CheckVisibility(entry.visibility_timeout())) return *std::move(error);
  std::variant<Receipt, ApiError> receipt = OpenHandle(context, entry.receipt_handle());
  if (auto* error = std::get_if<ApiError>(&receipt)) return std::move(*error);
  return ChangeVisibility::Entry{.receipt = std::get<Receipt>(receipt),
                                 .visibility = absl::Seconds(entry.visibility_timeout())};
}

// Takes the entries that can be judged no further here into a command; the others have failed.
template <typename Request, typename CommandEntries>
void TakeEntries(const ApiContext& context, const Request& request, CommandEntries& taken,
                 Failures& failed) {
  const Batch batch = BatchOf(request.entries());
  for (int i = 0; i < request.entries_size(); ++i) {
    const auto& entry = request.entries(i);
    if (entry.receipt_handle().empty()) {
      const std::string name = NameInBatch(batch, static_cast<size_t>(i), "ReceiptHandle");
      AddFailure(context, entry.id(), MissingParameter(name), failed);
      continue;
    }
    std::variant<typename CommandEntries::value_type, ApiError> judged = Judge(context, entry);
    if (auto* error = std::get_if<ApiError>(&judged)) {
      AddFailure(context, entry.id(), std::move(*error), failed);
    } else {
      taken.push_back(std::get<0>(std::move(judged)));
    }
  }
}

// Completes the response to a batch of receipts, which has the entries that never became part of
// the command as failures already. `error_of` makes an error of a code and its entry.
template <typename Request, typename Response, typename ErrorOf>
void AddResults(const ApiContext& context, const Request& request, const EntryResults& results,
                Response& response, ErrorOf error_of) {
  Failures judged;
  judged.Swap(response.mutable_failed());
  auto failure = judged.begin();
  auto result = results.results.begin();
  for (const auto& entry : request.entries()) {
    if (failure != judged.end() && failure->id() == entry.id()) {
      *response.add_failed() = std::move(*failure++);
    } else if (const std::optional<ApiErrorCode> refused = *result++) {
      AddFailure(context, entry.id(), error_of(*refused, entry), *response.mutable_failed());
    } else {
      response.add_successful()->set_id(entry.id());
    }
  }
}

}  // namespace

Step BeginSendMessageBatch(ApiContext& context, const v1::SendMessageBatchRequest& request,
                           v1::SendMessageBatchResponse&) {
  std::variant<Directory::Entry, ApiError> found = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&found)) return std::move(*error);
  const Directory::Entry& queue = std::get<Directory::Entry>(found);
  const Batch batch = BatchOf(request.entries());
  if (std::optional<BatchFault> fault = FindFault(queue.kind, batch, request)) {
    return Refuse(queue, request, *std::move(fault));
  }
  SendMessages send;
  send.queue = queue.id;
  for (const v1::SendMessageBatchRequestEntry& entry : request.entries()) {
    MessageFields fields = FieldsOf(entry);
    std::string name;
    if (fields.body.empty()) {
      name = NameInBatch(batch, send.entries.size(), "MessageBody");
      fields.body_name = name;
    }
    AddMessage(context, queue, fields, send);
  }
  return send;
}

std::optional<ApiError> FinishSendMessageBatch(const ApiContext& context,
                                               const v1::SendMessageBatchRequest& request,
                                               Reply& reply,
                                               v1::SendMessageBatchResponse& response) {
  const bool is_fifo = MeansFifoQueue(request.queue_url());
  auto result = std::get<MessagesSent>(reply).results.begin();
  for (const v1::SendMessageBatchRequestEntry& entry : request.entries()) {
    const std::variant<SentMessage, ApiError>& outcome = *result++;
    if (const auto* error = std::get_if<ApiError>(&outcome)) {
      AddFailure(context, entry.id(), *error, *response.mutable_failed());
      continue;
    }
    const auto& sent = std::get<SentMessage>(outcome);
    v1::SendMessageBatchResultEntry& success = *response.add_successful();
    success.set_id(entry.id());
    success.set_message_id(sent.id.ToText());
    if (is_fifo) success.set_sequence_number(sent.sequence.ToText());
  }
  return std::nullopt;
}

Step BeginDeleteMessageBatch(ApiContext& context, const v1::DeleteMessageBatchRequest& request,
                             v1::DeleteMessageBatchResponse& response) {
  std::variant<Directory::Entry, ApiError> found = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&found)) return std::move(*error);
  if (auto error = CheckBatch(BatchOf(request.entries()))) return *std::move(error);
  DeleteMessages command{.queue = std::get<Directory::Entry>(found).id, .receipts = {}};
  TakeEntries(context, request, command.receipts, *response.mutable_failed());
  if (command.receipts.empty()) return Answered();
  return command;
}

std::optional<ApiError> FinishDeleteMessageBatch(const ApiContext& context,
                                                 const v1::DeleteMessageBatchRequest& request,
                                                 Reply& reply,
                                                 v1::DeleteMessageBatchResponse& response) {
  AddResults(context, request, std::get<EntryResults>(reply), response,
             [](ApiErrorCode refused, const v1::DeleteMessageBatchRequestEntry& entry) {
               return BadValue(refused, entry.receipt_handle());
             });
  return std::nullopt;
}

Step BeginChangeMessageVisibilityBatch(ApiContext& context,
                                       const v1::ChangeMessageVisibilityBatchRequest& request,
                                       v1::ChangeMessageVisibilityBatchResponse& response) {
  std::variant<Directory::Entry, ApiError> found = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&found)) return std::move(*error);
  if (auto error = CheckBatch(BatchOf(request.entries()))) return *std::move(error);
  ChangeVisibility command{.queue = std::get<Directory::Entry>(found).id, .entries = {}};
  TakeEntries(context, request, command.entries, *response.mutable_failed());
  if (command.entries.empty()) return Answered();
  return command;
}

std::optional<ApiError> FinishChangeMessageVisibilityBatch(
    const ApiContext& context, const v1::ChangeMessageVisibilityBatchRequest& request, Reply& reply,
    v1::ChangeMessageVisibilityBatchResponse& response) {
  AddResults(context, request, std::get<EntryResults>(reply), response,
             [](ApiErrorCode refused, const v1::ChangeMessageVisibilityBatchRequestEntry& entry) {
               return RefusedChange(refused, entry.receipt_handle(), entry.visibility_timeout());
             });
  return std::nullopt;
}

}  // namespace twinq::api
