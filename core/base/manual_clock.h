#ifndef TWINQ_CORE_BASE_MANUAL_CLOCK_H_
#define TWINQ_CORE_BASE_MANUAL_CLOCK_H_

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"

#include "core/base/clock.h"

namespace twinq {

// A clock that moves only when told to: for tests and simulation.
//
// Thread-safety: all methods may be called from any thread.
class ManualClock : public Clock {
 public:
  explicit ManualClock(absl::Time start);

  absl::Time Now() const override;
  void Set(absl::Time now);
  void Advance(absl::Duration span);

 private:
  std::atomic<int64_t> nanos_;
};

}  // namespace twinq

#endif  // TWINQ_CORE_BASE_MANUAL_CLOCK_H_
