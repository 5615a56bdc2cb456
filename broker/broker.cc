#include "broker/broker.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/model/limits.h"

namespace twinq {
namespace {

// Begins to load what the command will touch, while what is due in its queue is done.
template <typename QueueCommand>
void PrefetchFor(const Queue&, const QueueCommand&) {}
void PrefetchFor(const Queue& queue, const SendMessages& command) {
  for (const SendMessages::Entry& entry : command.entries) queue.PrefetchSend(entry.message);
}

void PrefetchFor(const Queue& queue, const DeleteMessages& command) {
  queue.PrefetchDelete(command.receipts);
}

QueueStatus StatusOf(const QueueState& state, Timestamp now) {
  QueueStatus status{.name = state.name,
                     .stats = state.queue->stats(),
                     .oldest_message_age = std::nullopt,
                     .waiting_receives = state.waiters.size()};
  if (status.stats.oldest_sent_at.has_value()) {
    status.oldest_message_age = now - *status.stats.oldest_sent_at;
  }
  return status;
}

}  // namespace

void Outcome::Clear() {
  records.clear();
  answers.clear();
  freed.clear();
  must_be_durable = false;
}

// Passes the records of one queue on to an outcome.
class Broker::QueueRecords : public RecordSink {
 public:
  QueueRecords(Broker& broker, QueueKind kind, Outcome& outcome)
      : broker_(broker), kind_(kind), outcome_(outcome) {}

  void Emit(MessagePut&& record) override {
    broker_.last_sequence_ = record.sequence;
    broker_.NoteTime(record.sent_at);
    Add(std::move(record));
  }
  void Emit(const Delivered& record) override {
    broker_.NoteTime(record.received_at);
    outcome_.must_be_durable |= kind_ == QueueKind::kFifo;
    outcome_.records.emplace_back(record);
  }
  void Emit(const VisibilitySet& record) override { Add(record); }
  void Emit(const MessageRemoved& record, BodyRef freed) override {
    Add(record);
    if (!freed.is_null()) outcome_.freed.push_back(freed);
  }

 private:
  template <typename QueueRecord>
  void Add(QueueRecord&& record) {
    outcome_.must_be_durable = true;
    outcome_.records.emplace_back(std::forward<QueueRecord>(record));
  }

