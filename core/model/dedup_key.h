#ifndef TWINQ_CORE_MODEL_DEDUP_KEY_H_
#define TWINQ_CORE_MODEL_DEDUP_KEY_H_

#include <compare>
#include <cstdint>
#include <utility>

namespace twinq {

// What stands for a message deduplication id in the engine: the first 128 bits of the SHA-256 of
// its text. Two ids have one key only if SHA-256 was broken for them.
struct DedupKey {
  uint64_t high = 0;
  uint64_t low = 0;

  friend constexpr auto operator<=>(const DedupKey&, const DedupKey&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const DedupKey& key) {
    return H::combine(std::move(state), key.high, key.low);
  }
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_DEDUP_KEY_H_
