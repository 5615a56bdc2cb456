#include "broker/shard.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"

#include "broker/attachments.h"
#include "broker/record_codec.h"
#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq {

Shard::~Shard() {
  for (BodyRef body : broker_.Clear()) bodies_.Release(body);
}

absl::Status Shard::Start(const ReceiptKey& fresh_key) {
  TWINQ_RETURN_IF_ERROR(Replay());
  broker_.EndReplay();
  cleaner_.NoteFlushed();
  now_ = broker_.newest_record_at();
  for (const QueueState* queue : broker_.queues()) {
    names_[queue->id] = queue->name;
    directory_ = directory_->With(
        queue->name, {.id = queue->id, .kind = queue->kind, .dedup_scope = queue->dedup_scope});
  }
  broker_.Start(fresh_key, outcome_);
  Settle();
  return absl::OkStatus();
}

absl::Status Shard::Replay() {
  ReplayCheck check = broker_.NewReplayCheck();
  return journal_.Replay([&](JournalPosition end, absl::string_view bytes) -> absl::Status {
    TWINQ_ASSIGN_OR_RETURN(DecodedRecord decoded, DecodeRecord(bytes));
    TWINQ_RETURN_IF_ERROR(check.Check(decoded.record));
    TWINQ_RETURN_IF_ERROR(TakeReplayed(decoded.record, decoded.body));
    cleaner_.NoteAppended(end, bytes.size());
    return absl::OkStatus();
  });
}

absl::Status Shard::TakeReplayed(Record& record, absl::string_view body) {
  if (broker_.Holds(record)) {
    cleaner_.contents().NoteCopy(record);
    return absl::OkStatus();
  }
  cleaner_.contents().Note(record);
  if (auto* put = std::get_if<MessagePut>(&record)) {
    PayloadPtr payload = Payload::FromBytes(body);
    TWINQ_RETURN_IF_ERROR(DecodeAttachments(payload->attachments()).status());
    put->body = bodies_.Put(std::move(payload));
  }
  bodies_.Release(broker_.Apply(record));
  return absl::OkStatus();
}

void Shard::Execute(Timestamp now, PendingCommand& command) {
  if (!failure_.ok()) return AnswerFailed(command);
  if (auto* receive = std::get_if<ReceiveMessages>(&command.command)) {
    receive->waiter = WaiterId{++last_waiter_};
  }
  const std::vector<BodyRef> bodies = StoreBodies(command.command);
  const auto* receive = std::get_if<ReceiveMessages>(&command.command);
  const WaiterId waiter = receive != nullptr ? receive->waiter : WaiterId{};

  std::optional<Reply> reply = broker_.Handle(TimeAt(now), std::move(command.command), outcome_);

  if (reply.has_value()) {
    ReleaseUnstored(bodies, *reply);
    Answer(command, *std::move(reply));
  } else {
    command.path.waiter = waiter;
    waiting_.emplace(waiter, &command);
  }
  Settle();
}

void Shard::Refuse(PendingCommand& command, ApiError why) {
  if (!failure_.ok()) return AnswerFailed(command);
  Answer(command, std::move(why));
}

void Shard::AnswerFailed(PendingCommand& command) {
  command.reply = ApiError{.code = ApiErrorCode::kInternalFailure};
  released_.push_back(&command);
}

void Shard::Cancel(Timestamp now, PendingCommand& command) {
  const auto waiting = waiting_.find(command.path.waiter);
  if (waiting == waiting_.end() || !failure_.ok()) return;
  const auto& receive = std::get<ReceiveMessages>(command.command);
  broker_.Handle(TimeAt(now), CancelWaiter{receive.queue, waiting->first}, outcome_);
  Settle();
}

void Shard::CancelAll(Timestamp now) {
  for (PendingCommand* command : WaitingByArrival()) Cancel(now, *command);
}

std::vector<PendingCommand*> Shard::WaitingByArrival() const {
  std::vector<PendingCommand*> commands;
  for (const auto& [waiter, command] : waiting_) commands.push_back(command);
  std::sort(commands.begin(), commands.end(),
            [](PendingCommand* a, PendingCommand* b) { return a->path.waiter < b->path.waiter; });
  return commands;
}

Timestamp Shard::Advance(Timestamp now, int budget) {
  if (!failure_.ok()) return Timestamp::Infinite();
  const Timestamp next = broker_.Advance(TimeAt(now), budget, outcome_);
  Settle();
  const bool is_idle = !sync_in_flight_ && !HeadWaits();
  return is_idle && Clean(LogCleaner::Pace::kIdle) ? std::min(next, now_) : next;
}

