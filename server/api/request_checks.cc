#include "server/api/request_checks.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "core/model/limits.h"
#include "core/model/queue_name.h"
#include "server/api/queue_urls.h"

namespace twinq::api {

std::variant<Directory::Entry, ApiError> FindQueue(const ApiContext& context,
                                                   absl::string_view queue_url) {
  if (queue_url.empty()) return MissingParameter("QueueUrl");
  const std::shared_ptr<const Directory> directory = context.backend.sink().directory();
  const Directory::Entry* queue = directory->Find(QueueNameOf(queue_url));
  if (queue == nullptr) return ApiError{.code = ApiErrorCode::kQueueDoesNotExist};
  return *queue;
}

bool MeansFifoQueue(absl::string_view queue_url) {
  const absl::StatusOr<QueueName> name = QueueName::Parse(QueueNameOf(queue_url));
  return name.ok() && name->kind() == QueueKind::kFifo;
}

std::variant<Receipt, ApiError> OpenHandle(const ApiContext& context, const std::string& handle) {
  const std::optional<Receipt> receipt = context.backend.handles().Open(handle);
  if (!receipt.has_value()) return BadValue(ApiErrorCode::kReceiptHandleMalformed, handle);
  return *receipt;
}

std::optional<ApiError> CheckVisibility(int32_t seconds) {
  if (seconds >= 0 && absl::Seconds(seconds) <= kVisibilityTimeoutMax) return std::nullopt;
  return BadValue(ApiErrorCode::kVisibilityTimeoutOutOfRange, absl::StrCat(seconds));
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

ApiError RefusedChange(ApiErrorCode code, absl::string_view handle, int32_t visibility_seconds) {
  if (code == ApiErrorCode::kVisibilityTotalTooLong) {
    return BadValue(code, absl::StrCat(visibility_seconds));
  }
  return BadValue(code, handle);
}

}  // namespace twinq::api
