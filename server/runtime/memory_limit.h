#ifndef TWINQ_SERVER_RUNTIME_MEMORY_LIMIT_H_
#define TWINQ_SERVER_RUNTIME_MEMORY_LIMIT_H_

#include <cstdint>
#include <optional>

#include "broker/command.h"
#include "core/model/api_error.h"

namespace twinq {

// Refuses what lets the memory of a shard grow beyond a limit, so that receiving and deleting go
// on. What a replay loads was accepted once and counts, but is not refused.
//
// Guarantee: what passes keeps the bytes in use at the limit or below it. Logs when it begins to
// refuse, and when there is room for kRoomBytes again.
// Thread-safety: one thread at a time.
class MemoryLimit {
 public:
  static constexpr uint64_t kRoomBytes = uint64_t{2} << 20;  // For a whole batch, twice.

  explicit MemoryLimit(uint64_t bytes_max) : bytes_max_(bytes_max) {}

  // Why the command is refused, if it is: only sends and creations of queues ever are.
  std::optional<ApiError> Judge(const Command& command, uint64_t used_bytes);

 private:
  const uint64_t bytes_max_;
  bool is_full_ = false;  // As was last logged.
};

}  // namespace twinq

#endif  // TWINQ_SERVER_RUNTIME_MEMORY_LIMIT_H_
