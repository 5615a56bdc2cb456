#ifndef TWINQ_CLIENT_LOAD_ENGINE_DELIVERED_NUMBERS_H_
#define TWINQ_CLIENT_LOAD_ENGINE_DELIVERED_NUMBERS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace twinq::load {

// Which messages of a range have been delivered.
//
// Thread-safety: Add() may be called from any thread.
// Cost: one bit for each number of the range.
class DeliveredNumbers {
 public:
  enum class Delivery : uint8_t { kFirst, kRepeated, kUnknown };

  // For the numbers [begin, begin + count).
  DeliveredNumbers(uint32_t begin, size_t count)
      : begin_(begin), count_(count), words_((count + kBits - 1) / kBits) {}

  // kUnknown for a number outside the range.
  Delivery Add(uint32_t number) {
    if (number < begin_ || number - begin_ >= count_) return Delivery::kUnknown;
    const size_t place = number - begin_;
    const uint64_t bit = uint64_t{1} << (place % kBits);
    const uint64_t before = words_[place / kBits].fetch_or(bit, std::memory_order_relaxed);
    return (before & bit) == 0 ? Delivery::kFirst : Delivery::kRepeated;
  }

 private:
  static constexpr size_t kBits = 64;

  const uint32_t begin_;
  const size_t count_;
  std::vector<std::atomic<uint64_t>> words_;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_DELIVERED_NUMBERS_H_
