#include "tests/models/stepped_broker.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/model/group_id.h"
#include "core/model/queue_name.h"
#include "core/queue/queue_options.h"

namespace twinq::model {
namespace {

constexpr int kNoBudget = std::numeric_limits<int>::max();
// Bodies, ids and waiters of the neighbour count from here.
constexpr uint64_t kNeighbourNumbers = uint64_t{1} << 40;
constexpr size_t kNeighbourReceiptsMax = 50;
constexpr uint32_t kDeliveriesMax = 1'000'000;

GivenQueueAttributes AllOf(const QueueAttributes& attributes, QueueKind kind) {
  GivenQueueAttributes given = {.delay = attributes.delay,
                                .message_bytes_max = attributes.message_bytes_max,
                                .retention = attributes.retention,
                                .receive_wait = attributes.receive_wait,
                                .visibility_timeout = attributes.visibility_timeout,
                                .content_based_dedup = {},
                                .dedup_scope = {}};
  if (kind == QueueKind::kFifo) {
    given.content_based_dedup = attributes.content_based_dedup;
    given.dedup_scope = attributes.dedup_scope;
  }
  return given;
}

GroupId GroupOf(const std::string& text) {
  absl::StatusOr<GroupId> group = GroupId::Parse(text);
  TWINQ_CHECK(group.ok());
  return *std::move(group);
}

std::unique_ptr<Broker> NewBroker(const QueueSetup& setup) {
  return std::make_unique<Broker>(uint16_t{0}, QueueOptions{.in_flight_max = setup.in_flight_max});
}

}  // namespace

SteppedBroker::SteppedBroker(QueueKind kind, const QueueSetup& setup, const Options& options)
    : kind_(kind),
      setup_(setup),
      options_(options),
      random_(options.seed),
      broker_(NewBroker(setup)) {}

Outcome SteppedBroker::Run(Timestamp now, const Step& step) {
  if (state_ == nullptr) Begin(now);
  Outcome outcome;
  if (options_.habit == Habit::kVaried) {
    if (random_.Below(2) == 0) Advance(now, outcome);
    if (random_.Below(4) == 0) StepNeighbour(now);
  }
  if (!std::holds_alternative<Look>(step)) {
    const std::optional<Reply> reply = broker_->Handle(
        now, std::visit([&](const auto& given) { return CommandOf(given); }, step), effects_);
    outcome.waits = !reply.has_value();
    // The reply first: answers may hold what the step has sent.
    if (reply) TakeReply(step, *reply, outcome);
    TakeIn(outcome);
  }
  Advance(now, outcome);

  const QueueCounts counts = state_->queue->counts();
  outcome.counts = {
      .available = counts.available, .in_flight = counts.in_flight, .delayed = counts.delayed};
  outcome.next_deadline = std::min(state_->queue->NextDeadline(), state_->waiters.NextDeadline());
  if (options_.habit == Habit::kVaried && random_.Below(options_.rebuild_every) == 0) Rebuild(now);
  return outcome;
}

void SteppedBroker::Begin(Timestamp now) {
  broker_->Start(ReceiptKey{1, 2, 3}, effects_);
  const bool is_fifo = kind_ == QueueKind::kFifo;
  state_ = Create(now, is_fifo ? "queue.fifo" : "queue", AllOf(setup_.attributes, kind_));
  if (options_.habit == Habit::kVaried) {
    neighbour_.state = Create(now, random_.Below(2) == 0 ? "neighbour" : "neighbour.fifo", {});
  }
}

QueueState* SteppedBroker::Create(Timestamp now, const char* name,
                                  const GivenQueueAttributes& attributes) {
  absl::StatusOr<QueueName> queue_name = QueueName::Parse(name);
  TWINQ_CHECK(queue_name.ok());
  broker_->Handle(now, CreateQueue{.name = *queue_name, .attributes = attributes}, effects_);
  Outcome nothing;
  TakeIn(nothing);
  return broker_->queues().back();
}

void SteppedBroker::StepNeighbour(Timestamp now) {
  const std::optional<Reply> reply = broker_->Handle(now, NeighbourCommand(), effects_);
  if (const auto* received = reply ? std::get_if<MessagesReceived>(&*reply) : nullptr) {
    for (const MessagesReceived::Entry& entry : received->entries) {
      neighbour_.receipts.push_back(entry.delivery.receipt);
    }
  }
  if (neighbour_.receipts.size() > kNeighbourReceiptsMax) {
    neighbour_.receipts.erase(neighbour_.receipts.begin());
  }
  Outcome nothing;
  TakeIn(nothing);
}

Command SteppedBroker::NeighbourCommand() {
  const QueueId queue = neighbour_.state->id;
  const uint64_t draw = random_.Below(100);
  if (draw < 50) {
    const uint64_t number = kNeighbourNumbers + ++neighbour_.messages;
    SendMessages send{.queue = queue, .entries = {}, .findings = {}};
    SendMessages::Entry& entry = send.entries.emplace_back();
    entry.message.id = MessageId::FromBits(number, 0);
    entry.message.group = GroupOf(absl::StrCat("g", random_.Below(3)));
    entry.message.dedup = DedupKey{.high = number, .low = number};
    entry.message.body = BodyRef(number);
    return send;
  }
  if (draw < 75 || neighbour_.receipts.empty()) {
    return ReceiveMessages{.queue = queue,
                           .waiter = WaiterId{kNeighbourNumbers + ++neighbour_.waiters},
                           .messages_max = 1 + static_cast<int>(random_.Below(3)),
                           .visibility = absl::Seconds(random_.Below(100)),
                           .wait = absl::Seconds(random_.Below(3))};
  }
  if (draw < 98) {
    const size_t chosen = random_.Below(neighbour_.receipts.size());
    return DeleteMessages{.queue = queue, .receipts = {neighbour_.receipts[chosen]}};
  }
  return PurgeQueue{.queue = queue};
}

int SteppedBroker::AdvanceBudget() {
  // Who waits is served at the instants that matter only if nothing is left to another slice.
  if (options_.habit == Habit::kPlain || !state_->waiters.empty()) return kNoBudget;
  return random_.Below(2) == 0 ? 1 + static_cast<int>(random_.Below(3)) : kNoBudget;
}

Timestamp SteppedBroker::NextDeadline() const {
  Timestamp next = std::min(state_->queue->NextDeadline(), state_->waiters.NextDeadline());
  if (const QueueState* other = neighbour_.state) {
    next = std::min({next, other->queue->NextDeadline(), other->waiters.NextDeadline()});
  }
  return next;
}

void SteppedBroker::Advance(Timestamp now, Outcome& outcome) {
  Timestamp next = now;
  while (next <= now) {
    next = broker_->Advance(now, AdvanceBudget(), effects_);
    TakeIn(outcome);
    // Only slots of purged messages are left, which nobody sees: they may be freed later.
    const bool is_done = NextDeadline() > now;
    if (next <= now && is_done && options_.habit == Habit::kVaried && random_.Below(2) == 0) return;
  }
  if (next != NextDeadline()) Fault("Advance() does not tell the next deadline");
}

void SteppedBroker::Rebuild(Timestamp now) {
  if (state_ == nullptr) return;
  Outcome nothing;
  while (broker_->Advance(now, kNoBudget, effects_) <= now) TakeIn(nothing);
  TakeIn(nothing);
  std::unique_ptr<Broker> rebuilt = NewBroker(setup_);
  for (const Record& record : records_) rebuilt->Apply(record);
  twinq::Outcome effects;
  while (rebuilt->Advance(now, kNoBudget, effects) <= now) {
  }
  const std::string before = broker_->Dump();
  const std::string after = rebuilt->Dump();
  if (before != after)
    Fault(absl::StrCat("rebuilt it differs\nBEFORE\n", before, "AFTER\n", after));
  if (!state_->waiters.empty()) return;
  rebuilt->Start(ReceiptKey{1, 2, 3}, effects);
  records_.insert(records_.end(), effects.records.begin(), effects.records.end());
  broker_ = std::move(rebuilt);
  const std::vector<QueueState*> states = broker_->queues();
  state_ = states.front();
  neighbour_.state = states.back();
}

Command SteppedBroker::CommandOf(const Send& send) {
  SendMessages command{.queue = state_->id, .entries = {}, .findings = {}};
  for (const Sending& sending : send.entries) {
    if (sending.malformed) {
      command.findings.push_back({.rank = SendMessages::Finding::Rank::kContent,
                                  .entry = command.entries.size(),
                                  .error = {.code = *sending.malformed}});
    }
    command.entries.push_back(EntryOf(sending));
  }
  return command;
}

SendMessages::Entry SteppedBroker::EntryOf(const Sending& sending) {
  const uint64_t number = sent_.size() + 1;
  sent_.push_back({.name = sending.name, .sequence = {}});
  numbers_.emplace(sending.name, number);
  SendMessages::Entry entry;
  NewMessage& message = entry.message;
  message.id = MessageId::FromBits(number, 0);
  message.delay = sending.delay;
  message.body_bytes = sending.bytes;
  message.body = BodyRef(number);
  if (kind_ == QueueKind::kStandard) return entry;
  message.group = GroupOf(sending.group);
  if (sending.dedup_id) {
    message.dedup = KeyOf(sending.group, *sending.dedup_id);
  } else {
    message.content_dedup = KeyOf(sending.group, ContentId(sending.content));
  }
  return entry;
}

DedupKey SteppedBroker::KeyOf(const std::string& group, const std::string& id) {
  const bool by_group = state_->dedup_scope == DedupScope::kMessageGroup;
  const std::string text = by_group ? absl::StrCat(group, " ", id) : id;
  const uint64_t number = keys_.emplace(text, keys_.size()).first->second;
  return {.high = number, .low = ~number};
}

// As a shard does, the adapter draws the ids of waiters in the order of their arrival.
Command SteppedBroker::CommandOf(const Receive& receive) {
  waiters_.push_back(receive.waiter);
  return ReceiveMessages{.queue = state_->id,
                         .waiter = WaiterId{waiters_.size()},
                         .messages_max = receive.messages_max,
                         .visibility = receive.visibility,
                         .wait = receive.wait};
}

Command SteppedBroker::CommandOf(const Delete& request) const {
  DeleteMessages command{.queue = state_->id, .receipts = {}};
  for (const Handle& handle : request.handles) command.receipts.push_back(ReceiptOf(handle));
  return command;
}

Command SteppedBroker::CommandOf(const ChangeVisibility& change) const {
  twinq::ChangeVisibility command{.queue = state_->id, .entries = {}};
  for (const ChangeVisibility::Entry& entry : change.entries) {
    command.entries.push_back({.receipt = ReceiptOf(entry.handle), .visibility = entry.visibility});
  }
  return command;
}

Command SteppedBroker::CommandOf(const Release& release) const {
  ReleaseDeliveries command{.queue = state_->id, .receipts = {}};
  for (const Handle& handle : release.handles) command.receipts.push_back(ReceiptOf(handle));
  return command;
}

Command SteppedBroker::CommandOf(const CancelWaiter& cancel) const {
  const auto found = std::find(waiters_.begin(), waiters_.end(), cancel.waiter);
  const auto id = static_cast<uint64_t>(found - waiters_.begin()) + 1;
  return twinq::CancelWaiter{.queue = state_->id, .waiter = WaiterId{id}};
}

Command SteppedBroker::CommandOf(const Purge&) const { return PurgeQueue{.queue = state_->id}; }

Command SteppedBroker::CommandOf(const SetAttributes& set) const {
  return SetQueueAttributes{.queue = state_->id, .attributes = set.attributes};
}

// Time comes by Advance() then.
Command SteppedBroker::CommandOf(const Look&) const { TWINQ_CHECK(false); }

// A handle that was never issued is no step; it is taken for another queue's, which is refused.
Receipt SteppedBroker::ReceiptOf(const Handle& handle) const {
  const auto number = numbers_.find(handle.message);
  if (handle.origin == Handle::Origin::kOtherQueue || number == numbers_.end()) {
    return ReceiptOfOtherQueue();
  }
  const std::vector<Receipt>& receipts = sent_[number->second - 1].receipts;
  const bool is_known = handle.delivery >= 1 && handle.delivery <= receipts.size();
  return is_known ? receipts[handle.delivery - 1] : ReceiptOfOtherQueue();
}

Receipt SteppedBroker::ReceiptOfOtherQueue() const {
  if (!neighbour_.receipts.empty()) return neighbour_.receipts.back();
  return {.queue = QueueId(state_->id.value() + 1),
          .slot = 0,
          .sequence = SequenceNumber(1),
          .delivery = 1,
          .received_at = state_->created_at};
}

void SteppedBroker::TakeIn(Outcome& outcome) {
  for (const twinq::Outcome::Answer& answer : effects_.answers) {
    const auto waiter = static_cast<uint64_t>(answer.waiter);
    if (waiter > kNeighbourNumbers) continue;
    const auto* received = std::get_if<MessagesReceived>(&answer.reply);
    if (received == nullptr || waiter == 0 || waiter > waiters_.size()) {
      Fault("an answer with an error, or to nobody");
      continue;
    }
    outcome.answers.push_back({.waiter = waiters_[waiter - 1], .messages = Take(*received)});
  }
  if (options_.habit == Habit::kVaried) {
    records_.insert(records_.end(), effects_.records.begin(), effects_.records.end());
  }
  effects_.Clear();
}

void SteppedBroker::TakeReply(const Step& step, const Reply& reply, Outcome& outcome) {
  if (const auto* error = std::get_if<ApiError>(&reply)) {
    outcome.refused = error->code;
  } else if (const auto* sent = std::get_if<MessagesSent>(&reply)) {
    const Send& send = std::get<Send>(step);
    for (size_t i = 0; i < sent->results.size(); ++i) {
      outcome.results.push_back(Take(send.entries[i], sent->results[i]));
    }
  } else if (const auto* received = std::get_if<MessagesReceived>(&reply)) {
    outcome.messages = Take(*received);
  } else if (const auto* results = std::get_if<EntryResults>(&reply)) {
    for (const std::optional<ApiErrorCode>& result : results->results) {
      outcome.results.push_back({.error = result});
    }
  }
}

EntryResult SteppedBroker::Take(const Sending& sending,
                                const std::variant<SentMessage, ApiError>& result) {
  if (const auto* error = std::get_if<ApiError>(&result)) return {.error = error->code};
  const SentMessage& stored = std::get<SentMessage>(result);
  const uint64_t number = stored.id.high();
  if (number == 0 || number > sent_.size()) {
    Fault("a send was answered with an id that was never sent");
    return {.error = {}, .stored = "unknown"};
  }
  Sent& message = sent_[number - 1];
  const bool is_duplicate = stored.outcome == SentMessage::Outcome::kDuplicate;
  if (is_duplicate != (message.name != sending.name)) Fault("an id that the outcome belies");
  if (!is_duplicate) message.sequence = stored.sequence;
  if (message.sequence != stored.sequence) Fault("not the sequence number of the original");
  return {.error = {}, .stored = message.name};
}

std::vector<Delivered> SteppedBroker::Take(const MessagesReceived& received) {
  std::vector<Delivered> messages;
  for (const MessagesReceived::Entry& entry : received.entries) {
    const Delivery& delivery = entry.delivery;
    const uint64_t number = delivery.id.high();
    const uint32_t count = delivery.receipt.delivery;
    if (number == 0 || number > sent_.size() || count == 0 || count > kDeliveriesMax) {
      Fault("a delivery of what was never sent");
      continue;
    }
    Sent& message = sent_[number - 1];
    if (delivery.body != BodyRef(number)) Fault("a message with the body of another");
    if (delivery.receipt.sequence != message.sequence) Fault("a receipt of another message");
    if (message.receipts.size() < count) message.receipts.resize(count);
    message.receipts[count - 1] = delivery.receipt;
    messages.push_back({.message = message.name,
                        .receive_count = count,
                        .group = delivery.group.text(),
                        .sent_at = delivery.sent_at,
                        .first_received_ms = delivery.first_received_ms});
  }
  return messages;
}

void SteppedBroker::Fault(const std::string& what) {
  if (fault_.empty()) fault_ = what;
}

}  // namespace twinq::model
