#ifndef TWINQ_SERVER_API_REQUEST_CHECKS_H_
#define TWINQ_SERVER_API_REQUEST_CHECKS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"

#include "broker/directory.h"
#include "core/model/api_error.h"
#include "core/model/receipt.h"
#include "server/api/action.h"

namespace twinq::api {

// What several actions check, and the errors that they share.

// The queue that a QueueUrl means, a URL or a bare name; or that the parameter or the queue is
// missing.
std::variant<Directory::Entry, ApiError> FindQueue(const ApiContext& context,
                                                   absl::string_view queue_url);
// Whether the queue that a QueueUrl means is FIFO, as its name says. REQUIRES: there is the queue,
// or was.
bool MeansFifoQueue(absl::string_view queue_url);

// The receipt of a handle that this server has issued, for whichever queue.
std::variant<Receipt, ApiError> OpenHandle(const ApiContext& context, const std::string& handle);
std::optional<ApiError> CheckVisibility(int32_t seconds);

ApiError MissingParameter(absl::string_view name);
// For what SQS has and this server does not have yet: to ignore it would be to do another thing
// than was asked for.
ApiError Unsupported(absl::string_view name);
// A refusal whose text repeats the value.
ApiError BadValue(ApiErrorCode code, absl::string_view value);
// Why a visibility is not changed, with what the text needs of the request.
ApiError RefusedChange(ApiErrorCode code, absl::string_view handle, int32_t visibility_seconds);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_REQUEST_CHECKS_H_
