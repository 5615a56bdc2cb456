#ifndef TWINQ_TESTS_SERVER_GRPC_WATCHED_SINK_H_
#define TWINQ_TESTS_SERVER_GRPC_WATCHED_SINK_H_

#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"

#include "broker/command_sink.h"
#include "platform/mutex.h"

namespace twinq {

// Passes commands on to a sink, and lets a test wait for what passes and hold it back.
//
// Thread-safety: any thread.
class WatchedSink : public CommandSink {
 public:
  explicit WatchedSink(CommandSink& next) : next_(next) {}

  // Waits until so many receives have come in all: those not held are known to the shard then.
  void AwaitReceives(int count);
  // Waits until so many calls have been cancelled in all, and the shard has been told.
  void AwaitCancels(int count);

  // From now on receives are kept here; PassOn() gives them to the shard.
  void HoldReceives();
  void PassOn();

  absl::Status Submit(PendingCommand& command) override;
  void Cancel(PendingCommand& command) override;
  std::shared_ptr<const Directory> directory() const override { return next_.directory(); }

 private:
  CommandSink& next_;
  platform::Mutex mutex_;
  platform::CondVar changed_;
  int receives_ ABSL_GUARDED_BY(mutex_) = 0;
  int cancels_ ABSL_GUARDED_BY(mutex_) = 0;
  bool holds_receives_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<PendingCommand*> held_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace twinq

#endif  // TWINQ_TESTS_SERVER_GRPC_WATCHED_SINK_H_
