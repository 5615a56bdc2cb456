#ifndef TWINQ_BROKER_RECORD_H_
#define TWINQ_BROKER_RECORD_H_

#include <cstdint>
#include <memory>
#include <variant>

#include "core/base/timestamp.h"
#include "core/model/dedup_scope.h"
#include "core/model/kept_attributes.h"
#include "core/model/queue_id.h"
#include "core/model/queue_name.h"
#include "core/model/receipt_key.h"
#include "core/model/sequence_number.h"
#include "core/queue/queue_record.h"
#include "core/queue/queue_settings.h"

namespace twinq {

// What a shard remembers beside its queues. Durable before the first answer of a start, so that no
// sequence number is given twice, whatever a crash takes back. A queue id may be given again only
// if nobody ever heard of it.
struct ShardPut {
  ReceiptKey receipt_key{};
  uint64_t start_number = 0;  // Of this start of the server; fits 24 bits.
  QueueId next_queue;
  Timestamp newest_record_at = Timestamp::Past();  // The latest instant in any record before.
};

// What a queue is, whole: it was created, or its attributes were set.
struct QueuePut {
  QueueId queue;
  QueueName name;
  QueueSettings settings;
  // The scope in which sends are deduplicated: the attribute's at the creation, whatever it reads
  // later (SQS semantics 4.6).
  DedupScope dedup_scope = DedupScope::kQueue;
  Timestamp created_at;
  Timestamp modified_at;
  Timestamp purged_at = Timestamp::Past();  // The last purge.
  KeptPointer kept = {};
};

// A queue is gone with all its messages, which now are out of reach.
struct QueueRemoved {
  QueueId queue;
};

// A queue of this name is about to be removed. The name cannot be given again for 60 s.
struct DeletedNamePut {
  QueueId queue;
  QueueName name;
  Timestamp deleted_at;
};

// All messages of a queue up to `through` are out of reach, and with them what deduplicated sends.
struct Purged {
  QueueId queue;
  SequenceNumber through;
  Timestamp purged_at;
};

// The slots of messages that were put out of reach are free again, up to `through`.
struct SlotsFreed {
  QueueId queue;
  SequenceNumber through;
};

// Every change of durable state is one of these outcomes, complete in itself. Broker::Apply() is
// the only reader, live and in replay; record_codec.h is their form in a journal.
using Record = std::variant<ShardPut, QueuePut, QueueRemoved, DeletedNamePut, Purged, SlotsFreed,
                            MessagePut, DedupPut, Delivered, VisibilitySet, MessageRemoved>;

}  // namespace twinq

#endif  // TWINQ_BROKER_RECORD_H_
