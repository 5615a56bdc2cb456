#include "server/api/request_checks.h"

#include "server/api/queue_urls.h"

namespace twinq::api {

std::variant<Directory::Entry, ApiError> FindQueue(const ApiContext& context,
                                                   absl::string_view queue_url) {
  if (queue_url.empty()) return MissingParameter("QueueUrl");
  const std::shared_ptr<const Directory> directory = context.sink.directory();
  const Directory::Entry* queue = directory->Find(QueueNameOf(queue_url));
  if (queue == nullptr) return ApiError{.code = ApiErrorCode::kQueueDoesNotExist};
  return *queue;
}

ApiError MissingParameter(absl::string_view name) {
  return {.code = ApiErrorCode::kMissingParameter, .parameter = std::string(name)};
}

ApiError Unsupported(absl::string_view name) {
  return {.code = ApiErrorCode::kUnsupportedParameter, .parameter = std::string(name)};
}

ApiError BadValue(ApiErrorCode code, absl::string_view value) {
  return {.code = code, .parameter = {}, .value = std::string(value)};
}

}  // namespace twinq::api
