#include "server/runtime/shard_runner.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/check.h"
#include "core/base/status_macros.h"
#include "platform/allocator.h"
#include "platform/resident_memory.h"

namespace twinq {
namespace {

// How much of the strand one batch may take before its records are appended and its replies leave.
constexpr size_t kBatchCommandsMax = 256;
constexpr int kBatchDeadlinesMax = 4'000;
// A thread that submits again so soon after it has run a sync had the command all along, and
// perhaps more: they shall share a sync. A client that waited for its answer takes longer, or the
// disk is so slow that a hand-over is nothing beside a sync.
constexpr absl::Duration kIdleAfterSyncMin = absl::Microseconds(20);
constexpr double kIdleBySyncTime = 0.5;
// How long the timer sleeps at most: so late it may notice that the clock of the machine was set
// forward. As often it looks whether memory is to be given back.
constexpr absl::Duration kTimerSleepMax = absl::Seconds(1);

absl::Duration Left(Timestamp deadline, const Clock& clock) {
  if (deadline == Timestamp::Infinite()) return absl::InfiniteDuration();
  return deadline - Timestamp::FromTime(clock.Now());
}

}  // namespace

ShardRunner::ShardRunner(Shard& shard, const Clocks& clocks, Options options)
    : clocks_(clocks),
      options_(std::move(options)),
      inbox_(options_.inbox_commands_max),
      shard_(shard),
      directory_(shard.directory()) {}

ShardRunner::~ShardRunner() { TWINQ_CHECK(!timer_thread_.is_running()); }

absl::Status ShardRunner::Start() {
  shard_.Flush();
  // Durable whatever replies wait for: what a start notes keeps numbers from being given twice.
  SyncAll();
  TWINQ_RETURN_IF_ERROR(failure());
  PublishState();
  timer_thread_ = platform::Thread("shard-timer", [this] { TimerLoop(); });
  RunDue();
  return absl::OkStatus();
}

void ShardRunner::Drain() {
  if (inbox_.Close() == Inbox::Added::kTakeStrand) RunStrand();
}

void ShardRunner::Stop() {
  Drain();
  {
    const platform::MutexLock lock(timer_mutex_);
    timer_stops_ = true;
    timer_changed_.NotifyAll();
  }
  timer_thread_.Join();
  {
    const platform::MutexLock lock(sync_mutex_);
    sync_stops_ = true;
    sync_changed_.NotifyAll();
  }
  sync_thread_.Join();
  SyncAll();
}

void ShardRunner::SyncAll() {
  if (shard_.HasUnsynced()) {
    std::unique_ptr<SyncTicket> ticket = shard_.BeginFullSync();
    absl::Status outcome = ticket->Run();
    shard_.OnSynced(std::move(ticket), std::move(outcome));
  }
  PublishFailure();
}

absl::Status ShardRunner::Submit(PendingCommand& command) {
  switch (inbox_.AddCommand(command)) {
    case Inbox::Added::kTakeStrand:
      RunStrand();
      return absl::OkStatus();
    case Inbox::Added::kStrandIsHeld:
      return absl::OkStatus();
    case Inbox::Added::kFull:
      return absl::ResourceExhaustedError("the inbox of the shard is full");
    case Inbox::Added::kClosed:
      return absl::UnavailableError("the server is shutting down");
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

void ShardRunner::Cancel(PendingCommand& command) {
  if (inbox_.AddCancel(command) == Inbox::Added::kTakeStrand) RunStrand();
}

void ShardRunner::RunDue() {
  if (inbox_.AddTimer() == Inbox::Added::kTakeStrand) RunStrand();
}

std::shared_ptr<const Directory> ShardRunner::directory() const {
  const platform::MutexLock lock(published_mutex_);
  return directory_;
}

Shard::Figures ShardRunner::figures() const {
  const platform::MutexLock lock(published_mutex_);
  return figures_;
}

absl::Status ShardRunner::failure() const {
  const platform::MutexLock lock(published_mutex_);
  return failure_;
}

void ShardRunner::RunStrand() {
  bool synced_here = false;
  for (;;) {
    std::vector<PendingCommand*> released;
    std::unique_ptr<SyncTicket> ticket;
    bool is_only_reply = false;
    while (inbox_.Take(kBatchCommandsMax, batch_)) {
      // There is more to do, so what the last batch released leaves from the strand.
      LetGo(std::exchange(released, {}));
      if (ticket != nullptr) HandToSyncThread(std::exchange(ticket, nullptr));
      HandleBatch(batch_);
      released = shard_.TakeReleased();
      inbox_.NoteReleased(released);
      is_only_reply = shard_.held_replies() == 1;
      ticket = BeginSync();
    }
    // The strand is free. Handing replies to the transport costs more than handling the commands
    // did.
    LetGo(released);
    if (ticket == nullptr) return;
    if (!is_only_reply || std::exchange(synced_here, true) || !IsIdle()) {
      HandToSyncThread(std::move(ticket));
      return;
    }
    if (RunSyncHere(std::move(ticket)) != Inbox::Added::kTakeStrand) return;
  }
}

std::unique_ptr<SyncTicket> ShardRunner::BeginSync() {
  // The end of the one in flight comes back to the strand, and then here.
  if (shard_.sync_in_flight()) return nullptr;
  if (IsFullSyncDue()) return shard_.BeginFullSync();
  return shard_.WantsSync() ? shard_.BeginSync() : nullptr;
}

bool ShardRunner::IsFullSyncDue() {
  if (options_.sync_interval == absl::InfiniteDuration()) return false;
  if (!shard_.HasUnsynced()) {
    sync_due_ = Timestamp::Infinite();
    return false;
  }
  const Timestamp now = Timestamp::FromTime(clocks_.intervals.Now());
  const bool is_due = sync_due_ <= now;
  // Of what is handled from now on, if this sync begins now.
  if (is_due || sync_due_ == Timestamp::Infinite()) sync_due_ = now + options_.sync_interval;
  if (!is_due) ArmSyncTimer(sync_due_);
  return is_due;
}

void ShardRunner::LetGo(const std::vector<PendingCommand*>& released) {
  for (PendingCommand* command : released) command->OnReply();
}

bool ShardRunner::IsIdle() const { return clocks_.intervals.Now() >= busy_until_; }

Inbox::Added ShardRunner::RunSyncHere(std::unique_ptr<SyncTicket> ticket) {
  const absl::Time begin = clocks_.intervals.Now();
  absl::Status outcome = ticket->Run();
  const absl::Time end = clocks_.intervals.Now();
  sync_times_.Add(end - begin);
  busy_until_ = end + std::max(kIdleAfterSyncMin, kIdleBySyncTime * (end - begin));
  return inbox_.AddFinishedSync({std::move(ticket), std::move(outcome)});
}

Inbox::Added ShardRunner::RunSync(std::unique_ptr<SyncTicket> ticket) {
  const absl::Time begin = clocks_.intervals.Now();
  absl::Status outcome = ticket->Run();
  sync_times_.Add(clocks_.intervals.Now() - begin);
  return inbox_.AddFinishedSync({std::move(ticket), std::move(outcome)});
}

void ShardRunner::HandToSyncThread(std::unique_ptr<SyncTicket> ticket) {
  const platform::MutexLock lock(sync_mutex_);
  if (!sync_thread_.is_running()) {
    sync_thread_ = platform::Thread("shard-sync", [this] { SyncLoop(); });
  }
  TWINQ_CHECK(to_sync_ == nullptr);  // One sync is in flight at a time.
  to_sync_ = std::move(ticket);
  sync_changed_.NotifyOne();
}

void ShardRunner::SyncLoop() {
  for (;;) {
    std::unique_ptr<SyncTicket> ticket;
    {
      const platform::MutexLock lock(sync_mutex_);
      while (to_sync_ == nullptr && !sync_stops_) sync_changed_.Wait(sync_mutex_);
      if (to_sync_ == nullptr) return;
      ticket = std::move(to_sync_);
    }
    if (RunSync(std::move(ticket)) == Inbox::Added::kTakeStrand) RunStrand();
  }
}

void ShardRunner::HandleBatch(Inbox::Batch& batch) {
  const Timestamp now = Timestamp::FromTime(clocks_.queues.Now());
  if (batch.finished_sync.has_value()) {
    shard_.OnSynced(std::move(batch.finished_sync->ticket),
                    std::move(batch.finished_sync->outcome));
  }
  commands_.fetch_add(batch.commands.size(), std::memory_order_relaxed);
  for (PendingCommand* command : batch.commands) Handle(now, *command);
  for (PendingCommand* command : batch.cancels) shard_.Cancel(now, *command);
  if (batch.cancel_all) shard_.CancelAll(now);
  ArmTimer(shard_.Advance(now, kBatchDeadlinesMax));
  shard_.Flush();
  PublishState();
  PublishFailure();
}

void ShardRunner::Handle(Timestamp now, PendingCommand& command) {
  if (std::optional<ApiError> refused = LackOfRoom(command.command)) {
    return shard_.Refuse(command, *std::move(refused));
  }
  shard_.Execute(now, command);
}

std::optional<ApiError> ShardRunner::LackOfRoom(const Command& command) {
  if (options_.memory_limit != nullptr) {
    std::optional<ApiError> error = options_.memory_limit->Judge(command, shard_.memory().total());
    if (error.has_value()) return error;
  }
  return options_.disk_reserve == nullptr ? std::nullopt : options_.disk_reserve->Judge(command);
}

void ShardRunner::PublishState() {
  const platform::MutexLock lock(published_mutex_);
  figures_ = shard_.figures();
  if (directory_ != shard_.directory()) directory_ = shard_.directory();
}

void ShardRunner::PublishFailure() {
  if (shard_.failure().ok()) return;
  {
    const platform::MutexLock lock(published_mutex_);
    if (!failure_.ok()) return;
    failure_ = shard_.failure();
  }
  options_.on_failure();
}

void ShardRunner::ArmTimer(Timestamp deadline) {
  const platform::MutexLock lock(timer_mutex_);
  const bool is_earlier = deadline < armed_for_;
  armed_for_ = deadline;
  if (is_earlier) timer_changed_.NotifyOne();
}

void ShardRunner::ArmSyncTimer(Timestamp deadline) {
  const platform::MutexLock lock(timer_mutex_);
  const bool is_earlier = deadline < sync_armed_for_;
  sync_armed_for_ = deadline;
  if (is_earlier) timer_changed_.NotifyOne();
}

void ShardRunner::TimerLoop() {
  for (;;) {
    switch (Sleep()) {
      case Wake::kDue:
        RunDue();
        break;
      case Wake::kLook:
        ReturnMemoryPerhaps();
        break;
      case Wake::kEnd:
        return;
    }
  }
}

ShardRunner::Wake ShardRunner::Sleep() {
  const platform::MutexLock lock(timer_mutex_);
  while (!timer_stops_) {
    const absl::Duration left =
        std::min(Left(armed_for_, clocks_.queues), Left(sync_armed_for_, clocks_.intervals));
    if (left <= absl::ZeroDuration()) {
      // Until the strand has done what is due.
      armed_for_ = sync_armed_for_ = Timestamp::Infinite();
      return Wake::kDue;
    }
    if (IsLookDue()) {
      looked_at_ = Timestamp::FromTime(clocks_.intervals.Now());
      return Wake::kLook;
    }
    timer_changed_.WaitFor(timer_mutex_, std::min(left, kTimerSleepMax));
  }
  return Wake::kEnd;
}

bool ShardRunner::IsLookDue() const {
  return Timestamp::FromTime(clocks_.intervals.Now()) - looked_at_ >= kTimerSleepMax;
}

void ShardRunner::ReturnMemoryPerhaps() {
  if (!memory_return_.IsDue(commands_, platform::ResidentMemoryBytes())) return;
  platform::ReturnFreedMemory();
  memory_return_.Returned(platform::ResidentMemoryBytes());
}

}  // namespace twinq
