#ifndef TWINQ_SERVER_RUNTIME_SHARD_RUNNER_H_
#define TWINQ_SERVER_RUNTIME_SHARD_RUNNER_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"

#include "broker/command_sink.h"
#include "broker/shard.h"
#include "core/base/clock.h"
#include "core/model/limits.h"
#include "platform/mutex.h"
#include "platform/thread.h"
#include "server/runtime/inbox.h"

namespace twinq {

// Runs one shard: its inbox, its strand, its timer and its syncs.
//
// A command is handled by the thread that submits it if the strand is free, else by whoever holds
// it. A sync runs in the thread that holds the strand when exactly one reply waits for it (an idle
// server: no hand-over), else in a thread of its own, while others go on handling and appending. No
// thread runs two syncs in a row for others.
//
// Thread-safety: all methods, any thread, except Start() and Stop(), which belong to the owner.
// Lifetime: borrows the shard and the clock. Stop() before destruction.
class ShardRunner : public CommandSink {
 public:
  ShardRunner(Shard& shard, const Clock& clock, size_t inbox_commands_max = kInboxCommandsMax);
  ~ShardRunner() override;

  // Makes durable what Shard::Start() appended, then starts the timer. Call once, before commands
  // come.
  absl::Status Start();
  // Refuses new commands and answers every waiting receive with nothing. Commands under way go on.
  void Drain();
  // Drains, and ends the threads. REQUIRES: every submitted command has been answered or will be
  // without another command.
  void Stop();

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
  void PublishDirectory();
  static void LetGo(const std::vector<PendingCommand*>& released);
  // Runs the sync in this thread and brings it back to the strand, which the caller may now hold.
  Inbox::Added RunSync(std::unique_ptr<SyncTicket> ticket);
  void HandToSyncThread(std::unique_ptr<SyncTicket> ticket);
  void SyncLoop();
  void ArmTimer(Timestamp deadline);
  void TimerLoop();
  // False when the timer is to end.
  bool SleepUntilDue();

  Shard& shard_;  // Of whoever holds the strand.
  const Clock& clock_;
  Inbox inbox_;
  Inbox::Batch batch_;  // Of whoever holds the strand.

  mutable platform::Mutex directory_mutex_;
  std::shared_ptr<const Directory> directory_ ABSL_GUARDED_BY(directory_mutex_);

  platform::Mutex timer_mutex_;
  platform::CondVar timer_changed_;
  Timestamp armed_for_ ABSL_GUARDED_BY(timer_mutex_) = Timestamp::Infinite();
  bool timer_stops_ ABSL_GUARDED_BY(timer_mutex_) = false;
  platform::Thread timer_thread_;

  platform::Mutex sync_mutex_;
  platform::CondVar sync_changed_;
  std::unique_ptr<SyncTicket> to_sync_ ABSL_GUARDED_BY(sync_mutex_);
  bool sync_stops_ ABSL_GUARDED_BY(sync_mutex_) = false;
  platform::Thread sync_thread_;  // Started by the first sync that needs it.
};

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_SHARD_RUNNER_H_
