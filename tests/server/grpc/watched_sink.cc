#include "tests/server/grpc/watched_sink.h"

#include <utility>

#include "core/base/check.h"

namespace twinq {

void WatchedSink::AwaitReceives(int count) {
  const platform::MutexLock lock(mutex_);
  while (receives_ < count) changed_.Wait(mutex_);
}

void WatchedSink::AwaitCancels(int count) {
  const platform::MutexLock lock(mutex_);
  while (cancels_ < count) changed_.Wait(mutex_);
}

void WatchedSink::HoldReceives() {
  const platform::MutexLock lock(mutex_);
  holds_receives_ = true;
}

void WatchedSink::PassOn() {
  std::vector<PendingCommand*> held;
  {
    const platform::MutexLock lock(mutex_);
    holds_receives_ = false;
    held.swap(held_);
  }
  for (PendingCommand* command : held) TWINQ_CHECK(next_.Submit(*command).ok());
}

absl::Status WatchedSink::Submit(PendingCommand& command) {
  const bool is_receive = std::holds_alternative<ReceiveMessages>(command.command);
  if (!is_receive) return next_.Submit(command);
  bool is_held = false;
  {
    const platform::MutexLock lock(mutex_);
    is_held = holds_receives_;
    if (is_held) held_.push_back(&command);
  }
  absl::Status submitted = is_held ? absl::OkStatus() : next_.Submit(command);
  const platform::MutexLock lock(mutex_);
  ++receives_;
  changed_.NotifyAll();
  return submitted;
}

void WatchedSink::Cancel(PendingCommand& command) {
  next_.Cancel(command);
  const platform::MutexLock lock(mutex_);
  ++cancels_;
  changed_.NotifyAll();
}

}  // namespace twinq
