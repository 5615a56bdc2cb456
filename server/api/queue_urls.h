#ifndef TWINQ_SERVER_API_QUEUE_URLS_H_
#define TWINQ_SERVER_API_QUEUE_URLS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace twinq::api {

// The account that owns every queue.
inline constexpr absl::string_view kAccountId = "000000000000";

// The URL of a queue under the address at which clients reach this server:
// "http://ADDRESS/000000000000/NAME".
std::string QueueUrl(absl::string_view address, absl::string_view queue_name);

// Where every queue is.
inline constexpr absl::string_view kRegion = "us-east-1";

// "arn:aws:sqs:us-east-1:000000000000:NAME".
std::string QueueArn(absl::string_view queue_name);
// The name in the ARN of a queue of ours; nothing of other ARNs, and of other texts.
std::optional<absl::string_view> QueueNameOfArn(absl::string_view arn);

// The queue name that a QueueUrl parameter means: a bare name as it is, of a URL the last segment
// of its path. The host does not matter, for clients reach one server under many names (SQS
// semantics 2.0, 5.8).
absl::string_view QueueNameOf(absl::string_view queue_url);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_QUEUE_URLS_H_
