#include "server/runtime/inbox.h"

#include <utility>

#include "core/base/check.h"

namespace twinq {

Inbox::Added Inbox::Wake() {
  return std::exchange(strand_is_held_, true) ? Added::kStrandIsHeld : Added::kTakeStrand;
}

Inbox::Added Inbox::AddCommand(PendingCommand& command) {
  const platform::MutexLock lock(mutex_);
  if (closed_) return Added::kClosed;
  if (size_ >= commands_max_) {
    ++refused_;
    return Added::kFull;
  }
  command.path = {.is_under_way = true};
  (first_ == nullptr ? first_ : last_->path.next) = &command;
  last_ = &command;
  ++size_;
  return Wake();
}

Inbox::Figures Inbox::figures() const {
  const platform::MutexLock lock(mutex_);
  return {.commands = size_, .refused = refused_};
}

Inbox::Added Inbox::AddCancel(PendingCommand& command) {
  const platform::MutexLock lock(mutex_);
  if (!command.path.is_under_way || command.path.cancel_is_queued) return Added::kStrandIsHeld;
  command.path.cancel_is_queued = true;
  cancels_.push_back(&command);
  return Wake();
}

Inbox::Added Inbox::AddFinishedSync(FinishedSync sync) {
  const platform::MutexLock lock(mutex_);
  TWINQ_CHECK(!finished_sync_.has_value());  // One sync is in flight at a time.
  finished_sync_ = std::move(sync);
  return Wake();
}

Inbox::Added Inbox::AddTimer() {
  const platform::MutexLock lock(mutex_);
  timer_ = true;
  return Wake();
}

Inbox::Added Inbox::Close() {
  const platform::MutexLock lock(mutex_);
  closed_ = true;
  cancel_all_ = true;
  return Wake();
}

bool Inbox::Take(size_t commands_max, Batch& batch) {
  const platform::MutexLock lock(mutex_);
  batch.commands.clear();
  batch.cancels.clear();
  for (; first_ != nullptr && batch.commands.size() < commands_max; --size_) {
    batch.commands.push_back(first_);
    first_ = first_->path.next;
  }
  // A command that is still queued cannot be cancelled before it was handled.
  if (first_ == nullptr) {
    batch.cancels.swap(cancels_);
    for (PendingCommand* command : batch.cancels) command->path.cancel_is_queued = false;
  }
  batch.finished_sync = std::exchange(finished_sync_, std::nullopt);
  batch.cancel_all = first_ == nullptr && std::exchange(cancel_all_, false);
  const bool timer = std::exchange(timer_, false);
  strand_is_held_ = !batch.commands.empty() || !batch.cancels.empty() || timer ||
                    batch.finished_sync.has_value() || batch.cancel_all;
  return strand_is_held_;
}

void Inbox::NoteReleased(const std::vector<PendingCommand*>& commands) {
  if (commands.empty()) return;
  const platform::MutexLock lock(mutex_);
  for (PendingCommand* command : commands) {
    command->path.is_under_way = false;
    if (command->path.cancel_is_queued) std::erase(cancels_, command);
  }
}

}  // namespace twinq
