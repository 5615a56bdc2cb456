#ifndef TWINQ_TESTS_CRASH_SHARED_QUEUE_H_
#define TWINQ_TESTS_CRASH_SHARED_QUEUE_H_

#include <atomic>
#include <cstdint>
#include <utility>

#include "absl/strings/string_view.h"

#include "core/base/clock.h"
#include "core/base/timestamp.h"
#include "tests/crash/complaints.h"
#include "tests/crash/outstanding.h"
#include "tests/crash/progress.h"
#include "tests/crash/queue_plan.h"
#include "tests/crash/server_location.h"

namespace twinq::crash {

// What the clients of all queues share. Lifetime: outlives them.
struct Surroundings {
  const Clock& clock;
  ServerLocation& location;
  Progress& progress;
  Complaints& complaints;
};

// What the clients of one queue share.
//
//   kSending ──► kDraining ──► kEnded
//
// While draining, producers have ended and consumers delete all they get.
//
// Thread-safety: any thread.
class SharedQueue {
 public:
  enum class Phase : uint8_t { kSending, kDraining, kEnded };

  // Borrows `around`.
  SharedQueue(QueuePlan wanted, const Surroundings& around)
      : plan(std::move(wanted)), surroundings(around) {}

  const QueuePlan plan;
  const Surroundings& surroundings;
  std::atomic<Phase> phase = Phase::kSending;
  // From when on the queue may not be there any more; then it may refuse everything.
  std::atomic<bool> may_be_deleted = false;
  Outstanding outstanding;
  // When a message was last received, in nanoseconds since 1970.
  std::atomic<int64_t> last_received_nanos = 0;

  Timestamp Now() const { return Timestamp::FromTime(surroundings.clock.Now()); }
  // Complains of a call that was refused without a reason: of each, unless the queue may be gone.
  void RefusedFor(absl::string_view action, absl::string_view error, absl::string_view text);
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_SHARED_QUEUE_H_
