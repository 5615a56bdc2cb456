#ifndef TWINQ_BROKER_BROKER_H_
#define TWINQ_BROKER_BROKER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "broker/catalogue.h"
#include "broker/command.h"
#include "broker/deleted_names.h"
#include "broker/log_item.h"
#include "broker/memory_accounts.h"
#include "broker/record.h"
#include "broker/replay_check.h"
#include "core/base/timestamp.h"
#include "core/model/receipt_key.h"
#include "core/queue/message_slots.h"
#include "core/queue/purged_messages.h"
#include "core/queue/queue_options.h"
#include "core/queue/receive_waiters.h"

namespace twinq {

// What follows from a command or from time besides the reply: effects that someone else performs.
struct Outcome {
  struct Answer {
    WaiterId waiter{};
    Reply reply;
  };

  std::vector<Record> records;  // To be journaled, in this order; already applied.
  std::vector<Answer> answers;  // To receives that were waiting.
  std::vector<BodyRef> freed;   // Bodies that nothing holds any longer.
  // Whether some record must be durable before the reply and what comes after it may leave: all but
  // the deliveries of standard queues (a repeated delivery is allowed there).
  bool must_be_durable = false;

  void Clear();
};

// All queues of a shard as a pure state machine: no clock, thread, disk or randomness.
//
// Guarantee: Handle() decides and Apply() changes. Handle() is total: what the rules refuse is an
// error reply without a record. Applying the records of a broker to a fresh one gives the same
// durable state; with Advance() to the same instant, the same answers to everything after.
// REQUIRES: `now` never goes back, over all calls.
// Cost: a command costs O(messages it touches) and at most kDeadlinesPerCommandMax deadlines of its
// queue. Purging and removing a queue are O(1): Advance() frees their slots in slices, and answers
// the waiters that a removed queue has beyond kDeadlinesPerCommandMax.
class Broker {
 public:
  explicit Broker(uint16_t shard_number = 0, const QueueOptions& options = {});
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  // Begins a start of the server: numbers that were given before are not given again. `fresh_key`
  // becomes the key of receipt handles unless the shard has one. Call once, after the replay.
  void Start(const ReceiptKey& fresh_key, Outcome& outcome);

  // Judges one command. No reply means that the receive waits; its answer comes in a later Outcome.
  std::optional<Reply> Handle(Timestamp now, Command&& command, Outcome& outcome);
  // Does what is due at `now` in all queues, frees slots of purged messages, answers waiters of
  // removed queues and forgets their names, at most `budget` of each, and returns the next
  // deadline: one not after `now` while work remains, Timestamp::Infinite() if nothing is due ever.
  Timestamp Advance(Timestamp now, int budget, Outcome& outcome);
  // Changes state as the record says and returns the bodies that it frees. REQUIRES: records come
  // in the order in which they were emitted.
  //
  // The beginning of the records may be missing if copies of what still counted in it follow: then
  // records of what has no record yet change nothing, and a queue is there from its first message
  // on. Copies of what is there are to be left out (Holds()). Call EndReplay() after the last.
  std::vector<BodyRef> Apply(const Record& record);
  // Whether the message or the send that the record stores is there already.
  bool Holds(const Record& record);
  // For a replay of what may not be a broker's log. Valid while the broker is where it is.
  ReplayCheck NewReplayCheck() { return {catalogue_, slots_}; }
  void EndReplay();

  // For whoever keeps a log short (log_cleaner.h). Whether a log must hold the item: it is there
  // and within reach.
  bool IsLive(const LogItem& item, Timestamp now);
  // The item with its whole state. REQUIRES: IsLive(item, now).
  Record CopyOf(const LogItem& item, Timestamp now);
  // What copies of everything would take in a log, nearly.
  uint64_t live_bytes() const;
  // What is kept now.
  MemoryCounts memory_counts() const;

  const ReceiptKey& receipt_key() const { return shard_.receipt_key; }
  // The latest instant in any record so far.
  Timestamp newest_record_at() const { return newest_record_at_; }
  // The queues, by id. For what is published about them, and for dumps.
  std::vector<QueueState*> queues() { return catalogue_.ById(); }
  size_t queue_count() const { return catalogue_.size(); }
  const MessageSlots& slots() const { return slots_; }
  // The bodies of all messages, in reach or not, for whoever ends the broker.
  std::vector<BodyRef> Clear();
  // All durable fields, counts and next deadlines as canonical text: equal states give equal text.
  std::string Dump();

 private:
  class QueueRecords;

