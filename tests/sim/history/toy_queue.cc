#include "tests/sim/history/toy_queue.h"

#include <algorithm>
#include <set>

#include "core/model/limits.h"

namespace twinq::history {
namespace {

// Leaves room for messages that a mutation adds.
constexpr uint64_t kSequenceStep = 10;

}  // namespace

size_t ToyQueue::Send(Timestamp now, const MessageName& message, const std::string& group,
                      const std::string& dedup) {
  if (kind_ == QueueKind::kFifo) {
    if (const auto original = OriginalOf(now, dedup)) return *original;
  }
  Stored stored = {.message = message,
                   .group = group,
                   .dedup = dedup,
                   .id = MessageId::FromRandomBits(random_.Next(), random_.Next()),
                   .sequence = SequenceNumber(),
                   .stored_at = now};
  if (kind_ == QueueKind::kFifo)
    stored.sequence = SequenceNumber(kSequenceStep * (stored_.size() + 1));
  stored_.push_back(stored);
  return stored_.size() - 1;
}

std::vector<ToyQueue::Handle> ToyQueue::Receive(Timestamp now, size_t messages_max,
                                                absl::Duration visibility) {
  std::vector<Handle> taken;
  std::set<std::string> blocked;
  while (first_ < stored_.size() && stored_[first_].is_gone) ++first_;
  for (size_t i = first_; i < stored_.size() && taken.size() < messages_max; ++i) {
    Stored& stored = stored_[i];
    if (stored.is_gone) continue;
    if (kind_ == QueueKind::kFifo && blocked.contains(stored.group)) continue;
    if (!IsVisible(stored, now)) {
      blocked.insert(stored.group);
      continue;
    }
    stored.hidden_until = now + visibility;
    taken.push_back({.place = i, .count = ++stored.count});
  }
  return taken;
}

Outcome ToyQueue::Delete(Timestamp now, const Handle& handle) {
  Stored& stored = stored_[handle.place];
  if (stored.is_gone) return Outcome::kDone;
  if (kind_ == QueueKind::kFifo && !IsAlive(now, handle)) return Outcome::kRefused;
  stored.is_gone = true;
  return Outcome::kDone;
}

Outcome ToyQueue::Change(Timestamp now, const Handle& handle, absl::Duration visibility) {
  Stored& stored = stored_[handle.place];
  if (stored.is_gone) return Outcome::kRefused;
  if (kind_ == QueueKind::kFifo && !IsAlive(now, handle)) return Outcome::kRefused;
  if (!IsVisible(stored, now)) stored.hidden_until = now + visibility;
  return Outcome::kDone;
}

void ToyQueue::Purge() {
  for (Stored& stored : stored_) stored.is_gone = true;
  purged_ = stored_.size();
}

void ToyQueue::Crash() {
  if (kind_ == QueueKind::kFifo) return;
  for (Stored& stored : stored_) {
    if (stored.is_gone || stored.count == 0 || !random_.Chance(0.5)) continue;
    stored.hidden_until = Timestamp::Past();
    --stored.count;
  }
}

uint64_t ToyQueue::remaining() const {
  return static_cast<uint64_t>(std::count_if(stored_.begin(), stored_.end(),
                                             [](const Stored& stored) { return !stored.is_gone; }));
}

bool ToyQueue::IsVisible(const Stored& stored, Timestamp now) const {
  return stored.hidden_until <= now;
}

std::optional<size_t> ToyQueue::OriginalOf(Timestamp now, const std::string& dedup) const {
  for (size_t i = purged_; i < stored_.size(); ++i) {
    if (stored_[i].dedup == dedup && now < stored_[i].stored_at + kDedupWindow) return i;
  }
  return std::nullopt;
}

bool ToyQueue::IsAlive(Timestamp now, const Handle& handle) const {
  const Stored& stored = stored_[handle.place];
  return stored.count == handle.count && !IsVisible(stored, now);
}

}  // namespace twinq::history
