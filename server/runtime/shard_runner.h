#ifndef TWINQ_SERVER_RUNTIME_SHARD_RUNNER_H_
#define TWINQ_SERVER_RUNTIME_SHARD_RUNNER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"

#include "broker/command_sink.h"
#include "broker/shard.h"
#include "core/base/clock.h"
#include "core/model/limits.h"
#include "platform/mutex.h"
#include "platform/thread.h"
#include "server/metrics/histogram.h"
#include "server/runtime/disk_reserve.h"
#include "server/runtime/inbox.h"
#include "server/runtime/memory_limit.h"
#include "server/runtime/memory_return.h"

namespace twinq {

// Runs one shard: its inbox, its strand, its timer and its syncs.
//
// Guarantee: what was handled is durable when Stop() returns, unless failure() says otherwise. If
// replies leave when written, a full sync begins at most Options::sync_interval after what it makes
// durable was handled, or when the one before it ends.
//
// A command is handled by the thread that submits it if the strand is free, else by whoever holds
// it. A sync runs in the thread that holds the strand when exactly one reply waits for it and no
// such sync has just ended (an idle server: no hand-over), else in a thread of its own, while
// others go on handling and appending. So no thread that submits runs two syncs in a row.
//
// Errors: a failed append, write or sync is final; failure() says what it was, every command is
// answered kInternalFailure, and nothing is synced any more.
// Thread-safety: all methods, any thread, except Start() and Stop(), which belong to the owner.
// Lifetime: borrows the shard and the clocks. Stop() before destruction.
class ShardRunner : public CommandSink {
 public:
  struct Clocks {
    const Clock& queues;     // What messages and waits go by.
    const Clock& intervals;  // What the disk goes by; never steps.
  };
  struct Options {
    size_t inbox_commands_max = kInboxCommandsMax;
    // How long what was written may wait for a sync. Infinite: until replies wait for one.
    absl::Duration sync_interval = absl::InfiniteDuration();
    // Both judge each command before it is handled, if they are there; borrowed, used by the strand
    // only.
    DiskReserve* disk_reserve = nullptr;
    MemoryLimit* memory_limit = nullptr;
    // Called once, when failure() is first not OK; on any thread. Must not block.
    std::function<void()> on_failure = [] {};
  };
  ShardRunner(Shard& shard, const Clocks& clocks, Options options);
  ~ShardRunner() override;

  // Makes durable what Shard::Start() appended, then starts the timer. Call once, before commands
  // come.
  absl::Status Start();
  // Refuses new commands and answers every waiting receive with nothing. Commands under way go on.
  void Drain();
  // Drains, ends the threads, and makes durable whatever is not. REQUIRES: every submitted command
  // has been answered or will be without another command.
  void Stop();
  // Why the shard refuses work, if it does.
  absl::Status failure() const;

  // For whoever watches the shard: as of the last batch, of now, and since the start.
  Shard::Figures figures() const;
  Inbox::Figures inbox_figures() const { return inbox_.figures(); }
  metrics::Histogram::Counts sync_times() const { return sync_times_.Read(); }

  absl::Status Submit(PendingCommand& command) override;
  void Cancel(PendingCommand& command) override;
  std::shared_ptr<const Directory> directory() const override;

  // Does what is due by the clock. The timer calls it; so does a test that has moved a manual
  // clock.
  void RunDue();

 private:
  // Handles what waits until nothing does. REQUIRES: the caller has taken the strand.
  void RunStrand();
  void HandleBatch(Inbox::Batch& batch);
  void Handle(Timestamp now, PendingCommand& command);
  // Why the command is refused for lack of room, if it is.
  std::optional<ApiError> LackOfRoom(const Command& command);
  void PublishState();
  void PublishFailure();
  static void LetGo(const std::vector<PendingCommand*>& released);
  // The sync that is to run now, or null.
  std::unique_ptr<SyncTicket> BeginSync();
  // Whether something has waited for a full sync for long enough; else arms the timer for it.
  bool IsFullSyncDue();
  // Makes everything durable in this thread. REQUIRES: nobody else has the shard.
  void SyncAll();
  // Runs the sync in this thread and brings it back to the strand, which the caller may now hold.
  Inbox::Added RunSync(std::unique_ptr<SyncTicket> ticket);
  // The same in a thread that submits.
  Inbox::Added RunSyncHere(std::unique_ptr<SyncTicket> ticket);
  bool IsIdle() const;
  void HandToSyncThread(std::unique_ptr<SyncTicket> ticket);
  void SyncLoop();
  void ArmTimer(Timestamp deadline);
  void ArmSyncTimer(Timestamp deadline);
  // Why the timer is awake: something is due, memory is to be looked at, or it is to end.
  enum class Wake : uint8_t { kDue, kLook, kEnd };
  void TimerLoop();
  Wake Sleep();
  bool IsLookDue() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(timer_mutex_);
  void ReturnMemoryPerhaps();

  const Clocks clocks_;
  const Options options_;
  Inbox inbox_;

  // Of whoever holds the strand.
  Shard& shard_;
  Inbox::Batch batch_;
  Timestamp sync_due_ = Timestamp::Infinite();  // By clocks_.intervals; of what is not durable.

  mutable platform::Mutex published_mutex_;
  std::shared_ptr<const Directory> directory_ ABSL_GUARDED_BY(published_mutex_);
  Shard::Figures figures_ ABSL_GUARDED_BY(published_mutex_);
  absl::Status failure_ ABSL_GUARDED_BY(published_mutex_);

  platform::Mutex timer_mutex_;
  platform::CondVar timer_changed_;
  Timestamp armed_for_ ABSL_GUARDED_BY(timer_mutex_) = Timestamp::Infinite();
  Timestamp sync_armed_for_ ABSL_GUARDED_BY(timer_mutex_) = Timestamp::Infinite();
  bool timer_stops_ ABSL_GUARDED_BY(timer_mutex_) = false;
  // By clocks_.intervals; when memory was last looked at.
  Timestamp looked_at_ ABSL_GUARDED_BY(timer_mutex_) = {};
  std::atomic<uint64_t> commands_ = 0;  // Handled since the start.
  MemoryReturn memory_return_;          // The timer's.
  platform::Thread timer_thread_;

  metrics::Histogram sync_times_;
  // Until then RunSyncHere() shall not be called again. Of whoever has the ticket.
  absl::Time busy_until_ = absl::InfinitePast();

  platform::Mutex sync_mutex_;
  platform::CondVar sync_changed_;
  std::unique_ptr<SyncTicket> to_sync_ ABSL_GUARDED_BY(sync_mutex_);
  bool sync_stops_ ABSL_GUARDED_BY(sync_mutex_) = false;
  platform::Thread sync_thread_;  // Started by the first sync that needs it.
};

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_SHARD_RUNNER_H_