  std::optional<Reply> Do(Timestamp now, CreateQueue& command, Outcome& outcome);
  std::optional<Reply> Do(Timestamp now, DeleteQueue& command, Outcome& outcome);
  std::optional<Reply> Do(Timestamp now, ListQueues& command, Outcome& outcome);
  std::optional<Reply> Do(Timestamp now, ListQueueStatuses& command, Outcome& outcome);
  // A queue with these settings, as a record.
  static QueuePut PutOf(const QueueState& state, const QueueSettings& settings,
                        Timestamp modified_at);
  // Commands on a queue that exists and has caught up with `now`, or is late.
  Reply DoIn(QueueState& state, Timestamp now, const SetQueueAttributes& command, Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const GetQueueAttributes& command, Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const GetQueueStatus& command, Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const TagQueue& command, Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const UntagQueue& command, Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const ListDeadLetterSources& command,
             Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const ChangePolicy& command, Outcome& outcome);
  // Gives the queue these tags; they are no attribute, so it is not modified.
  void PutTags(const QueueState& state, QueueTags tags, Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const PurgeQueue& command, Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, SendMessages& command, Outcome& outcome);
  std::variant<SentMessage, ApiError> Send(QueueState& state, Timestamp now, SendMessages& command,
                                           size_t entry, Outcome& outcome);
  std::optional<Reply> DoIn(QueueState& state, Timestamp now, const ReceiveMessages& command,
                            Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const DeleteMessages& command, Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const ChangeVisibility& command, Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const ReleaseDeliveries& command, Outcome& outcome);
  Reply DoIn(QueueState& state, Timestamp now, const CancelWaiter& command, Outcome& outcome);
  template <typename QueueCommand>
  std::optional<Reply> Do(Timestamp now, QueueCommand& command, Outcome& outcome);

  // Walks what is due in the queue deadline by deadline, each at its own time, and serves its
  // waiters. Returns what is left of the budget; none marks the queue late.
  int CatchUp(QueueState& state, Timestamp now, int budget, Outcome& outcome);
  // Answers the waiters of removed queues, at most `budget`.
  void TurnAwayWaiters(int budget, Outcome& outcome);
  // Frees slots of messages that are out of reach, at most `budget`.
  void FreeSlots(int budget, Outcome& outcome);
  void PutOutOfReach(QueueState& state, SequenceNumber through);
  // Applies the record to the broker and adds it to the outcome.
  template <typename AnyRecord>
  void ApplyAndEmit(AnyRecord record, Outcome& outcome);
  void ServeWaiters(QueueState& state, Timestamp at, Outcome& outcome);
  MessagesReceived Receive(QueueState& state, Timestamp at, const ReceiveCredit& credit,
                           absl::Duration visibility, Outcome& outcome);
  std::vector<BodyRef> ApplyOne(const ShardPut& put);
  std::vector<BodyRef> ApplyOne(const QueuePut& put);
  std::vector<BodyRef> ApplyOne(const QueueRemoved& removed);
  std::vector<BodyRef> ApplyOne(const DeletedNamePut& put);
  std::vector<BodyRef> ApplyOne(const Purged& purged);
  std::vector<BodyRef> ApplyOne(const SlotsFreed& freed);
  std::vector<BodyRef> ApplyOne(const MessagePut& put);
  std::vector<BodyRef> ApplyOne(const Delivered& delivered);
  std::vector<BodyRef> ApplyOne(const VisibilitySet& set);
  std::vector<BodyRef> ApplyOne(const MessageRemoved& removed);
  std::vector<BodyRef> ApplyOne(const DedupPut& put);
  // Changes a message of the queue, if it is there.
  template <typename QueueRecord>
  std::vector<BodyRef> ChangeMessage(const QueueRecord& record);
  QueueState& StateOf(QueueId queue);
  // Takes note of what a change of the queue means for its next deadline and for the log.
  void NoteChange(QueueState& state);
  // Takes note of what the queue now holds, in the sums over all queues.
  void NoteFootprint(QueueState& state, uint64_t log_bytes, const MemoryCounts& memory);
  bool IsThere(const ShardItem&, Timestamp) { return true; }
  bool IsThere(const QueueItem& item, Timestamp now);
  bool IsThere(const MessageItem& item, Timestamp now);
  bool IsThere(const DedupItem& item, Timestamp now);
  bool IsThere(const DeletedNameItem& item, Timestamp now);
  Record Copy(const ShardItem& item, Timestamp now);
  Record Copy(const QueueItem& item, Timestamp now);
  Record Copy(const MessageItem& item, Timestamp now);
  Record Copy(const DedupItem& item, Timestamp now);
  Record Copy(const DeletedNameItem& item, Timestamp now);
  void NoteTime(Timestamp at) { newest_record_at_ = std::max(newest_record_at_, at); }

  // Messages out of reach, by the queue that they were of.
  struct Remains {
    QueueId queue;
    std::unique_ptr<PurgedMessages> messages;  // Not empty.
  };

  const uint16_t shard_number_;
  MessageSlots slots_;
  Catalogue catalogue_;
  DeletedNames deleted_names_;
  std::deque<Remains> remains_;             // In the order in which they went out of reach.
  std::deque<ReceiveWaiters> turned_away_;  // Of removed queues, none empty.
  ShardPut shard_;
  SequenceNumber last_sequence_;
  Timestamp newest_record_at_ = Timestamp::Past();
  uint64_t live_bytes_ = 0;
  MemoryCounts memory_;  // Of all queues; messages left out.
};

}  // namespace twinq

#endif  // TWINQ_BROKER_BROKER_H_
