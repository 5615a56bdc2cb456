#ifndef TWINQ_BROKER_MEMORY_ACCOUNTS_H_
#define TWINQ_BROKER_MEMORY_ACCOUNTS_H_

#include <cstddef>
#include <cstdint>

namespace twinq {

// How many bytes of memory what a shard keeps takes, by what it is for. Accounted, not measured:
// the same state gives the same figures, and what allocators and tables hold beyond it is not in
// them.
struct MemoryAccounts {
  uint64_t messages = 0;  // Their slots and places in the index of the log.
  uint64_t bodies = 0;    // With what is attached to them.
  uint64_t groups = 0;
  uint64_t dedup = 0;
  uint64_t queues = 0;  // With names, attributes, policies, tags; names deleted of late.
  uint64_t waiters = 0;

  uint64_t total() const { return messages + bodies + groups + dedup + queues + waiters; }

  friend bool operator==(const MemoryAccounts&, const MemoryAccounts&) = default;
};

// What a broker keeps, by number; beside it `queue_bytes` for names and documents.
struct MemoryCounts {
  size_t messages = 0;  // Also those out of reach that are not freed yet.
  size_t groups = 0;
  size_t dedup_entries = 0;
  size_t queues = 0;
  uint64_t queue_bytes = 0;
  size_t waiters = 0;

  friend bool operator==(const MemoryCounts&, const MemoryCounts&) = default;
};

// Whether the messages stand in the index of a log, too.
enum class LogIndex : uint8_t { kNone, kKept };

MemoryAccounts AccountsOf(const MemoryCounts& counts, uint64_t body_bytes, LogIndex log_index);

}  // namespace twinq

#endif  // TWINQ_BROKER_MEMORY_ACCOUNTS_H_
