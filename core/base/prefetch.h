#ifndef TWINQ_CORE_BASE_PREFETCH_H_
#define TWINQ_CORE_BASE_PREFETCH_H_

#include <cstddef>

namespace twinq {

inline constexpr size_t kCacheLineBytes = 64;

// Begins to load this object into the cache, for a use to come. The object need not exist any
// longer: nothing is read, and whoever never comes to use it has lost next to nothing.
template <typename Object>
void Prefetch(const Object& object) {
  const auto* bytes = reinterpret_cast<const char*>(&object);
  for (size_t offset = 0; offset < sizeof(Object); offset += kCacheLineBytes) {
    __builtin_prefetch(bytes + offset);
  }
  __builtin_prefetch(bytes + sizeof(Object) - 1);
  // To g++ a function that only prefetches does nothing, and its calls are left out; but for this.
  __asm__ volatile("");
}

}  // namespace twinq

#endif  // TWINQ_CORE_BASE_PREFETCH_H_
