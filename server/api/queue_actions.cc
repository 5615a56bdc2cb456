#include "server/api/queue_actions.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

#include "core/model/limits.h"
#include "core/model/queue_name.h"
#include "server/api/attribute_texts.h"
#include "server/api/queue_urls.h"
#include "server/api/request_checks.h"
#include "server/api/tag_actions.h"

namespace twinq::api {
namespace {

enum class FifoAttribute { kAbsent, kTrue, kFalse, kInvalid };

FifoAttribute FifoAttributeOf(const AttributeTexts& attributes) {
  const auto found = attributes.find("FifoQueue");
  if (found == attributes.end()) return FifoAttribute::kAbsent;
  const std::optional<bool> is_fifo = ParseBoolean(found->second);
  if (!is_fifo.has_value()) return FifoAttribute::kInvalid;
  return *is_fifo ? FifoAttribute::kTrue : FifoAttribute::kFalse;
}

// The name, if name and FifoQueue attribute agree on the kind (SQS semantics 2.1).
std::variant<QueueName, ApiError> NameOf(const std::string& text, FifoAttribute fifo) {
  absl::StatusOr<QueueName> name = QueueName::Parse(text);
  const bool has_fifo_name = name.ok() && name->kind() == QueueKind::kFifo;
  switch (fifo) {
    case FifoAttribute::kInvalid:
      return ApiError{.code = ApiErrorCode::kInvalidAttributeValue, .parameter = "FifoQueue"};
    case FifoAttribute::kTrue:
      if (!has_fifo_name) return ApiError{.code = ApiErrorCode::kInvalidFifoQueueName};
      break;
    case FifoAttribute::kFalse:
    case FifoAttribute::kAbsent:
      if (!name.ok() || has_fifo_name) return ApiError{.code = ApiErrorCode::kInvalidQueueName};
      if (fifo == FifoAttribute::kFalse) {
        return ApiError{.code = ApiErrorCode::kUnknownAttribute, .parameter = "FifoQueue"};
      }
      break;
  }
  return *std::move(name);
}

// Which names a request asks for. A page's token is the last name on it, in base64 so that nobody
// takes it for a name.
struct Page {
  std::string after;
  int names_max = kListQueuesMax;
};

template <typename ListRequest>
std::variant<Page, ApiError> PageOf(const ListRequest& request) {
  Page page;
  if (request.has_max_results()) {
    if (request.max_results() < 1 || request.max_results() > kListQueuesMax) {
      return BadValue(ApiErrorCode::kMaxResultsOutOfRange, absl::StrCat(request.max_results()));
    }
    page.names_max = request.max_results();
  }
  if (request.has_next_token() &&
      (!absl::WebSafeBase64Unescape(request.next_token(), &page.after) ||
       !QueueName::Parse(page.after).ok())) {
    return BadValue(ApiErrorCode::kInvalidNextToken, request.next_token());
  }
  return page;
}

template <typename ListRequest, typename ListResponse>
void AnswerPage(const ApiContext& context, const ListRequest& request, const QueueNames& page,
                ListResponse& response) {
  for (const std::string& name : page.names) {
    response.add_queue_urls(QueueUrl(context.address, name));
  }
  if (page.more && request.has_max_results()) {
    response.set_next_token(absl::WebSafeBase64Escape(page.names.back()));
  }
}

}  // namespace

Step BeginCreateQueue(ApiContext& context, const v1::CreateQueueRequest& request,
                      v1::CreateQueueResponse&) {
  if (request.queue_name().empty()) return MissingParameter("QueueName");
  const AttributeTexts texts(request.attributes().begin(), request.attributes().end());
  std::variant<QueueName, ApiError> name = NameOf(request.queue_name(), FifoAttributeOf(texts));
  if (auto* error = std::get_if<ApiError>(&name)) return std::move(*error);
  const std::shared_ptr<const Directory> directory = context.backend.sink().directory();
  std::variant<GivenQueueAttributes, ApiError> attributes =
      AttributesOfNewQueue({.kind = std::get<QueueName>(name).kind(),
                            .name = request.queue_name(),
                            .directory = *directory},
                           texts);
  if (auto* error = std::get_if<ApiError>(&attributes)) return std::move(*error);
  QueueTags tags(request.tags().begin(), request.tags().end());
  if (auto error = CheckTags(tags, request.queue_name())) return *std::move(error);
  return CreateQueue{.name = std::get<QueueName>(std::move(name)),
                     .attributes = std::get<GivenQueueAttributes>(std::move(attributes)),
                     .tags = std::move(tags)};
}

std::optional<ApiError> FinishCreateQueue(const ApiContext& context,
                                          const v1::CreateQueueRequest& request, Reply&,
                                          v1::CreateQueueResponse& response) {
  response.set_queue_url(QueueUrl(context.address, request.queue_name()));
  return std::nullopt;
}

Step BeginGetQueueUrl(ApiContext& context, const v1::GetQueueUrlRequest& request,
                      v1::GetQueueUrlResponse& response) {
  if (request.queue_name().empty()) return MissingParameter("QueueName");
  if (context.backend.sink().directory()->Find(request.queue_name()) == nullptr) {
    return ApiError{.code = ApiErrorCode::kQueueDoesNotExist};
  }
  response.set_queue_url(QueueUrl(context.address, request.queue_name()));
  return Answered();
}

Step BeginListQueues(ApiContext&, const v1::ListQueuesRequest& request, v1::ListQueuesResponse&) {
  std::variant<Page, ApiError> page = PageOf(request);
  if (auto* error = std::get_if<ApiError>(&page)) return std::move(*error);
  return ListQueues{.prefix = request.queue_name_prefix(),
                    .after = std::get<Page>(page).after,
                    .names_max = std::get<Page>(page).names_max};
}

std::optional<ApiError> FinishListQueues(const ApiContext& context,
                                         const v1::ListQueuesRequest& request, Reply& reply,
                                         v1::ListQueuesResponse& response) {
  AnswerPage(context, request, std::get<QueueNames>(reply), response);
  return std::nullopt;
}

Step BeginListDeadLetterSourceQueues(ApiContext& context,
                                     const v1::ListDeadLetterSourceQueuesRequest& request,
                                     v1::ListDeadLetterSourceQueuesResponse&) {
  std::variant<Directory::Entry, ApiError> queue = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&queue)) return std::move(*error);
  std::variant<Page, ApiError> page = PageOf(request);
  if (auto* error = std::get_if<ApiError>(&page)) return std::move(*error);
  return ListDeadLetterSources{.queue = std::get<Directory::Entry>(queue).id,
                               .after = std::get<Page>(page).after,
                               .names_max = std::get<Page>(page).names_max};
}

