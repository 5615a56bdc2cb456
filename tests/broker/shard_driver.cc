#include "tests/broker/shard_driver.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"

#include "tests/support/describe.h"
#include "tests/support/messages.h"

namespace twinq {

std::string SentCommand::heard() const { return is_answered ? Describe(reply) : "held"; }

std::string SentCommand::bodies() const {
  const auto* received = is_answered ? std::get_if<MessagesReceived>(&reply) : nullptr;
  if (received == nullptr) return heard();
  std::vector<absl::string_view> bodies;
  for (const MessagesReceived::Entry& entry : received->entries) {
    bodies.push_back(entry.payload->body());
  }
  return absl::StrJoin(bodies, " ");
}

const Delivery& SentCommand::delivery(size_t place) const {
  return std::get<MessagesReceived>(reply).entries.at(place).delivery;
}

Timestamp ShardDriver::BeginOfTime() { return At(absl::ZeroDuration()); }

std::unique_ptr<ShardDriver> ShardDriver::Started(Journal& journal) {
  auto driver = std::make_unique<ShardDriver>(journal);
  EXPECT_TRUE(driver->Start().ok());
  driver->Sync();
  return driver;
}

SentCommand& ShardDriver::Execute(Command command) {
  commands_.push_back(std::make_unique<SentCommand>());
  SentCommand& sent = *commands_.back();
  sent.command = std::move(command);
  shard_.Execute(now_, sent);
  return sent;
}

SentCommand& ShardDriver::Create(absl::string_view name) {
  return Execute(CreateQueue{.name = Name(name), .attributes = {}});
}

SentCommand& ShardDriver::Send(QueueId queue, absl::string_view body, absl::string_view group,
                               uint64_t dedup) {
  NewMessage message = Message(++messages_);
  message.body = {};
  message.body_bytes = static_cast<uint32_t>(body.size());
  if (!group.empty()) {
    message.group = Group(group);
    message.dedup = Dedup(dedup == 0 ? messages_ + 1'000'000 : dedup);
  }
  SendMessages send{.queue = queue, .entries = {}};
  send.entries.push_back({.message = std::move(message), .payload = Payload::Create(body)});
  return Execute(std::move(send));
}

SentCommand& ShardDriver::Receive(QueueId queue, int messages_max, absl::Duration wait) {
  return Execute(ReceiveMessages{
      .queue = queue, .waiter = {}, .messages_max = messages_max, .visibility = {}, .wait = wait});
}

SentCommand& ShardDriver::Delete(QueueId queue, const Receipt& receipt) {
  return Execute(DeleteMessages{.queue = queue, .receipts = {receipt}});
}

void ShardDriver::Flush() {
  shard_.Flush();
  TakeReleased();
}

void ShardDriver::Sync() {
  Flush();
  while (shard_.WantsSync()) {
    std::unique_ptr<SyncTicket> ticket = shard_.BeginSync();
    absl::Status outcome = ticket->Run();
    EndSync(std::move(ticket), std::move(outcome));
  }
}

void ShardDriver::EndSync(std::unique_ptr<SyncTicket> ticket, absl::Status outcome) {
  shard_.OnSynced(std::move(ticket), std::move(outcome));
  TakeReleased();
}

void ShardDriver::TakeReleased() {
  for (PendingCommand* command : shard_.TakeReleased()) {
    auto& sent = static_cast<SentCommand&>(*command);
    EXPECT_FALSE(sent.is_answered) << "answered twice";
    sent.OnReply();
    answered_.push_back(&sent);
  }
}

}  // namespace twinq
