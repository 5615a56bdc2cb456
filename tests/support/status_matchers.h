#ifndef TWINQ_TESTS_SUPPORT_STATUS_MATCHERS_H_
#define TWINQ_TESTS_SUPPORT_STATUS_MATCHERS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"

namespace twinq {
namespace internal {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

}  // namespace internal

// Shaped like the newer Abseil's absl_testing matchers; both take a Status or a StatusOr.

// EXPECT_THAT(journal.Replay(…), IsOk());
MATCHER(IsOk, "is OK") {
  *result_listener << "whose status is " << internal::StatusOf(arg).ToString();
  return internal::StatusOf(arg).ok();
}

// EXPECT_THAT(QueueName::Parse(""), StatusIs(absl::StatusCode::kInvalidArgument));
MATCHER_P(StatusIs, code, "has the status code " + absl::StatusCodeToString(code)) {
  *result_listener << "whose status is " << internal::StatusOf(arg).ToString();
  return internal::StatusOf(arg).code() == code;
}

}  // namespace twinq

#endif  // TWINQ_TESTS_SUPPORT_STATUS_MATCHERS_H_
