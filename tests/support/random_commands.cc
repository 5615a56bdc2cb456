#include "tests/support/random_commands.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/queue/queue.h"
#include "tests/support/messages.h"

namespace twinq {
namespace {

constexpr uint64_t kNames = 6;          // Of each kind.
constexpr size_t kReceiptsMax = 300;    // Remembered.
constexpr uint64_t kGroups = 5;         // Per FIFO queue.
constexpr uint64_t kDuplicateSpan = 8;  // A duplicate repeats one of this many ids before it.

}  // namespace

absl::Duration RandomCommands::NextPause() {
  const uint64_t draw = random_.Below(1'000);
  if (draw < 300) return absl::ZeroDuration();
  if (draw < 900) return absl::Microseconds(random_.Below(50'000));
  if (draw < 990) return absl::Milliseconds(random_.Below(40'000));
  if (draw < 999) return absl::Seconds(random_.Below(600));
  return absl::Minutes(random_.Below(800));
}

Command RandomCommands::Next() {
  creating_.reset();
  receiving_.reset();
  removing_.reset();
  const uint64_t draw = random_.Below(1'000);
  if (queues_.empty() || draw < 15) return Create();
  if (draw < 400) return Send();
  if (draw < 700) return Receive();
  if (draw < 850) return Delete();
  if (draw < 940) return Change();
  if (draw < 960) return Release();
  if (draw < 975) return Cancel();
  if (draw < 985) return Set();
  if (draw < 988) return PurgeQueue{.queue = SomeQueue().first};
  if (draw < 995) {
    return ListQueues{.prefix = random_.Chance(0.5) ? "queue" : "",
                      .after = "",
                      .names_max = static_cast<int>(1 + random_.Below(8))};
  }
  removing_ = SomeQueue().first;
  return DeleteQueue{.queue = *removing_};
}

Command RandomCommands::Create() {
  creating_ = random_.Chance(0.5) ? QueueKind::kStandard : QueueKind::kFifo;
  CreateQueue create{.name = Name(absl::StrCat("queue-", random_.Below(kNames),
                                               *creating_ == QueueKind::kFifo ? ".fifo" : "")),
                     .attributes = Attributes(*creating_)};
  return create;
}

Command RandomCommands::Set() {
  const auto [queue, kind] = SomeQueue();
  return SetQueueAttributes{.queue = queue, .attributes = Attributes(kind)};
}

GivenQueueAttributes RandomCommands::Attributes(QueueKind kind) {
  GivenQueueAttributes given;
  if (random_.Chance(0.3)) given.visibility_timeout = Visibility();
  if (random_.Chance(0.3)) given.receive_wait = absl::Seconds(random_.Below(21));
  if (random_.Chance(0.3)) given.delay = absl::Seconds(random_.Below(30));
  if (random_.Chance(0.3)) given.retention = absl::Seconds(60 + random_.Below(600));
  if (random_.Chance(0.3)) given.message_bytes_max = 1'024;
  if (kind == QueueKind::kFifo && random_.Chance(0.3)) {
    given.content_based_dedup = random_.Chance(0.5);
  }
  return given;
}

Command RandomCommands::Send() {
  const auto [queue, kind] = SomeQueue();
  SendMessages send{.queue = queue, .entries = {}, .findings = {}};
  const uint64_t entries = random_.Chance(0.2) ? 1 + random_.Below(10) : 1;
  for (uint64_t i = 0; i < entries; ++i) {
    NewMessage message = Message(++messages_);
    if (kind == QueueKind::kFifo) {
      message.group = Group(absl::StrCat("group-", random_.Below(kGroups)));
      message.dedup = Dedup(messages_);
      if (random_.Chance(0.2)) message.dedup = Dedup(messages_ - random_.Below(kDuplicateSpan));
      if (random_.Chance(0.1)) message.content_dedup = std::exchange(message.dedup, std::nullopt);
    } else if (random_.Chance(0.2)) {
      message.delay = absl::Seconds(random_.Below(30));
    }
    if (random_.Chance(0.02)) message.body_bytes = 2'000;
    if (random_.Chance(0.02)) {
      send.findings.push_back({.rank = SendMessages::Finding::Rank::kContent,
                               .entry = i,
                               .error = {.code = ApiErrorCode::kInvalidMessageContents}});
    }
    send.entries.push_back({.message = std::move(message), .payload = {}});
  }
  return send;
}

Command RandomCommands::Receive() {
  ReceiveMessages receive{.queue = SomeQueue().first,
                          .waiter = WaiterId{++waiters_},
                          .messages_max = static_cast<int>(1 + random_.Below(10)),
                          .visibility = {},
                          .wait = {}};
  if (random_.Chance(0.5)) receive.visibility = Visibility();
  if (random_.Chance(0.8)) receive.wait = absl::ZeroDuration();
  if (random_.Chance(0.2)) receive.wait = absl::Milliseconds(random_.Below(20'001));
  receiving_ = CancelWaiter{.queue = receive.queue, .waiter = receive.waiter};
  return receive;
}

Command RandomCommands::Delete() {
  DeleteMessages remove{.queue = {}, .receipts = {SomeReceipt()}};
  remove.queue = remove.receipts.front().queue;
  while (random_.Chance(0.3)) {
    if (const Receipt more = SomeReceipt(); more.queue == remove.queue) {
      remove.receipts.push_back(more);
    }
  }
  return remove;
}

Command RandomCommands::Change() {
  const Receipt receipt = SomeReceipt();
  return ChangeVisibility{.queue = receipt.queue,
                          .entries = {{.receipt = receipt, .visibility = Visibility()}}};
}

Command RandomCommands::Release() {
  const Receipt receipt = SomeReceipt();
  return ReleaseDeliveries{.queue = receipt.queue, .receipts = {receipt}};
}

Command RandomCommands::Cancel() {
  if (waiting_.empty()) return CancelWaiter{.queue = SomeQueue().first, .waiter = WaiterId{}};
  return waiting_[random_.Below(waiting_.size())];
}

absl::Duration RandomCommands::Visibility() {
  const uint64_t draw = random_.Below(100);
  if (draw < 20) return absl::ZeroDuration();
  if (draw < 60) return absl::Seconds(5 * random_.Below(7));
  if (draw < 95) return absl::Milliseconds(random_.Below(90'000));
  return absl::Seconds(random_.Below(43'201));
}

Receipt RandomCommands::SomeReceipt() {
  if (receipts_.empty()) {
    return {.queue = SomeQueue().first,
            .slot = 1'000'000,
            .sequence = {},
            .delivery = 1,
            .received_at = {}};
  }
  // Mostly one of the last few, which may still be in flight.
  const uint64_t age = random_.Below(random_.Chance(0.7) ? 10 : kReceiptsMax);
  return receipts_[receipts_.size() - 1 - std::min<size_t>(age, receipts_.size() - 1)];
}

std::pair<QueueId, QueueKind> RandomCommands::SomeQueue() {
  if (queues_.empty() || random_.Chance(0.01)) return {QueueId(1 << 30), QueueKind::kFifo};
  const Known& known = queues_[random_.Below(queues_.size())];
  return {known.id, known.kind};
}

void RandomCommands::Learn(const std::optional<Reply>& reply, const Outcome& outcome) {
  if (reply.has_value()) {
    Learn(*reply);
  } else {
    TWINQ_CHECK(receiving_.has_value());  // Only a receive waits.
    waiting_.push_back(*receiving_);
  }
  for (const Outcome::Answer& answer : outcome.answers) {
    std::erase_if(waiting_, [&](const CancelWaiter& w) { return w.waiter == answer.waiter; });
    Learn(answer.reply);
  }
  if (removing_.has_value()) {
    std::erase_if(queues_, [this](const Known& known) { return known.id == *removing_; });
  }
}

void RandomCommands::LearnQueues(const std::vector<const QueueState*>& queues) {
  queues_.clear();
  for (const QueueState* queue : queues) queues_.push_back({queue->id, queue->kind});
}

void RandomCommands::Learn(const Reply& reply) {
  if (const auto* created = std::get_if<QueueCreated>(&reply)) {
    TWINQ_CHECK(creating_.has_value());  // Only a CreateQueue creates.
    const bool is_known = std::any_of(queues_.begin(), queues_.end(), [&](const Known& known) {
      return known.id == created->queue;
    });
    if (!is_known) queues_.push_back({.id = created->queue, .kind = *creating_});
  } else if (const auto* received = std::get_if<MessagesReceived>(&reply)) {
    for (const auto& entry : received->entries) receipts_.push_back(entry.delivery.receipt);
    if (receipts_.size() > kReceiptsMax) {
      receipts_.erase(receipts_.begin(), receipts_.end() - static_cast<ptrdiff_t>(kReceiptsMax));
    }
  }
}

std::vector<CancelWaiter> RandomCommands::Waiting() const { return waiting_; }

}  // namespace twinq
