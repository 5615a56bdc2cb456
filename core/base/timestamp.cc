#include "core/base/timestamp.h"

namespace twinq {

Timestamp Timestamp::FromTime(absl::Time time) {
  return Timestamp(absl::ToInt64Nanoseconds(time - absl::UnixEpoch()));
}

absl::Time Timestamp::ToTime() const {
  if (*this == Infinite()) return absl::InfiniteFuture();
  if (*this == Past()) return absl::InfinitePast();
  return absl::FromUnixNanos(nanos_);
}

}  // namespace twinq