  Broker& broker_;
  const QueueKind kind_;
  Outcome& outcome_;
};

Broker::Broker(uint16_t shard_number, const QueueOptions& options)
    : shard_number_(shard_number), catalogue_(slots_, options) {
  shard_.next_queue = QueueId((uint64_t{shard_number} << 48) + 1);
}

template <typename AnyRecord>
void Broker::ApplyAndEmit(AnyRecord record, Outcome& outcome) {
  const std::vector<BodyRef> freed = ApplyOne(record);
  outcome.freed.insert(outcome.freed.end(), freed.begin(), freed.end());
  outcome.records.emplace_back(std::move(record));
  outcome.must_be_durable = true;
}

void Broker::Start(const ReceiptKey& fresh_key, Outcome& outcome) {
  ShardPut put = shard_;
  if (put.start_number == 0) put.receipt_key = fresh_key;
  ++put.start_number;
  ApplyAndEmit(put, outcome);
}

std::optional<Reply> Broker::Handle(Timestamp now, Command&& command, Outcome& outcome) {
  return std::visit([&](auto& alternative) { return Do(now, alternative, outcome); }, command);
}

template <typename QueueCommand>
std::optional<Reply> Broker::Do(Timestamp now, QueueCommand& command, Outcome& outcome) {
  QueueState* state = catalogue_.Find(command.queue);
  if (state == nullptr) return ApiError{.code = ApiErrorCode::kQueueDoesNotExist};
  PrefetchFor(*state->queue, command);
  const int budget = CatchUp(*state, now, kDeadlinesPerCommandMax, outcome);
  std::optional<Reply> reply = DoIn(*state, now, command, outcome);
  CatchUp(*state, now, budget, outcome);
  NoteChange(*state);
  return reply;
}

std::optional<Reply> Broker::Do(Timestamp now, CreateQueue& command, Outcome& outcome) {
  if (const QueueState* existing = catalogue_.FindByName(command.name.text())) {
    const absl::string_view difference =
        command.attributes.FirstDifference(existing->settings.attributes, KeptOf(existing->kept));
    if (difference.empty()) return QueueCreated{existing->id};
    return ApiError{
        .code = ApiErrorCode::kQueueNameExists, .parameter = std::string(difference), .value = {}};
  }
  if (deleted_names_.Holds(command.name.text(), now)) {
    return ApiError{.code = ApiErrorCode::kQueueDeletedRecently};
  }
  const QueueId id = shard_.next_queue;
  const QueueSettings settings{.attributes = command.attributes.Over(QueueAttributes())};
  std::variant<KeptAttributes, ApiError> kept =
      command.attributes.kept.Over(KeptAttributes(), settings.attributes.dedup_scope);
  if (auto* error = std::get_if<ApiError>(&kept)) return std::move(*error);
  std::get<KeptAttributes>(kept).tags = std::move(command.tags);
  ApplyAndEmit(QueuePut{.queue = id,
                        .name = std::move(command.name),
                        .settings = settings,
                        .dedup_scope = settings.attributes.dedup_scope,
                        .created_at = now,
                        .modified_at = now,
                        .kept = Share(std::get<KeptAttributes>(std::move(kept)))},
               outcome);
  return QueueCreated{id};
}

std::optional<Reply> Broker::Do(Timestamp now, DeleteQueue& command, Outcome& outcome) {
  QueueState* state = catalogue_.Find(command.queue);
  if (state == nullptr) return ApiError{.code = ApiErrorCode::kQueueDoesNotExist};
  if (!state->waiters.empty()) turned_away_.push_back(std::move(state->waiters));
  TurnAwayWaiters(kDeadlinesPerCommandMax, outcome);
  // In this order: a crash between the two leaves the queue, and its name is its own.
  ApplyAndEmit(
      DeletedNamePut{
          .queue = command.queue, .name = *QueueName::Parse(state->name), .deleted_at = now},
      outcome);
  ApplyAndEmit(QueueRemoved{.queue = command.queue}, outcome);
  return Done();
}

std::optional<Reply> Broker::Do(Timestamp, ListQueues& command, Outcome&) {
  return QueueNames::FirstOf(catalogue_.Names(command.prefix, command.after, command.names_max + 1),
                             command.names_max);
}

std::optional<Reply> Broker::Do(Timestamp now, ListQueueStatuses& command, Outcome&) {
  std::vector<QueueState*> queues = catalogue_.ByName(command.after, command.queues_max + 1);
  QueueStatuses reply;
  reply.more = static_cast<int>(queues.size()) > command.queues_max;
  if (reply.more) queues.pop_back();
  reply.queues.reserve(queues.size());
  for (const QueueState* state : queues) reply.queues.push_back(StatusOf(*state, now));
  return reply;
}

QueuePut Broker::PutOf(const QueueState& state, const QueueSettings& settings,
                       Timestamp modified_at) {
  return {.queue = state.id,
          .name = *QueueName::Parse(state.name),
          .settings = settings,
          .dedup_scope = state.dedup_scope,
          .created_at = state.created_at,
          .modified_at = modified_at,
          .purged_at = state.purged_at,
          .kept = state.kept};
}

Reply Broker::DoIn(QueueState& state, Timestamp now, const SetQueueAttributes& command,
                   Outcome& outcome) {
  QueuePut put =
      PutOf(state, state.settings.ChangedBy(command.attributes, now, last_sequence_), now);
  std::variant<KeptAttributes, ApiError> kept =
      command.attributes.kept.Over(KeptOf(state.kept), put.settings.attributes.dedup_scope);
  if (auto* error = std::get_if<ApiError>(&kept)) return std::move(*error);
  put.kept = Share(std::get<KeptAttributes>(std::move(kept)));
  ApplyAndEmit(std::move(put), outcome);
  return Done();
}

Reply Broker::DoIn(QueueState& state, Timestamp, const GetQueueAttributes&, Outcome&) {
  return QueueDescription{.attributes = state.settings.attributes,
                          .kept = KeptOf(state.kept),
                          .counts = state.queue->counts(),
                          .created_at = state.created_at,
                          .modified_at = state.modified_at};
}

Reply Broker::DoIn(QueueState& state, Timestamp now, const GetQueueStatus&, Outcome&) {
  return StatusOf(state, now);
}

Reply Broker::DoIn(QueueState& state, Timestamp now, const PurgeQueue&, Outcome& outcome) {
  if (now < state.purged_at + kPurgeInterval) {
    return ApiError{.code = ApiErrorCode::kPurgeInProgress, .parameter = {}, .value = state.name};
  }
  ApplyAndEmit(Purged{.queue = state.id, .through = last_sequence_, .purged_at = now}, outcome);
  return Done();
}

Reply Broker::DoIn(QueueState& state, Timestamp now, SendMessages& command, Outcome& outcome) {
  for (const SendMessages::Entry& entry : command.entries) {
    if (const auto refused = state.queue->RefusesRequest(entry.message)) {
      return ApiError{.code = *refused};
    }
  }
  for (const SendMessages::Finding& finding : command.findings) {
    if (finding.rank == SendMessages::Finding::Rank::kRequest) return finding.error;
  }
  MessagesSent reply;
  for (size_t i = 0; i < command.entries.size(); ++i) {
    reply.results.push_back(Send(state, now, command, i, outcome));
  }
  return reply;
}

std::variant<SentMessage, ApiError> Broker::Send(QueueState& state, Timestamp now,
                                                 SendMessages& command, size_t entry,
                                                 Outcome& outcome) {
  using Rank = SendMessages::Finding::Rank;
  const auto found = [&](Rank rank) -> const ApiError* {
    for (const SendMessages::Finding& finding : command.findings) {
      if (finding.entry == entry && finding.rank == rank) return &finding.error;
    }
    return nullptr;
  };
  NewMessage& message = command.entries[entry].message;
  const uint32_t bytes_max = state.settings.attributes.message_bytes_max;
  if (const ApiError* error = found(Rank::kValue)) return *error;
  if (message.body_bytes - message.uncounted_bytes > bytes_max) {
    return ApiError{
        .code = ApiErrorCode::kMessageTooLong, .parameter = {}, .value = absl::StrCat(bytes_max)};
  }
  if (const ApiError* error = found(Rank::kContent)) return *error;
  QueueRecords records(*this, state.kind, outcome);
  return state.queue->Send(now, std::move(message), last_sequence_.Next(), records);
}

std::optional<Reply> Broker::DoIn(QueueState& state, Timestamp now, const ReceiveMessages& command,
                                  Outcome& outcome) {
  const QueueAttributes& attributes = state.settings.attributes;
  const absl::Duration visibility = command.visibility.value_or(attributes.visibility_timeout);
  const absl::Duration wait = command.wait.value_or(attributes.receive_wait);
  const ReceiveCredit credit{.messages = command.messages_max, .bytes = command.bytes_max};
  if (!state.is_late) {
    if (wait == absl::ZeroDuration()) {
      if (const auto refused = state.queue->RefusesShortPoll()) return ApiError{.code = *refused};
    }
    MessagesReceived reply = Receive(state, now, credit, visibility, outcome);
    if (!reply.entries.empty() || wait == absl::ZeroDuration()) return reply;
  }
  state.waiters.Add({.id = command.waiter,
                     .credit = credit,
                     .visibility = visibility,
                     .arrived_at = now,
                     .wait_until = now + wait});
  return std::nullopt;
}

Reply Broker::DoIn(QueueState& state, Timestamp now, const DeleteMessages& command,
                   Outcome& outcome) {
  QueueRecords records(*this, state.kind, outcome);
  EntryResults reply;
  for (const Receipt& receipt : command.receipts) {
    reply.results.push_back(receipt.queue == state.id ? state.queue->Delete(now, receipt, records)
                                                      : ApiErrorCode::kReceiptHandleOfOtherQueue);
  }
  return reply;
}

Reply Broker::DoIn(QueueState& state, Timestamp now, const ChangeVisibility& command,
                   Outcome& outcome) {
  QueueRecords records(*this, state.kind, outcome);
  EntryResults reply;
  for (const ChangeVisibility::Entry& entry : command.entries) {
    reply.results.push_back(
        entry.receipt.queue == state.id
            ? state.queue->ChangeVisibility(now, entry.receipt, entry.visibility, records)
            : ApiErrorCode::kReceiptHandleOfOtherQueue);
  }
  return reply;
}

Reply Broker::DoIn(QueueState& state, Timestamp now, const ReleaseDeliveries& command,
                   Outcome& outcome) {
  QueueRecords records(*this, state.kind, outcome);
  for (const Receipt& receipt : command.receipts) state.queue->Release(now, receipt, records);
  return Done();
}

Reply Broker::DoIn(QueueState& state, Timestamp, const CancelWaiter& command, Outcome& outcome) {
  if (state.waiters.Remove(command.waiter)) {
    outcome.answers.push_back({command.waiter, MessagesReceived()});
  }
  return Done();
}

MessagesReceived Broker::Receive(QueueState& state, Timestamp at, const ReceiveCredit& credit,
                                 absl::Duration visibility, Outcome& outcome) {
  QueueRecords records(*this, state.kind, outcome);
  std::vector<Delivery> deliveries;
  state.queue->Receive(at, credit, visibility, records, deliveries);
  MessagesReceived received;
  received.entries.reserve(deliveries.size());
  for (Delivery& delivery : deliveries) received.entries.push_back({std::move(delivery), {}});
  return received;
}

int Broker::CatchUp(QueueState& state, Timestamp now, int budget, Outcome& outcome) {
  QueueRecords records(*this, state.kind, outcome);
  // What a late queue does now happens now: others have already been answered at this time.
  const bool was_late = std::exchange(state.is_late, false);
  ServeWaiters(state, now, outcome);
  for (;;) {
    const Timestamp due = state.queue->NextDeadline();
    const Timestamp wait_end = state.waiters.NextDeadline();
    if (std::min(due, wait_end) > now) {
      state.caught_up_at = now;
      return budget;
    }
    if (budget <= 0) {
      state.is_late = true;
      return 0;
    }
    if (due <= wait_end) {
      // Without waiters nobody looks in between, so all deadlines up to now can be done at once.
      const Timestamp at = std::max(due, state.caught_up_at);
      budget -= state.queue->EndDue(state.waiters.empty() ? now : at, budget, records);
      ServeWaiters(state, was_late ? now : at, outcome);
    } else {
      const WaiterId waiter = state.waiters.NextToEnd();
      state.waiters.Remove(waiter);
      outcome.answers.push_back({waiter, MessagesReceived()});
      --budget;
    }
  }
}

void Broker::ServeWaiters(QueueState& state, Timestamp at, Outcome& outcome) {
  // Whoever arrived while deadlines of before were still to be done waits until they are.
  while (!state.waiters.empty() && state.queue->HasDeliverable() &&
         state.queue->NextDeadline() > state.waiters.front().arrived_at) {
    const Waiter waiter = state.waiters.front();
    state.waiters.Remove(waiter.id);
    const Timestamp received_at = std::max(at, waiter.arrived_at);
    outcome.answers.push_back(
        {waiter.id, Receive(state, received_at, waiter.credit, waiter.visibility, outcome)});
    // With visibility 0 it took what the next one may take, too: first that must end.
    if (state.queue->NextDeadline() <= received_at) return;
  }
}

Timestamp Broker::Advance(Timestamp now, int budget, Outcome& outcome) {
  TurnAwayWaiters(budget, outcome);
  FreeSlots(budget, outcome);
  deleted_names_.Forget(now, budget);
  for (;;) {
    QueueState* state = catalogue_.NextDue();
    const Timestamp next = state == nullptr ? Timestamp::Infinite() : state->armed_for;
    if (state == nullptr || next > now || budget <= 0) {
      const bool is_done = remains_.empty() && turned_away_.empty();
      return std::min({next, deleted_names_.NextDeadline(), is_done ? next : now});
    }
    budget = CatchUp(*state, now, budget, outcome);
    NoteChange(*state);
  }
}

void Broker::TurnAwayWaiters(int budget, Outcome& outcome) {
  for (; budget > 0 && !turned_away_.empty(); --budget) {
    ReceiveWaiters& waiters = turned_away_.front();
    const WaiterId waiter = waiters.front().id;
    waiters.Remove(waiter);
    outcome.answers.push_back({waiter, ApiError{.code = ApiErrorCode::kQueueDoesNotExist}});
    if (waiters.empty()) turned_away_.pop_front();
  }
}

void Broker::FreeSlots(int budget, Outcome& outcome) {
  if (remains_.empty()) return;
  Remains& oldest = remains_.front();
  const QueueId queue = oldest.queue;
  const SequenceNumber before = oldest.messages->freed_through();
  std::vector<BodyRef> freed;
  oldest.messages->Free(last_sequence_, budget, freed);
  const SequenceNumber through = oldest.messages->freed_through();
  if (oldest.messages->empty()) remains_.pop_front();
  for (BodyRef body : freed) {
    if (!body.is_null()) outcome.freed.push_back(body);
  }
  if (through == before) return;
  outcome.records.emplace_back(SlotsFreed{.queue = queue, .through = through});
}

}  // namespace twinq
