#include "core/base/manual_clock.h"

namespace twinq {

ManualClock::ManualClock(absl::Time start) : nanos_(absl::ToUnixNanos(start)) {}

absl::Time ManualClock::Now() const { return absl::FromUnixNanos(nanos_.load()); }

void ManualClock::Set(absl::Time now) { nanos_.store(absl::ToUnixNanos(now)); }

void ManualClock::Advance(absl::Duration span) { nanos_ += absl::ToInt64Nanoseconds(span); }

}  // namespace twinq
