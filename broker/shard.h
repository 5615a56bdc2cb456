#ifndef TWINQ_BROKER_SHARD_H_
#define TWINQ_BROKER_SHARD_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"

#include "broker/body_store.h"
#include "broker/broker.h"
#include "broker/command_sink.h"
#include "broker/directory.h"
#include "broker/log_cleaner.h"
#include "broker/memory_accounts.h"
#include "core/base/timestamp.h"
#include "journal/journal.h"

namespace twinq {

// What a reply waits for: that what it depends on survives the end of the machine, or that of the
// process.
enum class ReplyWhen : uint8_t { kDurable, kWritten };

// A broker with its journal and its bodies. It runs commands, appends their records, and holds back
// each reply until what it depends on is durable, or written if that is enough. It syncs nothing
// itself: whoever drives it begins a sync, runs the ticket where it likes, and brings it back.
//
//   Execute()* Advance()  ─►  Flush()  ─►  BeginSync() … ticket->Run() … OnSynced()
//                                 └───────────► TakeReleased() ◄──────────────┘
//
// It keeps the log short with the appends, and in Advance() when the disk is idle.
//
// Guarantee (design decision D6): a reply is released when every record appended up to its own
// handling is durable, except that nobody waits for the delivery records of standard queues. The
// directory shows a queue before the reply to its creation is released. Under ReplyWhen::kWritten
// read "written" for "durable".
// Errors: after a failed append or sync every held and later command is answered kInternalFailure.
// Thread-safety: one thread at a time. Lifetime: borrows the journal; PendingCommands as
// CommandSink says.
class Shard {
 public:
  explicit Shard(Journal& journal, ReplyWhen reply_when = ReplyWhen::kDurable,
                 const LogCleaner::Options& cleaning = LogCleaner::Options())
      : journal_(journal), reply_when_(reply_when), cleaner_(broker_, cleaning) {}
  ~Shard();  // Lets go of all bodies that no answer holds.
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  // Replays the journal and begins a new start. `fresh_key` becomes the key of receipt handles
  // unless the journal has one. What it appends must be flushed and synced before the first answer.
  absl::Status Start(const ReceiptKey& fresh_key);
  const ReceiptKey& receipt_key() const { return broker_.receipt_key(); }

  // `now` may step back; the shard's time does not.
  void Execute(Timestamp now, PendingCommand& command);
  // Answers the command with this instead of executing it, in the order of the others.
  void Refuse(PendingCommand& command, ApiError why);
  // Ends the wait of a receive; of others nothing.
  void Cancel(Timestamp now, PendingCommand& command);
  // Answers every waiting receive with nothing.
  void CancelAll(Timestamp now);
  // Does what is due, at most `budget` deadlines, and returns when to call again.
  Timestamp Advance(Timestamp now, int budget);

  // Appends what was emitted since the last Flush() to the journal.
  void Flush();
  // Whether a sync would release replies, or let the log begin later. False while one is in flight.
  bool WantsSync() const;
  size_t held_replies() const { return held_replies_.size(); }
  // Does what the held replies wait for, which need not make anything durable, and what the
  // beginning of the log waits for, which does. REQUIRES: WantsSync().
  std::unique_ptr<SyncTicket> BeginSync();
  // Whether a full sync would make anything durable. False while a sync is in flight.
  bool HasUnsynced() const;
  // Makes durable what was flushed, delivery records included. REQUIRES: HasUnsynced().
  std::unique_ptr<SyncTicket> BeginFullSync();
  bool sync_in_flight() const { return sync_in_flight_; }
  void OnSynced(std::unique_ptr<SyncTicket> ticket, absl::Status outcome);
  // The commands whose replies may leave, in the order of their handling. The caller calls
  // OnReply().
  std::vector<PendingCommand*> TakeReleased();

