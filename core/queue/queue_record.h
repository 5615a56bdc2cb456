#ifndef TWINQ_CORE_QUEUE_QUEUE_RECORD_H_
#define TWINQ_CORE_QUEUE_QUEUE_RECORD_H_

#include <cstdint>
#include <optional>

#include "core/base/timestamp.h"
#include "core/model/dedup_key.h"
#include "core/model/group_id.h"
#include "core/model/message_id.h"
#include "core/model/queue_id.h"
#include "core/model/sequence_number.h"
#include "core/queue/body_ref.h"

namespace twinq {

// The outcomes by which the durable state of a queue changes. A record is complete in itself: what
// was timed or drawn at random is in it, so applying it needs neither a clock nor randomness. Ends
// of delay and visibility are no records: they follow from the deadline that the last record of the
// message set, and from the queue's settings.

// A message was stored. Carries its deduplication key, so that the two become durable together.
struct MessagePut {
  QueueId queue;
  uint32_t slot = 0;
  SequenceNumber sequence;
  MessageId id;
  Timestamp sent_at;
  Timestamp available_at;         // The end of its delay as it was at the send; else sent_at.
  GroupId group;                  // Empty on standard queues without groups.
  std::optional<DedupKey> dedup;  // FIFO only.
  uint32_t body_bytes = 0;
  BodyRef body;  // Not durable itself: a journal keeps the body's bytes with the record.
};

// A message was put into the answer of a receive.
struct Delivered {
  QueueId queue;
  uint32_t slot = 0;
  SequenceNumber sequence;
  uint32_t delivery = 0;  // The message's receive count from now on.
  Timestamp received_at;
  Timestamp visible_at;
};

// A delivery's visibility now ends at `visible_at`; at once if that is not in the future.
struct VisibilitySet {
  QueueId queue;
  uint32_t slot = 0;
  SequenceNumber sequence;
  Timestamp visible_at;
};

// A message is gone: deleted, or past its retention.
struct MessageRemoved {
  QueueId queue;
  uint32_t slot = 0;
  SequenceNumber sequence;
};

// Takes the records that a queue has emitted, each already applied to the queue itself.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  virtual void Emit(MessagePut&& record) = 0;
  virtual void Emit(const Delivered& record) = 0;
  virtual void Emit(const VisibilitySet& record) = 0;
  virtual void Emit(const MessageRemoved& record,
                    BodyRef freed) = 0;  // Nothing holds the body any longer.
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_QUEUE_RECORD_H_