bool Shard::Clean(LogCleaner::Pace pace) {
  return cleaner_.Clean(now_, pace, [this](const Record& copy) { Append(copy); });
}

void Shard::Flush() {
  if (!failure_.ok()) return;
  if (!unflushed_.empty()) Clean(LogCleaner::Pace::kWithAppends);
  if (!unflushed_.empty()) {
    const std::vector<absl::string_view> records(unflushed_.begin(), unflushed_.end());
    absl::StatusOr<JournalPosition> end = journal_.Append(records);
    if (!end.ok()) return Fail(end.status());
    flushed_ = *end;
    cleaner_.NoteAppended(*end, unflushed_bytes_);
    appended_bytes_ += std::exchange(unflushed_bytes_, 0);
    if (std::exchange(unflushed_must_be_durable_, false)) must_be_durable_ = *end;
    unflushed_.clear();
    for (auto held = held_replies_.rbegin();
         held != held_replies_.rend() && held->until == kNextFlush; ++held) {
      held->until = *end;
    }
    for (HeldChange& change : held_changes_) change.until = std::min(change.until, *end);
  }
  cleaner_.NoteFlushed();
  ReleaseUpTo(Reached());
  DropHead();
}

JournalPosition Shard::Reached() const {
  const SyncedUpTo synced = journal_.synced_up_to();
  switch (reply_when_) {
    case ReplyWhen::kDurable:
      return synced.durable;
    case ReplyWhen::kWritten:
      return synced.written;
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

bool Shard::WantsSync() const {
  if (!failure_.ok() || sync_in_flight_) return false;
  return must_be_durable_ > Reached() || HeadWaits() || journal_.WantsSync();
}

bool Shard::HeadWaits() const {
  const auto& head = cleaner_.next_head();
  return head.has_value() && head->until > journal_.synced_up_to().durable;
}

bool Shard::HasUnsynced() const {
  return failure_.ok() && !sync_in_flight_ && flushed_ > journal_.synced_up_to().durable;
}

std::unique_ptr<SyncTicket> Shard::BeginSync() {
  TWINQ_CHECK(WantsSync());
  sync_in_flight_ = true;
  const bool is_for_replies_only = !HeadWaits() && !journal_.WantsSync();
  return reply_when_ == ReplyWhen::kWritten && is_for_replies_only ? journal_.BeginWrite()
                                                                   : journal_.BeginSync();
}

std::unique_ptr<SyncTicket> Shard::BeginFullSync() {
  TWINQ_CHECK(HasUnsynced());
  sync_in_flight_ = true;
  return journal_.BeginSync();
}

void Shard::OnSynced(std::unique_ptr<SyncTicket> ticket, absl::Status outcome) {
  TWINQ_CHECK(std::exchange(sync_in_flight_, false));
  absl::StatusOr<SyncedUpTo> synced = journal_.EndSync(std::move(ticket), std::move(outcome));
  if (!synced.ok()) return Fail(synced.status());
  ReleaseUpTo(Reached());
  DropHead();
}

std::vector<PendingCommand*> Shard::TakeReleased() { return std::exchange(released_, {}); }

MemoryAccounts Shard::memory() const {
  return AccountsOf(broker_.memory_counts(), bodies_.bytes(),
                    journal_.keeps_records() ? LogIndex::kKept : LogIndex::kNone);
}

Shard::Totals Shard::totals() {
  Totals totals{.live_bytes = broker_.live_bytes(), .body_bytes = bodies_.bytes()};
  for (const QueueState* state : broker_.queues()) {
    const QueueCounts counts = state->queue->counts();
    ++totals.queues;
    totals.messages += counts.available + counts.in_flight + counts.delayed;
  }
  return totals;
}

Shard::Figures Shard::figures() {
  const LogContents& log = cleaner_.contents();
  return {.queues = broker_.queue_count(),
          .slots_used = broker_.slots().used(),
          .slots = broker_.slots().size(),
          .memory = memory(),
          .waiting_receives = waiting_.size(),
          .held_replies = held_replies_.size(),
          .live_bytes = broker_.live_bytes(),
          .log_bytes = log.bytes(),
          .appended_bytes = appended_bytes_,
          .log_begin = log.head(),
          .log_end = flushed_};
}

Timestamp Shard::TimeAt(Timestamp now) {
  now_ = std::max(now_, now);
  return now_;
}

std::vector<BodyRef> Shard::StoreBodies(Command& command) {
  std::vector<BodyRef> bodies;
  if (auto* send = std::get_if<SendMessages>(&command)) {
    bodies.reserve(send->entries.size());
    for (SendMessages::Entry& entry : send->entries) {
      if (entry.payload) entry.message.body = bodies_.Put(std::move(entry.payload));
      bodies.push_back(entry.message.body);
    }
  }
  return bodies;
}

void Shard::ReleaseUnstored(const std::vector<BodyRef>& bodies, const Reply& reply) {
  const auto* sent = std::get_if<MessagesSent>(&reply);
  for (size_t i = 0; i < bodies.size(); ++i) {
    const SentMessage* message =
        sent == nullptr ? nullptr : std::get_if<SentMessage>(&sent->results[i]);
    if (bodies[i].is_null()) continue;
    if (message == nullptr || message->outcome == SentMessage::Outcome::kDuplicate) {
      bodies_.Release(bodies[i]);
    }
  }
}

void Shard::Settle() {
  for (const Record& record : outcome_.records) {
    Append(record);
    NoteDirectoryChange(record);
  }
  unflushed_must_be_durable_ |= outcome_.must_be_durable;
  for (Outcome::Answer& answer : outcome_.answers) {
    const auto waiting = waiting_.find(answer.waiter);
    TWINQ_CHECK(waiting != waiting_.end());
    PendingCommand& command = *waiting->second;
    waiting_.erase(waiting);
    Answer(command, std::move(answer.reply));
  }
  bodies_.Release(outcome_.freed);
  outcome_.Clear();
}

void Shard::Append(const Record& record) {
  if (!journal_.keeps_records()) {
    unflushed_.emplace_back();
    return;
  }
  const auto* put = std::get_if<MessagePut>(&record);
  unflushed_.push_back(EncodeRecord(record, put == nullptr ? "" : bodies_.Look(put->body).bytes()));
  unflushed_bytes_ += unflushed_.back().size();
  cleaner_.contents().Note(record);
}

void Shard::NoteDirectoryChange(const Record& record) {
  if (const auto* put = std::get_if<QueuePut>(&record)) {
    names_[put->queue] = put->name.text();
    held_changes_.push_back(
        {kNextFlush, put->name.text(),
         Directory::Entry{
             .id = put->queue, .kind = put->name.kind(), .dedup_scope = put->dedup_scope}});
  } else if (const auto* removed = std::get_if<QueueRemoved>(&record)) {
    const auto name = names_.find(removed->queue);
    held_changes_.push_back({kNextFlush, std::move(name->second), std::nullopt});
    names_.erase(name);
  }
}

void Shard::Answer(PendingCommand& command, Reply reply) {
  command.reply = std::move(reply);
  if (auto* received = std::get_if<MessagesReceived>(&command.reply)) {
    for (MessagesReceived::Entry& entry : received->entries) {
      entry.payload = bodies_.Pin(entry.delivery.body);
    }
  }
  const bool waits = unflushed_must_be_durable_ || outcome_.must_be_durable;
  held_replies_.push_back({waits ? kNextFlush : must_be_durable_, &command});
}

void Shard::DropHead() {
  const std::optional<JournalPosition> head = cleaner_.TakeHead(journal_.synced_up_to().durable);
  if (!head.has_value()) return;
  if (absl::Status dropped = journal_.DropBefore(*head); !dropped.ok()) Fail(dropped);
}

void Shard::ReleaseUpTo(JournalPosition reached) {
  while (!held_changes_.empty() && held_changes_.front().until <= reached) {
    const HeldChange& change = held_changes_.front();
    directory_ = change.entry.has_value() ? directory_->With(change.name, *change.entry)
                                          : directory_->Without(change.name);
    held_changes_.pop_front();
  }
  while (!held_replies_.empty() && held_replies_.front().until <= reached) {
    released_.push_back(held_replies_.front().command);
    held_replies_.pop_front();
  }
}

void Shard::Fail(absl::Status why) {
  failure_ = std::move(why);
  for (PendingCommand* command : WaitingByArrival()) {
    held_replies_.push_back({must_be_durable_, command});
  }
  waiting_.clear();
  for (const HeldReply& held : held_replies_) AnswerFailed(*held.command);
  held_replies_.clear();
}

}  // namespace twinq
