#include "broker/broker.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/model/limits.h"

namespace twinq {

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

Broker::Broker(uint16_t shard_number) : shard_number_(shard_number), catalogue_(slots_) {
  shard_.next_queue = QueueId((uint64_t{shard_number} << 48) + 1);
}

void Broker::Start(const ReceiptKey& fresh_key, Outcome& outcome) {
  ShardPut put = shard_;
  if (put.start_number == 0) put.receipt_key = fresh_key;
  ++put.start_number;
  Apply(put);
  outcome.records.emplace_back(put);
  outcome.must_be_durable = true;
}

std::optional<Reply> Broker::Handle(Timestamp now, Command command, Outcome& outcome) {
  return std::visit([&](auto& alternative) { return Do(now, alternative, outcome); }, command);
}

template <typename QueueCommand>
std::optional<Reply> Broker::Do(Timestamp now, QueueCommand& command, Outcome& outcome) {
  QueueState* state = catalogue_.Find(command.queue);
  if (state == nullptr) return ApiError{.code = ApiErrorCode::kQueueDoesNotExist};
  const int budget = CatchUp(*state, now, kDeadlinesPerCommandMax, outcome);
  std::optional<Reply> reply = DoIn(*state, now, command, outcome);
  CatchUp(*state, now, budget, outcome);
  catalogue_.Arm(*state);
  return reply;
}

std::optional<Reply> Broker::Do(Timestamp now, CreateQueue& command, Outcome& outcome) {
  if (const QueueState* existing = catalogue_.FindByName(command.name.text())) {
    const absl::string_view difference = command.attributes.FirstDifference(existing->attributes);
    if (difference.empty()) return QueueCreated{existing->id};
    return ApiError{
        .code = ApiErrorCode::kQueueNameExists, .parameter = std::string(difference), .value = {}};
  }
  QueuePut put{.queue = shard_.next_queue,
               .name = std::move(command.name),
               .attributes = command.attributes.OverDefaults(),
               .created_at = now};
  const QueueId id = put.queue;
  Apply(put);
  outcome.records.emplace_back(std::move(put));
  outcome.must_be_durable = true;
  return QueueCreated{id};
}

std::optional<Reply> Broker::Do(Timestamp, DeleteQueue& command, Outcome& outcome) {
  QueueState* state = catalogue_.Find(command.queue);
  if (state == nullptr) return ApiError{.code = ApiErrorCode::kQueueDoesNotExist};
  while (!state->waiters.empty()) {
    const WaiterId waiter = state->waiters.front().id;
    state->waiters.Remove(waiter);
    outcome.answers.push_back({waiter, ApiError{.code = ApiErrorCode::kQueueDoesNotExist}});
  }
  const QueueRemoved removed{.queue = command.queue};
  const std::vector<BodyRef> freed = Apply(removed);
  outcome.freed.insert(outcome.freed.end(), freed.begin(), freed.end());
  outcome.records.emplace_back(removed);
  outcome.must_be_durable = true;
  return Done();
}

std::optional<Reply> Broker::Do(Timestamp, ListQueues& command, Outcome&) {
  QueueNames reply;
  reply.names = catalogue_.Names(command.prefix, command.after, command.names_max + 1);
  reply.more = static_cast<int>(reply.names.size()) > command.names_max;
  if (reply.more) reply.names.pop_back();
  return reply;
}

Reply Broker::DoIn(QueueState& state, Timestamp now, SendMessages& command, Outcome& outcome) {
  QueueRecords records(*this, state.kind, outcome);
  MessagesSent reply;
  for (SendMessages::Entry& entry : command.entries) {
    reply.results.push_back(
        state.queue->Send(now, std::move(entry.message), last_sequence_.Next(), records));
  }
  return reply;
}

std::optional<Reply> Broker::DoIn(QueueState& state, Timestamp now, const ReceiveMessages& command,
                                  Outcome& outcome) {
  const absl::Duration visibility =
      command.visibility.value_or(state.attributes.visibility_timeout);
  const absl::Duration wait = command.wait.value_or(state.attributes.receive_wait);
  if (!state.is_late) {
    MessagesReceived reply = Receive(state, now, command.messages_max, visibility, outcome);
    if (!reply.entries.empty() || wait == absl::ZeroDuration()) return reply;
  }
  state.waiters.Add({.id = command.waiter,
                     .credit = command.messages_max,
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
    reply.results.push_back(state.queue->Delete(now, receipt, records));
  }
  return reply;
}

Reply Broker::DoIn(QueueState& state, Timestamp now, const ChangeVisibility& command,
                   Outcome& outcome) {
  QueueRecords records(*this, state.kind, outcome);
  EntryResults reply;
  for (const ChangeVisibility::Entry& entry : command.entries) {
    reply.results.push_back(
        state.queue->ChangeVisibility(now, entry.receipt, entry.visibility, records));
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

MessagesReceived Broker::Receive(QueueState& state, Timestamp at, int messages_max,
                                 absl::Duration visibility, Outcome& outcome) {
  QueueRecords records(*this, state.kind, outcome);
  std::vector<Delivery> deliveries;
  state.queue->Receive(at, messages_max, visibility, records, deliveries);
  MessagesReceived received;
  received.entries.reserve(deliveries.size());
  for (Delivery& delivery : deliveries) received.entries.push_back({std::move(delivery), {}});
  return received;
}

int Broker::CatchUp(QueueState& state, Timestamp now, int budget, Outcome& outcome) {
  // What a late queue does now happens now: others have already been answered at this time.
  const bool was_late = std::exchange(state.is_late, false);
  ServeWaiters(state, now, outcome);
  for (;;) {
    const Timestamp due = state.queue->NextDeadline();
    const Timestamp wait_end = state.waiters.NextDeadline();
    if (std::min(due, wait_end) > now) return budget;
    if (budget <= 0) {
      state.is_late = true;
      return 0;
    }
    if (due <= wait_end) {
      // Without waiters nobody looks in between, so all deadlines up to now can be done at once.
      budget -= state.queue->EndDue(state.waiters.empty() ? now : due, budget);
      ServeWaiters(state, was_late ? now : due, outcome);
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
    outcome.answers.push_back({waiter.id, Receive(state, std::max(at, waiter.arrived_at),
                                                  waiter.credit, waiter.visibility, outcome)});
  }
}

Timestamp Broker::Advance(Timestamp now, int budget, Outcome& outcome) {
  for (;;) {
    QueueState* state = catalogue_.NextDue();
    if (state == nullptr) return Timestamp::Infinite();
    if (state->armed_for > now || budget <= 0) return state->armed_for;
    budget = CatchUp(*state, now, budget, outcome);
    catalogue_.Arm(*state);
  }
}

std::vector<BodyRef> Broker::Apply(const Record& record) {
  return std::visit([this](const auto& alternative) { return ApplyOne(alternative); }, record);
}

std::vector<BodyRef> Broker::ApplyOne(const ShardPut& put) {
  shard_ = put;
  last_sequence_ = SequenceNumber::BeforeFirstOfStart(put.start_number);
  return {};
}

std::vector<BodyRef> Broker::ApplyOne(const QueuePut& put) {
  catalogue_.Add(put);
  shard_.next_queue = std::max(shard_.next_queue, QueueId(put.queue.value() + 1));
  NoteTime(put.created_at);
  return {};
}

std::vector<BodyRef> Broker::ApplyOne(const QueueRemoved& removed) {
  std::vector<BodyRef> freed;
  StateOf(removed.queue).queue->Clear(freed);
  catalogue_.Remove(removed.queue);
  std::erase_if(freed, [](BodyRef body) { return body.is_null(); });
  return freed;
}

std::vector<BodyRef> Broker::ApplyOne(const MessagePut& put) {
  last_sequence_ = std::max(last_sequence_, put.sequence);
  NoteTime(put.sent_at);
  return ChangeQueue(put);
}

std::vector<BodyRef> Broker::ApplyOne(const Delivered& delivered) {
  NoteTime(delivered.received_at);
  return ChangeQueue(delivered);
}

std::vector<BodyRef> Broker::ApplyOne(const VisibilitySet& set) { return ChangeQueue(set); }

std::vector<BodyRef> Broker::ApplyOne(const MessageRemoved& removed) {
  QueueState& state = StateOf(removed.queue);
  const BodyRef freed = state.queue->Apply(removed);
  catalogue_.Arm(state);
  if (freed.is_null()) return {};
  return {freed};
}

template <typename QueueRecord>
std::vector<BodyRef> Broker::ChangeQueue(const QueueRecord& record) {
  QueueState& state = StateOf(record.queue);
  state.queue->Apply(record);
  catalogue_.Arm(state);
  return {};
}

QueueState& Broker::StateOf(QueueId queue) {
  QueueState* state = catalogue_.Find(queue);
  TWINQ_CHECK(state != nullptr);
  return *state;
}

std::string Broker::Dump() {
  std::string text = absl::StrCat("shard ", shard_number_, " start=", shard_.start_number,
                                  " next_queue=", shard_.next_queue.value(),
                                  " last_sequence=", last_sequence_.value(),
                                  " next_slot=", slots_.NextFree(), "\n");
  for (const QueueState* state : catalogue_.ById()) {
    const QueueCounts counts = state->queue->counts();
    absl::StrAppend(&text, "queue ", state->id.value(), " ", state->name,
                    " visibility=", absl::FormatDuration(state->attributes.visibility_timeout),
                    " wait=", absl::FormatDuration(state->attributes.receive_wait),
                    " created=", state->created_at.nanos(), " available=", counts.available,
                    " in_flight=", counts.in_flight,
                    " next_deadline=", state->queue->NextDeadline().nanos(), "\n",
                    state->queue->Dump());
  }
  return text;
}

}  // namespace twinq
