#ifndef TWINQ_CORE_QUEUE_SLAB_H_
#define TWINQ_CORE_QUEUE_SLAB_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/check.h"
#include "core/base/large_memory.h"

namespace twinq {

// No index: the end of a list, or an item that is nowhere.
inline constexpr uint32_t kNoIndex = 0xFFFF'FFFF;

// An array that grows in chunks, each twice as large as the one before, so that growing moves
// nothing; and what has not been used of the last one has cost no memory but address space, if it
// is big. Items are default-constructed, and never destroyed before the slab, unless it ends piece
// by piece.
//
// Cost: operator[] is two dependent loads, the first of a cell that is always at hand. A slab of
// one item has the memory of `kFirstItems`.
template <typename Item, uint32_t kFirstItems = 512>
class Slab {
 public:
  Slab() = default;
  Slab(Slab&& other) noexcept
      : chunks_(std::move(other.chunks_)), size_(std::exchange(other.size_, 0)) {}
  Slab& operator=(Slab&& other) noexcept {
    std::swap(chunks_, other.chunks_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~Slab() {
    if constexpr (!std::is_trivially_destructible_v<Item>) FreeLast(size_);
  }

  Item& operator[](uint32_t index) { return *ItemAt(index); }
  const Item& operator[](uint32_t index) const { return *ItemAt(index); }
  uint32_t size() const { return size_; }

  // Adds one item and returns its index.
  uint32_t Grow() {
    const size_t chunk = ChunkOf(size_);
    if (chunk == chunks_.size()) {
      chunks_.emplace_back((size_t{kFirstItems} << chunk) * sizeof(Item));
    }
    TWINQ_CHECK(OffsetOf(size_) * sizeof(Item) < chunks_[chunk].bytes());
    std::construct_at(ItemAt(size_));
    return size_++;
  }

  // Ends the slab piece by piece: destroys so many of the last items. REQUIRES: there are so many,
  // and it does not grow again before all have ended.
  void FreeLast(uint32_t items) {
    for (; items > 0; --items) {
      std::destroy_at(ItemAt(--size_));
      if (OffsetOf(size_) == 0) chunks_.pop_back();
    }
    if (OffsetOf(size_) > 0) chunks_.back().Shrink(OffsetOf(size_) * sizeof(Item));
  }

 private:
  static_assert(std::has_single_bit(kFirstItems) && alignof(Item) <= 16);
  static constexpr int kFirstBits = std::bit_width(kFirstItems) - 1;

  // Chunk c has the items from kFirstItems * (2^c - 1) on: with kFirstItems added, the highest bit
  // of an index says which chunk, the others where in it.
  static size_t ChunkOf(uint32_t index) {
    return static_cast<size_t>(std::bit_width(uint64_t{index} + kFirstItems) - 1 - kFirstBits);
  }
  static size_t OffsetOf(uint32_t index) {
    const uint64_t moved = uint64_t{index} + kFirstItems;
    return moved - std::bit_floor(moved);
  }
  Item* ItemAt(uint32_t index) const {
    return static_cast<Item*>(chunks_[ChunkOf(index)].data()) + OffsetOf(index);
  }

  std::vector<LargeMemory> chunks_;
  uint32_t size_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_SLAB_H_