std::optional<ApiError> FinishListDeadLetterSourceQueues(
    const ApiContext& context, const v1::ListDeadLetterSourceQueuesRequest& request, Reply& reply,
    v1::ListDeadLetterSourceQueuesResponse& response) {
  AnswerPage(context, request, std::get<QueueNames>(reply), response);
  return std::nullopt;
}

Step BeginDeleteQueue(ApiContext& context, const v1::DeleteQueueRequest& request,
                      v1::DeleteQueueResponse&) {
  std::variant<Directory::Entry, ApiError> queue = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&queue)) return std::move(*error);
  return DeleteQueue{.queue = std::get<Directory::Entry>(queue).id};
}

Step BeginPurgeQueue(ApiContext& context, const v1::PurgeQueueRequest& request,
                     v1::PurgeQueueResponse&) {
  std::variant<Directory::Entry, ApiError> queue = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&queue)) return std::move(*error);
  return PurgeQueue{.queue = std::get<Directory::Entry>(queue).id};
}

Step BeginSetQueueAttributes(ApiContext& context, const v1::SetQueueAttributesRequest& request,
                             v1::SetQueueAttributesResponse&) {
  if (request.queue_url().empty()) return MissingParameter("QueueUrl");
  if (request.attributes().empty()) return MissingParameter("Attributes");
  std::variant<Directory::Entry, ApiError> found = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&found)) return std::move(*error);
  const Directory::Entry& queue = std::get<Directory::Entry>(found);
  const std::shared_ptr<const Directory> directory = context.backend.sink().directory();
  std::variant<GivenQueueAttributes, ApiError> attributes = AttributesForQueue(
      {.kind = queue.kind, .name = QueueNameOf(request.queue_url()), .directory = *directory},
      AttributeTexts(request.attributes().begin(), request.attributes().end()));
  if (auto* error = std::get_if<ApiError>(&attributes)) return std::move(*error);
  return SetQueueAttributes{.queue = queue.id,
                            .attributes = std::get<GivenQueueAttributes>(std::move(attributes))};
}

Step BeginGetQueueAttributes(ApiContext& context, const v1::GetQueueAttributesRequest& request,
                             v1::GetQueueAttributesResponse&) {
  std::variant<Directory::Entry, ApiError> found = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&found)) return std::move(*error);
  for (const std::string& name : request.attribute_names()) {
    if (!IsAttributeName(name)) {
      return ApiError{.code = ApiErrorCode::kUnknownAttribute, .parameter = name};
    }
  }
  if (request.attribute_names().empty()) return Answered();
  return GetQueueAttributes{.queue = std::get<Directory::Entry>(found).id};
}

std::optional<ApiError> FinishGetQueueAttributes(const ApiContext&,
                                                 const v1::GetQueueAttributesRequest& request,
                                                 Reply& reply,
                                                 v1::GetQueueAttributesResponse& response) {
  const absl::string_view queue_name = QueueNameOf(request.queue_url());
  const QueueKind kind =
      MeansFifoQueue(request.queue_url()) ? QueueKind::kFifo : QueueKind::kStandard;
  const AttributeTexts texts = TextsOf(kind, queue_name, std::get<QueueDescription>(reply));
  auto& attributes = *response.mutable_attributes();
  const auto& names = request.attribute_names();
  if (std::find(names.begin(), names.end(), "All") != names.end()) {
    attributes.insert(texts.begin(), texts.end());
    return std::nullopt;
  }
  for (const std::string& name : names) {
    if (const auto text = texts.find(name); text != texts.end()) attributes[name] = text->second;
  }
  return std::nullopt;
}

}  // namespace twinq::api
