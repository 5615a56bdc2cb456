#ifndef TWINQ_CORE_QUEUE_QUEUE_H_
#define TWINQ_CORE_QUEUE_QUEUE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"

#include "core/base/timestamp.h"
#include "core/model/api_error.h"
#include "core/model/dedup_key.h"
#include "core/model/group_id.h"
#include "core/model/message_id.h"
#include "core/model/queue_id.h"
#include "core/model/receipt.h"
#include "core/model/sequence_number.h"
#include "core/queue/body_ref.h"
#include "core/queue/purged_messages.h"
#include "core/queue/queue_counts.h"
#include "core/queue/queue_footprint.h"
#include "core/queue/queue_record.h"
#include "core/queue/queue_settings.h"
#include "core/queue/queue_stats.h"
#include "core/queue/receive_credit.h"

namespace twinq {

// A message as a client sent it. The front end has drawn the id and hashed what deduplicates it, in
// the scope of the queue.
struct NewMessage {
  MessageId id;
  GroupId group;                               // FIFO: not empty.
  std::optional<DedupKey> dedup = {};          // FIFO: of the id that was given, or
  std::optional<DedupKey> content_dedup = {};  // of the body, if none was given.
  std::optional<absl::Duration> delay = {};    // Standard: its own, else the queue's.
  uint32_t body_bytes = 0;                     // With all that is attached to the body.
  uint32_t uncounted_bytes = 0;                // Of these: not of the size that SQS limits.
  BodyRef body;
};

// The answer to a send: the message's id and place, or those of the original that it duplicates.
struct SentMessage {
  enum class Outcome : uint8_t { kStored, kDuplicate };

  Outcome outcome = Outcome::kStored;
  MessageId id;
  SequenceNumber sequence;

  friend bool operator==(const SentMessage&, const SentMessage&) = default;
};

// A message in the answer of a receive.
struct Delivery {
  Receipt receipt;
  MessageId id;
  BodyRef body;
  uint32_t body_bytes = 0;
  GroupId group;
  Timestamp sent_at;
  int64_t first_received_ms = 0;  // Since 1970.

  friend bool operator==(const Delivery&, const Delivery&) = default;
};

// The messages of one queue and their rules: the one seam at which standard and FIFO differ.
//
// Decisions (Send, Receive, Delete, ChangeVisibility, Release) judge at `now`, apply the records
// that follow to the queue itself and emit them. What they refuse changes nothing and emits
// nothing. Apply() is how records change the queue, live and in replay alike. EndDue() moves time:
// ends of delay and visibility follow from state and are never recorded, ends of retention are.
// REQUIRES: `now` never goes back. Before a decision, EndDue(now) has been called; a message whose
// end it has not reached within its budget is still never treated as in flight, and one past its
// retention as gone. Receipts are of this queue.
//
// A log whose beginning was let go of is replayed like any other: before EndReplay(), copies may
// come in any order, and records of messages that never come back are nobody's (Holds()).
// Lifetime: borrows the shard's slots; destroying it frees none of them (Purge() sees to that).
class Queue {
 public:
  virtual ~Queue() = default;

  // From now on these settings hold.
  virtual void Configure(const QueueSettings& settings) = 0;

  // Why a request that holds this message is refused as a whole, if so.
  virtual std::optional<ApiErrorCode> RefusesRequest(const NewMessage& message) const = 0;
  // This message is about to be sent: begins to load what that will touch.
  virtual void PrefetchSend(const NewMessage& message) const = 0;
  // These messages are about to be deleted: the same.
  virtual void PrefetchDelete(absl::Span<const Receipt> receipts) const = 0;
  // The stored message, or the original of which this is a duplicate. `sequence` is what a stored
  // message gets; it is greater than any given before. REQUIRES: its request was not refused.
  virtual SentMessage Send(Timestamp now, NewMessage message, SequenceNumber sequence,
                           RecordSink& records) = 0;
  // Why a receive that does not wait is refused, if so.
  virtual std::optional<ApiErrorCode> RefusesShortPoll() const = 0;
  // Adds messages to `deliveries`, as far as the credit goes, invisible until now + `visibility`.
  virtual void Receive(Timestamp now, ReceiveCredit credit, absl::Duration visibility,
                       RecordSink& records, std::vector<Delivery>& deliveries) = 0;
  // Why the message is not deleted, if so. Deleting what is gone already is a success.
  virtual std::optional<ApiErrorCode> Delete(Timestamp now, const Receipt& receipt,
                                             RecordSink& records) = 0;
  // Why the visibility is not changed, if so. Zero ends it at the next EndDue(now).
  virtual std::optional<ApiErrorCode> ChangeVisibility(Timestamp now, const Receipt& receipt,
                                                       absl::Duration visibility,
                                                       RecordSink& records) = 0;
  // Ends the visibility of a delivery whose answer never left, if it is still the message's last.
  virtual void Release(Timestamp now, const Receipt& receipt, RecordSink& records) = 0;

  // REQUIRES: the message, or what is remembered of the send, is not there yet.
  virtual void Apply(const MessagePut& record) = 0;
  virtual void Apply(const DedupPut& record) = 0;
  // REQUIRES: the message is there.
  virtual void Apply(const Delivered& record) = 0;
  virtual void Apply(const VisibilitySet& record) = 0;
  virtual BodyRef Apply(const MessageRemoved& record) = 0;  // Returns the body that it frees.
  // Puts every message out of reach, up to `through`, the last sequence number given, and forgets
  // what was sent. O(1): the slots are freed by what it returns.
  virtual std::unique_ptr<PurgedMessages> Purge(SequenceNumber through) = 0;

  // Ends the replay: from now on records come from decisions. Without a replay it does nothing.
  virtual void EndReplay() = 0;

  // Whether the slot holds this message of the queue.
  virtual bool Holds(uint32_t slot, SequenceNumber sequence) const = 0;
  // Whether the send is remembered already.
  virtual bool Holds(const DedupPut& record) const = 0;
  // Whether a send of this number at this instant fits those that are remembered: in a broker's log
  // the numbers of sends grow with time.
  virtual bool IsInOrder(SequenceNumber sequence, Timestamp sent_at) const = 0;
  // The message with its whole state. REQUIRES: Holds(slot, its sequence number).
  virtual MessagePut CopyOf(uint32_t slot) const = 0;
  // What is remembered of the send of this message, if a duplicate of it would be known at `now`.
  virtual std::optional<DedupPut> CopyOfDedup(SequenceNumber sequence, Timestamp now) const = 0;
  virtual QueueFootprint footprint() const = 0;

  // Does what is due at `now`, at most `budget` items; returns how many. Ends of retention go
  // first, so that nothing is delivered at the instant of its end.
  virtual int EndDue(Timestamp now, int budget, RecordSink& records) = 0;
  // When the next thing falls due, or Timestamp::Infinite().
  virtual Timestamp NextDeadline() const = 0;
  // Whether a Receive() would deliver something.
  virtual bool HasDeliverable() const = 0;
  virtual QueueCounts counts() const = 0;
  virtual QueueStats stats() const = 0;  // O(1).
  // All durable fields as canonical text: equal states give equal text.
  virtual std::string Dump() const = 0;
};

}  // namespace twinq

#endif  // TWINQ_CORE_QUEUE_QUEUE_H_
