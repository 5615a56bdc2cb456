#ifndef TWINQ_SERVER_RUNTIME_MEMORY_SIZE_H_
#define TWINQ_SERVER_RUNTIME_MEMORY_SIZE_H_

#include <cstdint>

namespace twinq {

// A size in bytes, or a share of one that is known later.
struct MemorySize {
  int percent = 0;  // 1 to 100; 0: `bytes` says it.
  uint64_t bytes = 0;

  uint64_t Of(uint64_t whole_bytes) const {
    const auto share = static_cast<uint64_t>(percent);
    return share == 0 ? bytes : whole_bytes / 100 * share + whole_bytes % 100 * share / 100;
  }

  friend bool operator==(const MemorySize&, const MemorySize&) = default;
};

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_MEMORY_SIZE_H_
