#ifndef TWINQ_CORE_QUEUE_INDEXED_HEAP_H_
#define TWINQ_CORE_QUEUE_INDEXED_HEAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/queue/run_links.h"

namespace twinq {

// A binary heap whose items know their position, so that any of them can be removed.
//
// `Store` as in RunQueue, of whose links `place` is used: kInHeap + position.
// Cost: Push and Remove O(log n), and as many items touched.
template <typename Store>
class IndexedHeap {
 public:
  using Key = typename Store::Key;
  struct Entry {
    Key key{};
    uint32_t item = kNoIndex;
  };

  bool empty() const { return entries_.empty(); }
  const Entry& front() const { return entries_.front(); }
  const std::vector<Entry>& entries() const { return entries_; }

  void Push(Store& store, const Key& key, uint32_t item) {
    entries_.push_back({key, item});
    SiftUp(store, entries_.size() - 1);
  }
  // REQUIRES: the item is here.
  void Remove(Store& store, uint32_t item) {
    const size_t position = store.links(item).place - kInHeap;
    const Entry moved = entries_.back();
    entries_.pop_back();
    if (position == entries_.size()) return;
    entries_[position] = moved;
    SiftUp(store, position);
    SiftDown(store, store.links(moved.item).place - kInHeap);
  }

 private:
  void SiftUp(Store& store, size_t position) {
    const Entry entry = entries_[position];
    while (position > 0 && entry.key < entries_[(position - 1) / 2].key) {
      Place(store, position, entries_[(position - 1) / 2]);
      position = (position - 1) / 2;
    }
    Place(store, position, entry);
  }

  void SiftDown(Store& store, size_t position) {
    const Entry entry = entries_[position];
    for (size_t child = 2 * position + 1; child < entries_.size(); child = 2 * position + 1) {
      if (child + 1 < entries_.size() && entries_[child + 1].key < entries_[child].key) ++child;
      if (!(entries_[child].key < entry.key)) break;
      Place(store, position, entries_[child]);
      position = child;
    }
    Place(store, position, entry);
  }

  void Place(Store& store, size_t position, const Entry& entry) {
    entries_[position] = entry;
    store.links(entry.item).place = kInHeap + static_cast<uint32_t>(position);
  }

  std::vector<Entry> entries_;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_INDEXED_HEAP_H_
