#ifndef TWINQ_CORE_QUEUE_RUN_QUEUE_H_
#define TWINQ_CORE_QUEUE_RUN_QUEUE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/check.h"
#include "core/base/prefetch.h"
#include "core/queue/indexed_heap.h"
#include "core/queue/run_links.h"
#include "core/queue/slab.h"

namespace twinq {

// A priority queue for keys that mostly arrive in order: up to eight sorted lists ("runs"), each
// extended at its end, and a heap for whatever fits none. Deadlines of equal timeouts and messages
// by sequence number are such keys: equal timeouts form one run each.
//
// `Store` tells the items apart: Key, `Key key(uint32_t item) const`, `RunLinks& links(uint32_t
// item)`. Keys are unique and must not change while the item is in the queue.
// Lifetime: keeps a copy of Store, which points at the items.
// Cost: Push, Remove and front are O(1) in runs, O(log n) in the heap. 16 to 24 bytes per heap
// item.
template <typename Store>
class RunQueue {
 public:
  using Key = typename Store::Key;

  explicit RunQueue(Store store) : store_(store) {}

  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }

  // The item with the least key. REQUIRES: !empty().
  uint32_t front() const { return Front().item; }
  Key front_key() const { return Front().key; }

  // All items, in no order that means anything.
  std::vector<uint32_t> Items() const {
    std::vector<uint32_t> items;
    for (const Run& run : runs_) {
      for (uint32_t item = run.first.item; item != kNoIndex; item = store_.links(item).next) {
        items.push_back(item);
      }
    }
    for (const Entry& entry : heap_.entries()) items.push_back(entry.item);
    return items;
  }

  // REQUIRES: the item is in no RunQueue that uses the same links.
  void Push(uint32_t item) {
    TWINQ_CHECK(store_.links(item).place == kNoIndex);
    const Key key = store_.key(item);
    ++size_;
    const size_t run = RunFor(key);
    if (run == kRunsMax) return heap_.Push(store_, key, item);
    Append(run, key, item);
  }

  // REQUIRES: the item is in this queue.
  void Remove(uint32_t item) {
    RunLinks& links = store_.links(item);
    TWINQ_CHECK(links.place != kNoIndex);
    --size_;
    if (links.place >= kInHeap) {
      heap_.Remove(store_, item);
    } else {
      Unlink(runs_[links.place], links);
      while (!runs_.empty() && runs_.back().empty()) runs_.pop_back();
    }
    links = RunLinks();
  }

 private:
  using Entry = typename IndexedHeap<Store>::Entry;
  // Both ends with their keys, so that choosing a run and finding the front touch no item.
  struct Run {
    Entry first;
    Entry last;
    bool empty() const { return first.item == kNoIndex; }
  };

  // The run whose last key is the greatest below `key`, else an empty run, else kRunsMax.
  size_t RunFor(const Key& key) const {
    size_t best = kRunsMax;
    size_t vacant = runs_.size();
    for (size_t i = 0; i < runs_.size(); ++i) {
      const Run& run = runs_[i];
      if (run.empty()) {
        vacant = std::min(vacant, i);
      } else if (run.last.key < key && (best == kRunsMax || runs_[best].last.key < run.last.key)) {
        best = i;
      }
    }
    return best != kRunsMax ? best : vacant;
  }

  const Entry& Front() const {
    const Entry* least = heap_.empty() ? nullptr : &heap_.front();
    for (const Run& run : runs_) {
      if (!run.empty() && (least == nullptr || run.first.key < least->key)) least = &run.first;
    }
    TWINQ_CHECK(least != nullptr);
    return *least;
  }

  void Append(size_t number, const Key& key, uint32_t item) {
    if (number == runs_.size()) runs_.emplace_back();
    Run& run = runs_[number];
    RunLinks& links = store_.links(item);
    links.place = static_cast<uint32_t>(number);
    links.previous = run.last.item;
    if (run.empty()) {
      run.first = {key, item};
    } else {
      store_.links(run.last.item).next = item;
    }
    run.last = {key, item};
  }

  void Unlink(Run& run, const RunLinks& links) {
    if (links.previous == kNoIndex) {
      run.first = EntryOf(links.next);
      PrefetchNextOf(links.next);
    } else {
      store_.links(links.previous).next = links.next;
    }
    if (links.next == kNoIndex) {
      run.last = EntryOf(links.previous);
    } else {
      store_.links(links.next).previous = links.previous;
    }
  }

  void PrefetchNextOf(uint32_t item) const {
    if (item == kNoIndex) return;
    const uint32_t next = store_.links(item).next;
    if (next != kNoIndex) Prefetch(store_.links(next));
  }

  Entry EntryOf(uint32_t item) const {
    return item == kNoIndex ? Entry() : Entry{store_.key(item), item};
  }

  mutable Store store_;
  std::vector<Run> runs_;  // The last is not empty.
  IndexedHeap<Store> heap_;
  size_t size_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_RUN_QUEUE_H_
