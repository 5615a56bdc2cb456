#include "server/api/tag_actions.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

#include "core/model/limits.h"
#include "server/api/queue_urls.h"
#include "server/api/request_checks.h"

namespace twinq::api {
namespace {

size_t CharactersIn(absl::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

// Which characters outside of ASCII are letters is not judged.
bool IsTagCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || absl::ascii_isalnum(byte) ||
         absl::string_view(" _.:/=+-@").find(c) != absl::string_view::npos;
}

std::optional<ApiError> CheckCharacters(absl::string_view what, const std::string& text) {
  if (std::all_of(text.begin(), text.end(), IsTagCharacter)) return std::nullopt;
  return ApiError{
      .code = ApiErrorCode::kTagCharacters, .parameter = std::string(what), .value = text};
}

bool HasLengthOfKey(absl::string_view key) {
  return !key.empty() && CharactersIn(key) <= kTagKeyCharactersMax;
}

std::optional<ApiError> CheckTag(const std::string& key, const std::string& value) {
  if (!HasLengthOfKey(key)) return ApiError{.code = ApiErrorCode::kTagKeyLength};
  if (CharactersIn(value) > kTagValueCharactersMax) {
    return ApiError{.code = ApiErrorCode::kTagValueLength};
  }
  if (auto error = CheckCharacters("key", key)) return error;
  if (auto error = CheckCharacters("value", value)) return error;
  if (absl::StartsWithIgnoreCase(key, "aws:")) return BadValue(ApiErrorCode::kReservedTagKey, key);
  return std::nullopt;
}

}  // namespace

std::optional<ApiError> CheckTags(const QueueTags& tags, absl::string_view queue_name) {
  if (tags.size() > kQueueTagsMax) return BadValue(ApiErrorCode::kTooManyTags, queue_name);
  for (const auto& [key, value] : tags) {
    if (auto error = CheckTag(key, value)) return error;
  }
  return std::nullopt;
}

Step BeginTagQueue(ApiContext& context, const v1::TagQueueRequest& request, v1::TagQueueResponse&) {
  if (request.queue_url().empty()) return MissingParameter("QueueUrl");
  if (request.tags().empty()) return MissingParameter("Tags");
  std::variant<Directory::Entry, ApiError> queue = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&queue)) return std::move(*error);
  QueueTags tags(request.tags().begin(), request.tags().end());
  if (auto error = CheckTags(tags, QueueNameOf(request.queue_url()))) return *std::move(error);
  return TagQueue{.queue = std::get<Directory::Entry>(queue).id, .tags = std::move(tags)};
}

Step BeginUntagQueue(ApiContext& context, const v1::UntagQueueRequest& request,
                     v1::UntagQueueResponse&) {
  std::variant<Directory::Entry, ApiError> queue = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&queue)) return std::move(*error);
  const auto& keys = request.tag_keys();
  if (keys.empty() || !std::all_of(keys.begin(), keys.end(), HasLengthOfKey)) {
    return ApiError{.code = ApiErrorCode::kTagKeyLength};
  }
  return UntagQueue{.queue = std::get<Directory::Entry>(queue).id,
                    .keys = {keys.begin(), keys.end()}};
}

Step BeginListQueueTags(ApiContext& context, const v1::ListQueueTagsRequest& request,
                        v1::ListQueueTagsResponse&) {
  std::variant<Directory::Entry, ApiError> queue = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&queue)) return std::move(*error);
  return GetQueueAttributes{.queue = std::get<Directory::Entry>(queue).id};
}

std::optional<ApiError> FinishListQueueTags(const ApiContext&, const v1::ListQueueTagsRequest&,
                                            Reply& reply, v1::ListQueueTagsResponse& response) {
  const QueueTags& tags = std::get<QueueDescription>(reply).kept.tags;
  response.mutable_tags()->insert(tags.begin(), tags.end());
  return std::nullopt;
}

}  // namespace twinq::api
