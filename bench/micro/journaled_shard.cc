#include "bench/micro/journaled_shard.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "bench/micro/engine.h"
#include "core/base/check.h"
#include "core/model/limits.h"
#include "core/model/message_id.h"
#include "core/model/queue_name.h"

namespace twinq::bench {
namespace {

constexpr size_t kBatch = 10;

std::unique_ptr<FileJournal> Open(FileSystem& files, const std::string& folder) {
  auto opened = FileJournal::Open(files, folder, {.new_log_id = 1});
  TWINQ_CHECK(opened.ok());
  return *std::move(opened);
}

}  // namespace

JournaledShard::JournaledShard(const std::string& folder, uint64_t slack_bytes)
    : journal_(Open(files_, folder)),
      shard_(*journal_, ReplyWhen::kDurable, LogCleaner::OptionsFor(slack_bytes)) {}

QueueId JournaledShard::Create(absl::string_view name) {
  Execute(CreateQueue{.name = *QueueName::Parse(name), .attributes = {}});
  Commit();
  return created_;
}

void JournaledShard::SendTen(QueueId queue, const std::string& body) {
  SendMessages send{.queue = queue, .entries = {}};
  for (size_t i = 0; i < kBatch; ++i) {
    SendMessages::Entry& entry = send.entries.emplace_back();
    entry.message.id = MessageId::FromRandomBits(random_.Next(), random_.Next());
    entry.message.body_bytes = static_cast<uint32_t>(body.size());
    entry.payload = Payload::Create(body);
    now_ = now_ + kStep;
  }
  Execute(std::move(send));
}

void JournaledShard::ReceiveTen(QueueId queue) {
  ReceiveMessages receive;
  receive.queue = queue;
  receive.messages_max = kReceiveMessagesMax;
  receive.wait = absl::ZeroDuration();
  Execute(receive);
}

void JournaledShard::DeleteReceived(QueueId queue) {
  for (size_t i = 0; i < received_.size(); i += kBatch) {
    DeleteMessages deletion{.queue = queue, .receipts = {}};
    const size_t end = std::min(i + kBatch, received_.size());
    for (size_t j = i; j < end; ++j) deletion.receipts.push_back(received_[j]);
    Execute(std::move(deletion));
  }
  received_.clear();
}

void JournaledShard::Execute(Command command) {
  Asked& asked = asked_.emplace_back();
  asked.command = std::move(command);
  times_.execute.Measure([&] { shard_.Execute(now_, asked); });
}

void JournaledShard::Commit() {
  times_.advance.Measure([&] { return shard_.Advance(now_, Engine::kSlice); });
  times_.flush.Measure([&] { shard_.Flush(); });
  while (shard_.held_replies() > 0) Sync();
  TakeReplies();
}

void JournaledShard::Sync() {
  std::unique_ptr<SyncTicket> ticket = shard_.BeginSync();
  absl::Status outcome = ticket->Run();
  times_.on_synced.Measure([&] { shard_.OnSynced(std::move(ticket), std::move(outcome)); });
  TWINQ_CHECK(shard_.failure().ok());
}

void JournaledShard::TakeReplies() {
  TWINQ_CHECK(shard_.TakeReleased().size() == asked_.size());
  for (const Asked& asked : asked_) {
    TWINQ_CHECK(!std::holds_alternative<ApiError>(asked.reply));
    if (const auto* created = std::get_if<QueueCreated>(&asked.reply)) created_ = created->queue;
    if (const auto* received = std::get_if<MessagesReceived>(&asked.reply)) {
      for (const auto& entry : received->entries) received_.push_back(entry.delivery.receipt);
    }
  }
  asked_.clear();
}

}  // namespace twinq::bench
