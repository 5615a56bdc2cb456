#ifndef TWINQ_BENCH_E2E_GROUP_COMMIT_LOG_H_
#define TWINQ_BENCH_E2E_GROUP_COMMIT_LOG_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"

#include "bench/disk/recycled_segments.h"
#include "platform/mutex.h"
#include "platform/thread.h"

namespace twinq::bench {

// The bare log behind an echo: bytes of calls are gathered while one commit is in flight, and go to
// the disk together with the next.
//
// Errors: a commit that fails ends the process.
// Thread-safety: Append() and Commit(), any thread; callbacks come on whichever thread has run the
// commit. REQUIRES: no commit is in flight when it is destroyed.
class GroupCommitLog {
 public:
  explicit GroupCommitLog(std::unique_ptr<RecycledSegments> segments);
  ~GroupCommitLog();

  // `done` is called once the bytes are durable; a Commit() must follow.
  void Append(absl::string_view bytes, std::function<void()> done);
  // Commits what was appended unless a commit is in flight, which then commits it next: in this
  // thread if one call alone waits, and the last one did too, else in the log's own thread.
  void Commit();

 private:
  struct Group {
    std::string bytes;
    std::vector<std::function<void()>> waiting;
  };

  void CommitInTurn();
  void Run(Group& group);

  const std::unique_ptr<RecycledSegments> segments_;  // Of whoever has is_committing_ set.
  platform::Mutex mutex_;
  platform::CondVar changed_;
  Group appended_ ABSL_GUARDED_BY(mutex_);
  bool is_committing_ ABSL_GUARDED_BY(mutex_) = false;
  bool is_handed_over_ ABSL_GUARDED_BY(mutex_) = false;  // To the log's own thread.
  bool ends_ ABSL_GUARDED_BY(mutex_) = false;
  platform::Thread thread_;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_E2E_GROUP_COMMIT_LOG_H_
