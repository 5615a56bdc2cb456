#ifndef TWINQ_CORE_BASE_TIMESTAMP_H_
#define TWINQ_CORE_BASE_TIMESTAMP_H_

#include <compare>
#include <cstdint>
#include <limits>

#include "absl/time/time.h"

namespace twinq {

// An instant as nanoseconds since 1970, in the 8 bytes that slots, records and heaps can afford;
// absl::Time is 12 to 16. Arithmetic saturates at Infinite() and Past(), so no sum of a valid
// instant and a valid span overflows.
class Timestamp {
 public:
  constexpr Timestamp() = default;  // 1970-01-01 00:00:00 UTC.
  static constexpr Timestamp FromNanos(int64_t nanos) { return Timestamp(nanos); }
  static Timestamp FromTime(absl::Time time);
  // Later and earlier than every instant that the service meets.
  static constexpr Timestamp Infinite() { return Timestamp(std::numeric_limits<int64_t>::max()); }
  static constexpr Timestamp Past() { return Timestamp(std::numeric_limits<int64_t>::min()); }

  absl::Time ToTime() const;
  constexpr int64_t nanos() const { return nanos_; }
  constexpr int64_t millis() const { return nanos_ / 1'000'000; }

  friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
  friend Timestamp operator+(Timestamp instant, absl::Duration span) {
    int64_t sum = 0;
    const int64_t nanos = absl::ToInt64Nanoseconds(span);
    if (!__builtin_add_overflow(instant.nanos_, nanos, &sum)) return Timestamp(sum);
    return nanos > 0 ? Infinite() : Past();
  }
  friend absl::Duration operator-(Timestamp later, Timestamp earlier) {
    int64_t difference = 0;
    if (!__builtin_sub_overflow(later.nanos_, earlier.nanos_, &difference)) {
      return absl::Nanoseconds(difference);
    }
    return later > earlier ? absl::InfiniteDuration() : -absl::InfiniteDuration();
  }

 private:
  explicit constexpr Timestamp(int64_t nanos) : nanos_(nanos) {}

  int64_t nanos_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_BASE_TIMESTAMP_H_
