#include "core/queue/receive_waiters.h"

#include <compare>
#include <utility>
#include <vector>

#include "absl/hash/hash.h"

#include "core/base/check.h"
#include "core/queue/hash_index.h"
#include "core/queue/run_queue.h"

namespace twinq {

// The waiters by arrival, by the end of their wait, and by id.
class ReceiveWaiters::Line {
 public:
  Line() : ends_(ByEnd{&places_}) {}
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  void Add(const Waiter& waiter) {
    TWINQ_CHECK(Find(waiter.id) == HashIndex::kNone);
    const uint32_t index = TakeFree();
    places_[index].waiter = waiter;
    by_id_.Insert(HashOf(waiter.id), index);
    ends_.Push(index);
    LinkBefore(kNoIndex, index);
  }
  bool Remove(WaiterId id) {
    const uint32_t index = Find(id);
    if (index == HashIndex::kNone) return false;
    ends_.Remove(index);
    by_id_.Erase(HashOf(id), index);
    Unlink(index);
    places_[index].next = std::exchange(free_, index);
    return true;
  }
  const Waiter& front() const { return places_[first_].waiter; }
  const Waiter& next_to_end() const { return places_[ends_.front()].waiter; }

 private:
  struct Place {
    Waiter waiter;
    uint32_t previous = kNoIndex;  // In the order of arrival.
    uint32_t next = kNoIndex;      // Of a free place: in `free_`.
    RunLinks links;                // In `ends_`.
  };
  struct ByEnd {
    struct Key {
      Timestamp wait_until;
      WaiterId id;
      friend auto operator<=>(const Key&, const Key&) = default;
    };
    Key key(uint32_t index) const {
      return {(*places)[index].waiter.wait_until, (*places)[index].waiter.id};
    }
    RunLinks& links(uint32_t index) { return (*places)[index].links; }
    std::vector<Place>* places;
  };

  static uint32_t HashOf(WaiterId id) { return HashIndex::Fold(absl::HashOf(id)); }
  uint32_t Find(WaiterId id) const {
    return by_id_.Find(HashOf(id), [&](uint32_t index) { return places_[index].waiter.id == id; });
  }
  uint32_t TakeFree() {
    if (free_ == kNoIndex) {
      places_.emplace_back();
      return static_cast<uint32_t>(places_.size() - 1);
    }
    return std::exchange(free_, places_[free_].next);
  }
  // Puts it into the line before `next`, or at the end.
  void LinkBefore(uint32_t next, uint32_t index) {
    const uint32_t previous = next == kNoIndex ? last_ : places_[next].previous;
    places_[index].previous = previous;
    places_[index].next = next;
    (previous == kNoIndex ? first_ : places_[previous].next) = index;
    (next == kNoIndex ? last_ : places_[next].previous) = index;
  }
  void Unlink(uint32_t index) {
    const auto [previous, next] = std::pair(places_[index].previous, places_[index].next);
    (previous == kNoIndex ? first_ : places_[previous].next) = next;
    (next == kNoIndex ? last_ : places_[next].previous) = previous;
  }

  std::vector<Place> places_;
  uint32_t free_ = kNoIndex;
  uint32_t first_ = kNoIndex;
  uint32_t last_ = kNoIndex;
  HashIndex by_id_;
  RunQueue<ByEnd> ends_;
};

ReceiveWaiters::ReceiveWaiters() = default;
ReceiveWaiters::~ReceiveWaiters() = default;
ReceiveWaiters::ReceiveWaiters(ReceiveWaiters&& other) noexcept
    : line_(std::move(other.line_)), size_(std::exchange(other.size_, 0)) {}
ReceiveWaiters& ReceiveWaiters::operator=(ReceiveWaiters&& other) noexcept {
  line_ = std::move(other.line_);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

void ReceiveWaiters::Add(const Waiter& waiter) {
  if (line_ == nullptr) line_ = std::make_unique<Line>();
  line_->Add(waiter);
  ++size_;
}

const Waiter& ReceiveWaiters::front() const { return line_->front(); }

bool ReceiveWaiters::Remove(WaiterId id) {
  if (empty() || !line_->Remove(id)) return false;
  --size_;
  return true;
}

Timestamp ReceiveWaiters::NextDeadline() const {
  return empty() ? Timestamp::Infinite() : line_->next_to_end().wait_until;
}

WaiterId ReceiveWaiters::NextToEnd() const { return line_->next_to_end().id; }

}  // namespace twinq
