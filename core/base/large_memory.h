#ifndef TWINQ_CORE_BASE_LARGE_MEMORY_H_
#define TWINQ_CORE_BASE_LARGE_MEMORY_H_

#include <cstddef>
#include <utility>

namespace twinq {

// The memory of one big array: zeroed, and taken from the system only where it is written.
//
// From kOwnMappingBytes on it lies in huge pages where the system has them: an array that is looked
// into at random costs, with pages of 4 KiB, a miss of the address cache beside the miss of the
// data, and may cost more for the former.
// Errors: the lack of memory ends the process. Cost: a call of the system, and no zeroing, from
// kOwnMappingBytes on; else as calloc().
class LargeMemory {
 public:
  static constexpr size_t kOwnMappingBytes = size_t{2} << 20;

  LargeMemory() = default;  // None.
  // REQUIRES: bytes > 0.
  explicit LargeMemory(size_t bytes);
  LargeMemory(LargeMemory&& other) noexcept { Swap(other); }
  LargeMemory& operator=(LargeMemory&& other) noexcept {
    LargeMemory taken(std::move(other));
    Swap(taken);
    return *this;
  }
  ~LargeMemory() { Shrink(0); }

  // At a multiple of 16.
  void* data() const { return data_; }
  size_t bytes() const { return bytes_; }

  // Gives back what lies behind the first `bytes`: to give all of it back at once would take a
  // millisecond for some 16 MB. Memory that is no mapping of its own is given back with its last
  // byte. REQUIRES: bytes <= this->bytes().
  void Shrink(size_t bytes);

 private:
  void Swap(LargeMemory& other) {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    std::swap(is_mapping_, other.is_mapping_);
  }

  void* data_ = nullptr;
  size_t bytes_ = 0;
  bool is_mapping_ = false;  // Of its own; else the heap's.
};

}  // namespace twinq

#endif  // TWINQ_CORE_BASE_LARGE_MEMORY_H_
