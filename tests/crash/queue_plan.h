#ifndef TWINQ_TESTS_CRASH_QUEUE_PLAN_H_
#define TWINQ_TESTS_CRASH_QUEUE_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"

#include "core/model/dedup_scope.h"
#include "core/model/queue_kind.h"
#include "sim/history/promises.h"

namespace twinq::crash {

// One queue, and what its clients do to it. Probabilities are per message or call.
struct QueuePlan {
  // How a FIFO queue gets its deduplication ids.
  enum class Dedup : uint8_t { kById, kByContent };

  std::string name;
  QueueKind kind = QueueKind::kStandard;
  Dedup dedup = Dedup::kById;
  DedupScope dedup_scope = DedupScope::kQueue;
  absl::Duration delay = absl::ZeroDuration();  // The queue's own.
  uint32_t producers = 2;
  uint32_t consumers = 3;
  uint32_t groups = 60;      // FIFO queues only.
  size_t backlog_max = 600;  // Producers wait while there are more messages than this.

  double send_batch = 0.5;     // Else single calls.
  double send_again = 0.03;    // FIFO: an acknowledged message, as if its answer had been lost.
  double delay_message = 0.1;  // Standard only.
  double lose_answer = 0.004;  // The client gives up within milliseconds.
  double long_poll = 0.2;
  double leave = 0.02;    // Never deleted after this receive: the ack is lost.
  double release = 0.03;  // Given back, at once or in a second.
  double extend = 0.04;   // Made invisible for longer, and deleted within that time.
  double hold = 0.05;     // Deleted only after up to kHoldMax.
};

// The visibility timeouts that consumers ask for, in whole seconds, and the longest of them.
inline constexpr int kVisibilitySecondsMin = 2;
inline constexpr int kVisibilitySecondsMax = 4;
inline constexpr absl::Duration kHoldMax = absl::Milliseconds(1500);
inline constexpr int kMessageDelaySecondsMax = 1;

// The queues that live as long as the run: standard and FIFO, deduplicated by id and by content,
// in the scope of the queue and of the message group, with and without a delay.
std::vector<QueuePlan> LastingQueues();

// What the judge holds the queue to.
history::Promises PromisesOf(const QueuePlan& plan);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_QUEUE_PLAN_H_
