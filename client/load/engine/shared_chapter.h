#ifndef TWINQ_CLIENT_LOAD_ENGINE_SHARED_CHAPTER_H_
#define TWINQ_CLIENT_LOAD_ENGINE_SHARED_CHAPTER_H_

#include <atomic>
#include <cstdint>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"

#include "client/load/engine/delivered_numbers.h"
#include "client/load/engine/group_choice.h"
#include "client/load/engine/send_window.h"
#include "client/load/engine/stop_signal.h"
#include "client/load/engine/target.h"
#include "client/load/engine/workload.h"
#include "core/base/clock.h"
#include "core/base/timestamp.h"
#include "platform/mutex.h"
#include "sim/history/event.h"

namespace twinq::load {

// How long a receive waits.
inline constexpr absl::Duration kReceiveWait = absl::Seconds(1);
// A queue whose messages come back for ever has to be left at some time.
inline constexpr absl::Duration kDrainMax = absl::Minutes(2);

// The messages of a chapter, and its time.
struct ChapterPlan {
  uint32_t first_number = 0;
  uint32_t numbers = 0;  // At most so many messages.
  absl::Time began_at;
  absl::Time ends_at;                                 // Sending, at the latest.
  absl::Duration sent_before = absl::ZeroDuration();  // Time of sending in earlier chapters.
  absl::Duration warmup = absl::ZeroDuration();       // What is left of it.
};

// What producers and consumers of one chapter have in common.
//
//   kSending ──producers done──► kDraining ──quiet──► consumers done
//
// While sending there are accidents; while draining there are none, so the queue runs empty.
//
// Thread-safety: any thread may use it.
// Lifetime: borrows all that its constructor is given.
struct SharedChapter {
  enum class Phase : uint8_t { kSending, kDraining };

  SharedChapter(const Workload& its_workload, const Target& its_target, const Clock& its_clock,
                const GroupChoice& its_groups, const ChapterPlan& its_plan)
      : workload(its_workload),
        target(its_target),
        clock(its_clock),
        groups(its_groups),
        plan(its_plan),
        next_number(its_plan.first_number),
        next_client(static_cast<uint32_t>(its_workload.producers)),
        window(its_workload.backlog_max),
        delivered(its_plan.first_number, its_plan.numbers) {}

  Timestamp Now() const { return Timestamp::FromTime(clock.Now()); }
  // Since the run began to send, without what was spent between chapters.
  absl::Duration SendingTime(Timestamp now) const {
    return now.ToTime() - plan.began_at + plan.sent_before;
  }
  bool IsMeasured(absl::Time due_at) const { return due_at >= plan.began_at + plan.warmup; }

  // Somebody received or handled a message.
  void NoteActivity(Timestamp now) { last_activity_nanos = now.nanos(); }
  void BeginDraining();
  // Whether nothing has happened for longer than any consumer holds a message, or it takes too
  // long.
  bool IsDrained() const;
  // Whether nothing has happened while sending for so long that what is under way must be lost. A
  // producer that waits for its place would wait for ever.
  bool HasStalled() const;
  // Whether draining has taken too long at `now`: something may be left.
  bool IsAbandoned(Timestamp now) const { return now - draining_since_ > kDrainMax; }
  // Ends the chapter with this status, unless it has failed before.
  void Fail(const absl::Status& status);
  absl::Status failure() const;

  const Workload& workload;
  const Target& target;
  const Clock& clock;
  const GroupChoice& groups;
  const ChapterPlan plan;
  std::atomic<uint32_t> next_number;  // Of a message; may go beyond the plan's.
  // Consumers that take a vanished one's place are clients of their own; producers come first.
  std::atomic<history::ClientNumber> next_client;
  SendWindow window;
  DeliveredNumbers delivered;
  StopSignal stop;  // Something failed.
  std::atomic<Phase> phase = Phase::kSending;
  std::atomic<int64_t> last_activity_nanos = 0;

 private:
  Timestamp draining_since_;  // Written before the phase changes, read after it.
  mutable platform::Mutex mutex_;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_SHARED_CHAPTER_H_