  const std::shared_ptr<const Directory>& directory() const { return directory_; }
  // Why the shard refuses work, if it does.
  const absl::Status& failure() const { return failure_; }
  Broker& broker() { return broker_; }  // For tests.
  std::string Dump() { return broker_.Dump(); }
  // What is kept in memory now. Cost: O(1).
  MemoryAccounts memory() const;
  // What there is now, for logs. Cost: O(queues).
  struct Totals {
    size_t queues = 0;
    size_t messages = 0;
    uint64_t live_bytes = 0;  // That count in the log, nearly.
    uint64_t body_bytes = 0;  // Of the messages, also those out of reach that are not freed yet.
  };
  Totals totals();
  // The same for whoever watches the shard all the time. Cost: O(1).
  struct Figures {
    size_t queues = 0;
    size_t slots_used = 0;
    size_t slots = 0;  // That have memory.
    MemoryAccounts memory;
    size_t waiting_receives = 0;
    size_t held_replies = 0;      // That wait for the journal.
    uint64_t live_bytes = 0;      // As in Totals.
    uint64_t log_bytes = 0;       // Of the records from `log_begin` on.
    uint64_t appended_bytes = 0;  // Of all records since the start.
    JournalPosition log_begin;    // Where the oldest record that counts may be.
    JournalPosition log_end;
  };
  Figures figures();

 private:
  // A position not known yet: behind what the next Flush() appends.
  static constexpr JournalPosition kNextFlush = JournalPosition(~uint64_t{0});

  // What may leave once the journal has got to a position, as ReplyWhen has it.
  struct HeldReply {
    JournalPosition until;
    PendingCommand* command;
  };
  struct HeldChange {
    JournalPosition until;
    std::string name;
    std::optional<Directory::Entry> entry;  // Nothing: the queue was removed.
  };

  absl::Status Replay();
  absl::Status TakeReplayed(Record& record, absl::string_view body);
  Timestamp TimeAt(Timestamp now);
  std::vector<BodyRef> StoreBodies(Command& command);
  // Gives back the bodies of sends that stored no message.
  void ReleaseUnstored(const std::vector<BodyRef>& bodies, const Reply& reply);
  // Takes over what the broker left in outcome_.
  void Settle();
  // Encodes a record for the next Flush().
  void Append(const Record& record);
  void NoteDirectoryChange(const Record& record);
  void Answer(PendingCommand& command, Reply reply);
  // After a failure.
  void AnswerFailed(PendingCommand& command);
  // Never in the order of the hash map: answers leave in the same order on every run.
  std::vector<PendingCommand*> WaitingByArrival() const;
  // How far the journal has got with what replies wait for.
  JournalPosition Reached() const;
  // Releases what depends on nothing behind `reached`.
  void ReleaseUpTo(JournalPosition reached);
  bool Clean(LogCleaner::Pace pace);
  // Whether the log could begin later if more of it were durable.
  bool HeadWaits() const;
  void DropHead();
  void Fail(absl::Status why);

  Journal& journal_;
  const ReplyWhen reply_when_;
  Broker broker_;
  LogCleaner cleaner_;
  BodyStore bodies_;
  Timestamp now_ = Timestamp::Past();
  Outcome outcome_;  // Of the call under way; a member for its memory.

  uint64_t last_waiter_ = 0;
  absl::flat_hash_map<WaiterId, PendingCommand*> waiting_;

  // Since the last Flush(). The texts stay empty if the journal keeps no records.
  std::vector<std::string> unflushed_;
  uint64_t unflushed_bytes_ = 0;
  uint64_t appended_bytes_ = 0;  // Since the start, by the last Flush().
  bool unflushed_must_be_durable_ = false;

  JournalPosition flushed_;          // Behind the last flushed record.
  JournalPosition must_be_durable_;  // Behind the last flushed record that replies wait for.
  std::deque<HeldReply> held_replies_;
  std::deque<HeldChange> held_changes_;
  std::vector<PendingCommand*> released_;
  bool sync_in_flight_ = false;
  absl::Status failure_;

  absl::flat_hash_map<QueueId, std::string> names_;  // What QueueRemoved does not say.
  std::shared_ptr<const Directory> directory_ = std::make_shared<Directory>();
};

}  // namespace twinq

#endif  // TWINQ_BROKER_SHARD_H_
