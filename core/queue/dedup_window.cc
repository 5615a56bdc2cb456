#include "core/queue/dedup_window.h"

#include "core/base/check.h"
#include "core/model/limits.h"

namespace twinq {

const DedupWindow::Entry* DedupWindow::Find(const DedupKey& key, Timestamp now) const {
  const auto found = numbers_.find(key);
  if (found == numbers_.end()) return nullptr;
  const Entry& entry = entries_[found->second - forgotten_];
  return now < entry.first_sent_at + kDedupWindow ? &entry : nullptr;
}

void DedupWindow::Put(const Entry& entry) {
  TWINQ_CHECK(entries_.empty() || entries_.back().first_sent_at <= entry.first_sent_at);
  numbers_[entry.key] = forgotten_ + entries_.size();
  entries_.push_back(entry);
}

Timestamp DedupWindow::NextDeadline() const {
  return entries_.empty() ? Timestamp::Infinite() : entries_.front().first_sent_at + kDedupWindow;
}

int DedupWindow::Forget(Timestamp now, int budget) {
  int done = 0;
  for (; done < budget && NextDeadline() <= now; ++done) {
    const auto found = numbers_.find(entries_.front().key);
    if (found->second == forgotten_) numbers_.erase(found);
    entries_.pop_front();
    ++forgotten_;
  }
  return done;
}

}  // namespace twinq
