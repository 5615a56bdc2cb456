#include "client/lib/durations.h"

#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace twinq::client {

absl::StatusOr<absl::Duration> ParseDuration(absl::string_view text) {
  absl::Duration span;
  if (!absl::ParseDuration(text, &span) || span < absl::ZeroDuration() ||
      span == absl::InfiniteDuration()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", text, "\" is no duration: write a number and a unit, as in 8s or 500ms"));
  }
  return span;
}

absl::StatusOr<int32_t> WholeSeconds(absl::Duration span) {
  constexpr int32_t kSecondsMax = std::numeric_limits<int32_t>::max();
  constexpr int32_t kSecondsMin = std::numeric_limits<int32_t>::min();
  if (span != absl::Trunc(span, absl::Seconds(1)) || span > absl::Seconds(kSecondsMax) ||
      span < absl::Seconds(kSecondsMin)) {
    return absl::InvalidArgumentError(
        absl::StrCat(absl::FormatDuration(span), " is not a whole number of seconds"));
  }
  return static_cast<int32_t>(absl::ToInt64Seconds(span));
}

}  // namespace twinq::client
