#include "core/queue/dedup_window.h"

#include <algorithm>
#include <iterator>

#include "core/base/check.h"
#include "core/model/limits.h"

namespace twinq {
uint32_t DedupWindow::Find(const DedupKey& key) const {
  return newest_.Find(HashOf(key), [&](uint32_t number) { return EntryOf(number).key == key; });
}

const DedupWindow::Entry* DedupWindow::Find(const DedupKey& key, Timestamp now) const {
  const uint32_t number = Find(key);
  if (number == HashIndex::kNone) return nullptr;
  const Entry& entry = EntryOf(number);
  return now < entry.first_sent_at + kDedupWindow ? &entry : nullptr;
}

std::deque<DedupWindow::Entry>::const_iterator DedupWindow::LowerBound(
    SequenceNumber sequence) const {
  return std::lower_bound(
      entries_.begin(), entries_.end(), sequence,
      [](const Entry& entry, SequenceNumber wanted) { return entry.sequence < wanted; });
}

const DedupWindow::Entry* DedupWindow::FindSent(SequenceNumber sequence) const {
  const auto found = LowerBound(sequence);
  return found != entries_.end() && found->sequence == sequence ? &*found : nullptr;
}

bool DedupWindow::IsInOrder(SequenceNumber sequence, Timestamp sent_at) const {
  if (entries_.empty()) return true;
  if (entries_.back().sequence < sequence) return entries_.back().first_sent_at <= sent_at;
  const auto next = LowerBound(sequence);
  return sent_at <= next->first_sent_at &&
         (next == entries_.begin() || std::prev(next)->first_sent_at <= sent_at);
}

void DedupWindow::Put(const Entry& entry) {
  TWINQ_CHECK(entries_.empty() || entries_.back().first_sent_at <= entry.first_sent_at);
  const uint32_t hash = HashOf(entry.key);
  if (const uint32_t older = Find(entry.key); older != HashIndex::kNone) {
    newest_.Erase(hash, older);
  }
  newest_.Insert(hash, NumberOf(forgotten_ + entries_.size()));
  entries_.push_back(entry);
  if (entries_.size() == 1) UpdateNextDeadline();
}

void DedupWindow::UpdateNextDeadline() {
  next_deadline_ =
      entries_.empty() ? Timestamp::Infinite() : entries_.front().first_sent_at + kDedupWindow;
}

int DedupWindow::Forget(Timestamp now, int budget) {
  int done = 0;
  for (; done < budget && !entries_.empty() && next_deadline_ <= now; ++done) {
    newest_.Erase(HashOf(entries_.front().key), NumberOf(forgotten_));
    entries_.pop_front();
    ++forgotten_;
    UpdateNextDeadline();
  }
  if (done > 0 && !entries_.empty()) Prefetch(entries_.front().key);  // Forgotten next.
  return done;
}

int DedupWindow::FreeSome(int budget) {
  constexpr int kItemsPerPiece = 100;  // To free one takes as long as so many entries.
  int done = 0;
  for (; done < budget && !entries_.empty(); ++done) entries_.pop_front();
  for (; done < budget && newest_.FreePiece(); done += kItemsPerPiece) continue;
  return done;
}

}  // namespace twinq
