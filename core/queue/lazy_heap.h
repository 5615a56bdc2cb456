#ifndef TWINQ_CORE_QUEUE_LAZY_HEAP_H_
#define TWINQ_CORE_QUEUE_LAZY_HEAP_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/prefetch.h"
#include "core/queue/run_links.h"

namespace twinq {

// A heap for items that nearly always leave from its front. Moving an entry touches no item, so a
// heap of a million costs a few cache lines a call; an item that leaves from elsewhere leaves its
// entry behind, which is dropped when it comes to the front.
//
// `Store` as in RunQueue, of whose links `place` is used: kInHeap while the item is here.
// Cost: Push, and Remove at the front, O(log n). Entries left behind are at most as many as the
// others, and some: at that they are thrown out, O(n).
template <typename Store>
class LazyHeap {
 public:
  using Key = typename Store::Key;
  struct Entry {
    [[no_unique_address]] Key key{};  // The item takes what a key leaves of its last word.
    uint32_t item = kNoIndex;
  };

  // The front is never one that was left behind.
  bool empty() const { return entries_.empty(); }
  const Entry& front() const { return entries_.front(); }

  void Push(Store& store, const Key& key, uint32_t item) {
    store.links(item).place = kInHeap;
    ++items_;
    entries_.push_back({key, item});
    SiftUp(entries_.size() - 1);
  }
  // REQUIRES: the item is here.
  void Remove(Store& store, uint32_t item) {
    store.links(item).place = kNoIndex;
    --items_;
    while (!entries_.empty() && IsLeftBehind(store, entries_.front())) PopFront();
    if (entries_.size() > 2 * items_ + kLeftBehindMin) ThrowOut(store);
    PrefetchNext(store);
  }

 private:
  static constexpr size_t kChildren = 4;  // Of an entry: two cache lines, and half the levels.
  static constexpr size_t kLeftBehindMin = 1'024;

  // An item that has come back with the same key has two entries, which are both good.
  static bool IsLeftBehind(Store& store, const Entry& entry) {
    return store.links(entry.item).place != kInHeap || !(store.key(entry.item) == entry.key);
  }

  // The item that comes to the front next is one of these.
  void PrefetchNext(Store& store) const {
    const size_t end = std::min(kChildren + 1, entries_.size());
    for (size_t i = 1; i < end; ++i) Prefetch(store.links(entries_[i].item));
  }

  void PopFront() {
    const Entry last = entries_.back();
    entries_.pop_back();
    if (!entries_.empty()) SiftDown(0, last);
  }

  void ThrowOut(Store& store) {
    std::erase_if(entries_, [&](const Entry& entry) { return IsLeftBehind(store, entry); });
    for (size_t position = entries_.size(); position-- > 0;) SiftDown(position, entries_[position]);
  }

  // Of this entry and the three behind it, one of which a sift goes to next.
  void PrefetchChildrenOf(size_t position) const {
    const size_t first = kChildren * position + 1;
    if (first + kChildren * kChildren > entries_.size()) return;
    for (size_t i = 0; i < kChildren; ++i) Prefetch(entries_[first + kChildren * i]);
  }

  void SiftUp(size_t position) {
    const Entry entry = entries_[position];
    for (; position > 0; position = (position - 1) / kChildren) {
      const Entry& parent = entries_[(position - 1) / kChildren];
      if (!(entry.key < parent.key)) break;
      entries_[position] = parent;
    }
    entries_[position] = entry;
  }

  // Puts the entry at the position or below.
  void SiftDown(size_t position, const Entry entry) {
    for (;;) {
      const size_t first = kChildren * position + 1;
      const size_t end = std::min(first + kChildren, entries_.size());
      if (first >= end) break;
      PrefetchChildrenOf(first);
      size_t least = first;
      for (size_t child = first + 1; child < end; ++child) {
        if (entries_[child].key < entries_[least].key) least = child;
      }
      if (!(entries_[least].key < entry.key)) break;
      entries_[position] = entries_[least];
      position = least;
    }
    entries_[position] = entry;
  }

  std::vector<Entry> entries_;
  size_t items_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_LAZY_HEAP_H_
