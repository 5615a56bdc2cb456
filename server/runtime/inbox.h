#ifndef TWINQ_SERVER_RUNTIME_INBOX_H_
#define TWINQ_SERVER_RUNTIME_INBOX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"

#include "broker/command_sink.h"
#include "journal/journal.h"
#include "platform/mutex.h"

namespace twinq {

// A sync that has run, on its way back to the shard.
struct FinishedSync {
  std::unique_ptr<SyncTicket> ticket;
  absl::Status outcome;
};

// What waits to be handled by a shard, and who handles it: whoever adds something while nobody
// holds the strand takes it and must go on until Take() says that nothing is left.
//
//   idle ──Add…(): true──► held ──Take(): false──► idle
//                           │ ▲
//                           └─┘ Add…(): false, Take(): true
//
// Guarantee: at most one thread holds the strand. Commands leave in the order in which they came.
// Limits: at most `commands_max` commands wait; cancellations, the end of a sync and the timer are
// one entry at most for each command, sync and timer there is, and are never refused.
// Thread-safety: any thread, except Take() and NoteReleased(), which belong to the holder of the
// strand.
class Inbox {
 public:
  enum class Added { kTakeStrand, kStrandIsHeld, kFull, kClosed };

  // All that waits, up to a limit of commands.
  struct Batch {
    std::vector<PendingCommand*> commands;
    std::vector<PendingCommand*> cancels;
    std::optional<FinishedSync> finished_sync;
    bool cancel_all = false;
  };

  explicit Inbox(size_t commands_max) : commands_max_(commands_max) {}

  Added AddCommand(PendingCommand& command);
  Added AddCancel(PendingCommand& command);
  Added AddFinishedSync(FinishedSync sync);
  Added AddTimer();
  // How many commands wait now, and how many were refused because too many did.
  struct Figures {
    size_t commands = 0;
    uint64_t refused = 0;
  };
  Figures figures() const;

  // From now on commands are refused, and waiting receives are to be answered.
  Added Close();

  // Moves what waits into `batch`, at most `commands_max` of the commands. If nothing waits, gives
  // up the strand and returns false.
  bool Take(size_t commands_max, Batch& batch);
  // Forgets queued cancellations of commands whose replies are about to leave, so that none of them
  // is touched after its OnReply().
  void NoteReleased(const std::vector<PendingCommand*>& commands);

 private:
  Added Wake() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const size_t commands_max_;
  mutable platform::Mutex mutex_;
  PendingCommand* first_ ABSL_GUARDED_BY(mutex_) = nullptr;
  PendingCommand* last_ ABSL_GUARDED_BY(mutex_) = nullptr;
  size_t size_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t refused_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<PendingCommand*> cancels_ ABSL_GUARDED_BY(mutex_);
  std::optional<FinishedSync> finished_sync_ ABSL_GUARDED_BY(mutex_);
  bool timer_ ABSL_GUARDED_BY(mutex_) = false;
  bool cancel_all_ ABSL_GUARDED_BY(mutex_) = false;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool strand_is_held_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_INBOX_H_
