#ifndef TWINQ_SERVER_RUNTIME_QUEUE_SURVEY_H_
#define TWINQ_SERVER_RUNTIME_QUEUE_SURVEY_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"

#include "broker/command_sink.h"
#include "core/base/clock.h"
#include "platform/mutex.h"

namespace twinq {

// What there is in all queues of a shard, and in some of them.
struct QueueFigures {
  // The first QueueSurvey::kNamedMax by name.
  std::vector<QueueStatus> named;
  // Of all of them.
  size_t queues = 0;
  QueueStats totals;  // Without oldest_sent_at.
  absl::Duration oldest_message_age;
  absl::Time read_at;  // By the survey's clock.
};

// Reads what there is in the queues as any command would, a slice of them at a time, so that other
// commands wait for no more than one slice.
//
// Guarantee: at most one slice is under way, also of a shard that does not answer.
// Thread-safety: any thread. Lifetime: borrows the sink and the clock. REQUIRES: the sink takes
// commands; each has been answered before the sink ends.
// Cost: some 50 us of the shard for a slice.
class QueueSurvey {
 public:
  static constexpr int kSliceQueues = 128;
  static constexpr size_t kNamedMax = 1'000;
  // How long a Read() lasts at most: a shard whose disk does not answer does not either.
  static constexpr absl::Duration kPatience = absl::Seconds(5);

  // `clock` never steps.
  QueueSurvey(CommandSink& sink, const Clock& clock) : sink_(sink), clock_(clock) {}

  // What is there now; what was read last if that cannot be said in time, or another thread is
  // reading. Null: nothing was ever read.
  std::shared_ptr<const QueueFigures> Read();

 private:
  class Slice;

  // Whether the caller, alone, may read now.
  bool Begin();
  // Nothing if the shard has refused a slice or has not answered it in time.
  std::shared_ptr<const QueueFigures> ReadAll();

  CommandSink& sink_;
  const Clock& clock_;
  platform::Mutex mutex_;
  bool is_reading_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<Slice> unanswered_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const QueueFigures> last_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_QUEUE_SURVEY_H_
