#ifndef TWINQ_BROKER_RECORD_H_
#define TWINQ_BROKER_RECORD_H_

#include <cstdint>
#include <variant>

#include "core/base/timestamp.h"
#include "core/model/queue_attributes.h"
#include "core/model/queue_id.h"
#include "core/model/queue_name.h"
#include "core/model/receipt_key.h"
#include "core/queue/queue_record.h"

namespace twinq {

// What a shard remembers beside its queues. Durable before the first answer of a start, so that no
// sequence number is given twice, whatever a crash takes back. A queue id may be given again only
// if nobody ever heard of it.
struct ShardPut {
  ReceiptKey receipt_key{};
  uint64_t start_number = 0;  // Of this start of the server; fits 24 bits.
  QueueId next_queue;
};

// A queue was created.
struct QueuePut {
  QueueId queue;
  QueueName name;
  QueueAttributes attributes;
  Timestamp created_at;
};

// A queue is gone with all its messages.
struct QueueRemoved {
  QueueId queue;
};

// Every change of durable state is one of these outcomes, complete in itself. Broker::Apply() is
// the only reader, live and in replay; record_codec.h is their form in a journal.
using Record = std::variant<ShardPut, QueuePut, QueueRemoved, MessagePut, Delivered, VisibilitySet,
                            MessageRemoved>;

}  // namespace twinq

#endif  // TWINQ_BROKER_RECORD_H_
