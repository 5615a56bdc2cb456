#ifndef TWINQ_BROKER_LOG_ITEM_H_
#define TWINQ_BROKER_LOG_ITEM_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>

#include "absl/hash/hash.h"

#include "core/base/timestamp.h"
#include "core/model/queue_id.h"
#include "core/model/sequence_number.h"

namespace twinq {

// The things of which a log must hold a record for as long as they live: design decision D5.

// What the shard itself remembers (ShardPut).
struct ShardItem {
  friend bool operator==(ShardItem, ShardItem) = default;
  template <typename H>
  friend H AbslHashValue(H state, ShardItem) {
    return state;
  }
};

// A queue (QueuePut).
struct QueueItem {
  QueueId queue;
  friend bool operator==(const QueueItem&, const QueueItem&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const QueueItem& item) {
    return H::combine(std::move(state), item.queue);
  }
};

// A message (MessagePut).
struct MessageItem {
  QueueId queue;
  SequenceNumber sequence;
  uint32_t slot = 0;
  friend bool operator==(const MessageItem&, const MessageItem&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const MessageItem& item) {
    return H::combine(std::move(state), item.queue, item.sequence.value(), item.slot);
  }
};

// What is remembered of a FIFO send (MessagePut with a key, DedupPut).
struct DedupItem {
  QueueId queue;
  SequenceNumber sequence;
  friend bool operator==(const DedupItem&, const DedupItem&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const DedupItem& item) {
    return H::combine(std::move(state), item.queue, item.sequence.value());
  }
};

// The name of a deleted queue, while it cannot be given again (DeletedNamePut).
struct DeletedNameItem {
  Timestamp deleted_at;
  QueueId queue;
  friend auto operator<=>(const DeletedNameItem&, const DeletedNameItem&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const DeletedNameItem& item) {
    return H::combine(std::move(state), item.deleted_at.nanos(), item.queue);
  }
};

using LogItem = std::variant<ShardItem, QueueItem, MessageItem, DedupItem, DeletedNameItem>;

struct HashOfLogItem {
  size_t operator()(const LogItem& item) const {
    return std::visit(
        [&](const auto& alternative) { return absl::HashOf(item.index(), alternative); }, item);
  }
};

}  // namespace twinq

#endif  // TWINQ_BROKER_LOG_ITEM_H_
