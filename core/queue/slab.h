#ifndef TWINQ_CORE_QUEUE_SLAB_H_
#define TWINQ_CORE_QUEUE_SLAB_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace twinq {

// No index: the end of a list, or an item that is nowhere.
inline constexpr uint32_t kNoIndex = 0xFFFF'FFFF;

// An array that grows in chunks, so that growing moves nothing and costs no more than one chunk.
// Items are default-constructed and never destroyed before the slab, unless it ends piece by piece.
//
// Cost: operator[] is two dependent loads. A slab of one item has the memory of a whole chunk.
template <typename Item, uint32_t kChunkItems = 512>
class Slab {
 public:
  Item& operator[](uint32_t index) { return chunks_[index / kChunkItems][index % kChunkItems]; }
  const Item& operator[](uint32_t index) const {
    return chunks_[index / kChunkItems][index % kChunkItems];
  }
  uint32_t size() const { return size_; }

  // Adds one item and returns its index.
  uint32_t Grow() {
    if (size_ % kChunkItems == 0) chunks_.push_back(std::make_unique<Item[]>(kChunkItems));
    return size_++;
  }

  size_t chunks() const { return chunks_.size(); }
  // Ends the slab piece by piece: destroys the items of the last chunk. REQUIRES: there is one.
  void FreeChunk() { chunks_.pop_back(); }

 private:
  std::vector<std::unique_ptr<Item[]>> chunks_;
  uint32_t size_ = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_SLAB_H_
