#include "bench/e2e/group_commit_log.h"

#include <utility>

#include "core/base/check.h"

namespace twinq::bench {

GroupCommitLog::GroupCommitLog(std::unique_ptr<RecycledSegments> segments)
    : segments_(std::move(segments)), thread_("log", [this] { CommitInTurn(); }) {}

GroupCommitLog::~GroupCommitLog() {
  {
    const platform::MutexLock lock(mutex_);
    ends_ = true;
    changed_.NotifyOne();
  }
  thread_.Join();
}

void GroupCommitLog::Append(absl::string_view bytes, std::function<void()> done) {
  const platform::MutexLock lock(mutex_);
  appended_.bytes.append(bytes.data(), bytes.size());
  appended_.waiting.push_back(std::move(done));
}

void GroupCommitLog::Commit() {
  Group group;
  {
    const platform::MutexLock lock(mutex_);
    if (is_committing_ || appended_.waiting.empty()) return;
    is_committing_ = true;
    if (appended_.waiting.size() > 1) {
      is_handed_over_ = true;
      changed_.NotifyOne();
      return;
    }
    group = std::exchange(appended_, {});
  }
  Run(group);
  const platform::MutexLock lock(mutex_);
  // Others have appended meanwhile.
  is_handed_over_ = is_committing_ = !appended_.waiting.empty();
  if (is_handed_over_) changed_.NotifyOne();
}

void GroupCommitLog::CommitInTurn() {
  Group group;
  for (;;) {
    {
      const platform::MutexLock lock(mutex_);
      if (is_handed_over_ && appended_.waiting.empty()) is_committing_ = is_handed_over_ = false;
      while (!is_handed_over_ && !ends_) changed_.Wait(mutex_);
      if (!is_handed_over_) return;
      std::swap(group, appended_);
    }
    Run(group);
  }
}

void GroupCommitLog::Run(Group& group) {
  TWINQ_CHECK(segments_->Commit(group.bytes).ok());
  for (const auto& done : group.waiting) done();
  group.bytes.clear();
  group.waiting.clear();
}

}  // namespace twinq::bench
