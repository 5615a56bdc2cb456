#include "server/api/queue_urls.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace twinq::api {

std::string QueueUrl(absl::string_view address, absl::string_view queue_name) {
  return absl::StrCat("http://", address, "/", kAccountId, "/", queue_name);
}

std::string QueueArn(absl::string_view queue_name) {
  return absl::StrCat("arn:aws:sqs:", kRegion, ":", kAccountId, ":", queue_name);
}

std::optional<absl::string_view> QueueNameOfArn(absl::string_view arn) {
  if (!absl::ConsumePrefix(&arn, QueueArn(""))) return std::nullopt;
  return arn;
}

absl::string_view QueueNameOf(absl::string_view queue_url) {
  const absl::string_view path = absl::StripSuffix(queue_url, "/");
  const size_t slash = path.rfind('/');
  return slash == absl::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace twinq::api
