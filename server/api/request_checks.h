#ifndef TWINQ_SERVER_API_REQUEST_CHECKS_H_
#define TWINQ_SERVER_API_REQUEST_CHECKS_H_

#include <string>
#include <variant>

#include "absl/strings/string_view.h"

#include "broker/directory.h"
#include "core/model/api_error.h"
#include "server/api/action.h"

namespace twinq::api {

// What several actions check, and the errors that they share.

// The queue that a QueueUrl means, a URL or a bare name; or that the parameter or the queue is
// missing.
std::variant<Directory::Entry, ApiError> FindQueue(const ApiContext& context,
                                                   absl::string_view queue_url);

ApiError MissingParameter(absl::string_view name);
// For what SQS has and this server does not have yet: to ignore it would be to do another thing
// than was asked for.
ApiError Unsupported(absl::string_view name);
// A refusal whose text repeats the value.
ApiError BadValue(ApiErrorCode code, absl::string_view value);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_REQUEST_CHECKS_H_
