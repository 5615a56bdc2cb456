#ifndef TWINQ_CORE_QUEUE_QUEUE_RECORD_H_
#define TWINQ_CORE_QUEUE_QUEUE_RECORD_H_

#include <cstdint>
#include <optional>

#include "core/base/timestamp.h"
#include "core/model/dedup_key.h"
#include "core/model/group_id.h"
#include "core/model/message_id.h"
#include "core/model/queue_id.h"
#include "core/model/queue_kind.h"
#include "core/model/sequence_number.h"
#include "core/queue/body_ref.h"

namespace twinq {

// The outcomes by which the durable state of a queue changes. A record is complete in itself: what
// was timed or drawn at random is in it, so applying it needs neither a clock nor randomness. Ends
// of delay and visibility are no records: they follow from the deadline that the last record of the
// message set, and from the queue's settings.

// A message was stored. Carries its deduplication key, so that the two become durable together.
//
// Or a copy of one was made: it holds the whole state of the message, so that no record before it
// is needed any longer, and no deduplication key, of which DedupPut is the copy.
struct MessagePut {
  QueueId queue;
  QueueKind kind = QueueKind::kStandard;  // The queue's: its own record may have a later copy only.
  uint32_t slot = 0;
  SequenceNumber sequence;
  MessageId id;
  Timestamp sent_at;
  // Never received: the end of its delay as it was at the send, else sent_at. Received: the end of
  // its visibility.
  Timestamp available_at;
  GroupId group;                  // Empty on standard queues without groups.
  std::optional<DedupKey> dedup;  // FIFO only.
  uint32_t body_bytes = 0;        // With all that is attached to the body.
  BodyRef body;  // Not durable itself: a journal keeps the body's bytes with the record.
  // Of copies only.
  uint32_t receive_count = 0;
  uint32_t first_received_after_ms = 0;  // After sent_at, if it was received.
};

// A copy of what a FIFO queue remembers of an accepted send, in place of the MessagePut that said
// it first.
struct DedupPut {
  QueueId queue;
  DedupKey key;
  Timestamp first_sent_at;
  MessageId id;
  SequenceNumber sequence;
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
