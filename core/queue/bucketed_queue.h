#ifndef TWINQ_CORE_QUEUE_BUCKETED_QUEUE_H_
#define TWINQ_CORE_QUEUE_BUCKETED_QUEUE_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "core/base/check.h"

namespace twinq {

// A priority queue that puts entries in order only when their turn is near: they stand in buckets,
// each a range of the order, and a bucket is sorted when it becomes the first. So an entry far
// behind the front costs a search among the buckets and a push_back, where a heap of a million
// takes as many cache misses as it has levels.
//
// `Entry` is small and has <, > and ==. No two in the queue are equal.
// Cost: Insert O(log n), Erase at the front O(1), elsewhere at most a search through a bucket; both
// O(1) for entries that come in order. Now and then a call sorts or divides one bucket, which may
// move the list of buckets, of which there is one for some 350 entries. An empty one has no memory.
template <typename Entry>
class BucketedQueue {
 public:
  static constexpr size_t kBucketEntriesMax = 512;

  bool empty() const { return front_.empty(); }
  size_t size() const { return size_; }

  // The least entry. REQUIRES: !empty().
  const Entry& front() const { return front_.back(); }
  // The entry so many places behind the front, or null: it is too far away to be known, or there
  // is none.
  const Entry* Behind(size_t places) const {
    return places < front_.size() ? &front_[front_.size() - 1 - places] : nullptr;
  }

  // REQUIRES: the entry is not here.
  void Insert(const Entry& entry) {
    ++size_;
    if (front_.empty() || entry < front_.front() ||
        (later_.empty() && front_.size() < kFrontEntriesMin)) {
      InsertInFront(entry);
    } else {
      InsertInLater(entry);
    }
  }

  // REQUIRES: the entry is here.
  void Erase(const Entry& entry) {
    TWINQ_CHECK(size_ > 0);
    --size_;
    if (entry == front_.back()) {
      front_.pop_back();
    } else if (front_.front() < entry) {
      return EraseFromLater(entry);
    } else {
      const auto place = std::lower_bound(front_.begin(), front_.end(), entry, std::greater<>());
      TWINQ_CHECK(place != front_.end() && *place == entry);
      front_.erase(place);
    }
    if (front_.empty() && !later_.empty()) SortNextBucket();
  }

 private:
  // So few are kept in order, whatever comes: a bucket for each handful would cost more.
  static constexpr size_t kFrontEntriesMin = 64;

  struct Bucket {
    Entry least;  // Nothing here is less, and all in the buckets before it is.
    std::vector<Entry> entries;
  };
  using Buckets = std::vector<Bucket>;

  // Of the buckets behind the front: an item that is less than all of them goes to the first.
  typename Buckets::iterator BucketOf(const Entry& entry) {
    const auto begin = later_.begin() + static_cast<std::ptrdiff_t>(taken_);
    if (!(entry < later_.back().least)) return later_.end() - 1;
    const auto behind = std::upper_bound(begin, later_.end(), entry, IsBefore);
    return behind == begin ? begin : behind - 1;
  }
  static bool IsBefore(const Entry& entry, const Bucket& bucket) { return entry < bucket.least; }

  void InsertInFront(const Entry& entry) {
    front_.insert(std::upper_bound(front_.begin(), front_.end(), entry, std::greater<>()), entry);
    if (front_.size() <= kBucketEntriesMax) return;
    const auto half = front_.begin() + kBucketEntriesMax / 2;
    later_.insert(later_.begin() + static_cast<std::ptrdiff_t>(taken_),
                  {*(half - 1), std::vector<Entry>(front_.begin(), half)});
    front_.erase(front_.begin(), half);
  }

  void InsertInLater(const Entry& entry) {
    if (later_.empty()) later_.push_back({entry, {}});
    auto bucket = BucketOf(entry);
    if (bucket->entries.size() == kBucketEntriesMax) bucket = MakeRoom(bucket, entry);
    bucket->least = std::min(bucket->least, entry);
    bucket->entries.push_back(entry);
  }

  // Divides a full bucket, for this entry to come. Returns the part for it.
  typename Buckets::iterator MakeRoom(typename Buckets::iterator full, const Entry& entry) {
    std::vector<Entry>& entries = full->entries;
    if (*std::max_element(entries.begin(), entries.end()) < entry) {
      return later_.insert(full + 1, {entry, {}});  // Entries in order leave full buckets behind.
    }
    const auto half = entries.begin() + kBucketEntriesMax / 2;
    std::nth_element(entries.begin(), half, entries.end());
    const Entry least = *half;
    std::vector<Entry> greater(half, entries.end());
    entries.erase(half, entries.end());
    const auto second = later_.insert(full + 1, {least, std::move(greater)});
    return entry < least ? second - 1 : second;
  }

  void EraseFromLater(const Entry& entry) {
    const auto bucket = BucketOf(entry);
    std::vector<Entry>& entries = bucket->entries;
    const auto place = std::find(entries.begin(), entries.end(), entry);
    TWINQ_CHECK(place != entries.end());
    *place = entries.back();
    entries.pop_back();
    if (entries.empty()) {
      later_.erase(bucket);
      ForgetTaken();
    } else if (entries.size() < entries.capacity() / 4) {
      entries.shrink_to_fit();
    }
  }

  void SortNextBucket() {
    front_ = std::move(later_[taken_++].entries);
    if (std::is_sorted(front_.begin(), front_.end())) {
      std::reverse(front_.begin(), front_.end());
    } else {
      std::sort(front_.begin(), front_.end(), std::greater<>());
    }
    ForgetTaken();
  }

  // Once as many are gone as are left, so that it costs next to nothing a bucket.
  void ForgetTaken() {
    if (2 * taken_ < later_.size()) return;
    later_.erase(later_.begin(), later_.begin() + static_cast<std::ptrdiff_t>(taken_));
    taken_ = 0;
  }

  std::vector<Entry> front_;  // The first bucket, greatest first. Empty only if all is.
  Buckets later_;             // The others, in order, behind those that were `taken_`.
  size_t taken_ = 0;          // Less than half of them, so that none are left when all are.
  size_t size_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_BUCKETED_QUEUE_H_
