#include "broker/memory_accounts.h"

#include "broker/catalogue.h"
#include "broker/payload.h"
#include "core/queue/message_slots.h"

namespace twinq {
namespace {

// Measured with a million of each; of tables that grow by doubling, between the fullest and the
// emptiest.
constexpr uint64_t kBodyOverheadBytes = sizeof(Payload) + 16;
constexpr uint64_t kGroupBytes = 112;
constexpr uint64_t kDedupBytes = 88;
constexpr uint64_t kWaiterBytes = 144;
// An entry in each of the catalogue's three tables, in the directory, and the queue itself.
constexpr uint64_t kQueueBytes = sizeof(QueueState) + 1'024;
// A log is at most about twice what counts in it, and so is its index.
constexpr uint64_t kLogIndexBytes = 48;       // Twice that of a message,
constexpr uint64_t kLogIndexDedupBytes = 32;  // and of a send.

}  // namespace

MemoryAccounts AccountsOf(const MemoryCounts& counts, uint64_t body_bytes, LogIndex log_index) {
  const bool has_index = log_index == LogIndex::kKept;
  return {.messages = counts.messages * (sizeof(MessageSlot) + (has_index ? kLogIndexBytes : 0)),
          .bodies = body_bytes + counts.messages * kBodyOverheadBytes,
          .groups = counts.groups * kGroupBytes,
          .dedup = counts.dedup_entries * (kDedupBytes + (has_index ? kLogIndexDedupBytes : 0)),
          .queues = counts.queues * kQueueBytes + counts.queue_bytes,
          .waiters = counts.waiters * kWaiterBytes};
}

}  // namespace twinq
