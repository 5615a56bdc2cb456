#include "tests/server/runtime/running_shard.h"

#include <cstdint>
#include <utility>

#include "absl/hash/hash.h"

#include "broker/payload.h"
#include "core/base/check.h"
#include "core/model/group_id.h"
#include "core/model/message_id.h"
#include "core/model/queue_name.h"

namespace twinq {

TestCommand::TestCommand(ReplyBoard& board, Command asked) : board_(board) {
  command = std::move(asked);
}

void TestCommand::AwaitReply() {
  const platform::MutexLock lock(board_.mutex);
  while (reply_count_ == 0) board_.changed.Wait(board_.mutex);
}

int TestCommand::reply_count() const {
  const platform::MutexLock lock(board_.mutex);
  return reply_count_;
}

void TestCommand::OnReply() {
  const platform::MutexLock lock(board_.mutex);
  ++reply_count_;
  board_.changed.NotifyAll();
}

RunningShard::RunningShard(Journal& journal, ShardRunner::Options options, ReplyWhen reply_when)
    : clock(absl::FromUnixSeconds(1'700'000'000)),
      shard(journal, reply_when),
      runner(shard, {.queues = clock, .intervals = clock}, std::move(options)) {
  TWINQ_CHECK(shard.Start(ReceiptKey{1, 2, 3}).ok());
  TWINQ_CHECK(runner.Start().ok());
}

Reply RunningShard::Ask(Command asked) {
  TestCommand command(board, std::move(asked));
  TWINQ_CHECK(runner.Submit(command).ok());
  command.AwaitReply();
  return std::move(command.reply);
}

QueueId RunningShard::MakeQueue(const std::string& name) {
  const Reply reply = Ask(CreateQueue{.name = *QueueName::Parse(name), .attributes = {}});
  return std::get<QueueCreated>(reply).queue;
}

Command SendToGroup(QueueId queue, absl::string_view group, absl::string_view body) {
  SendMessages send;
  send.queue = queue;
  SendMessages::Entry& entry = send.entries.emplace_back();
  const uint64_t hash = absl::HashOf(body);
  entry.message.id = MessageId::FromRandomBits(hash, ~hash);
  if (!group.empty()) {
    entry.message.group = *GroupId::Parse(group);
    entry.message.dedup = DedupKey{.high = hash, .low = ~hash};
  }
  entry.message.body_bytes = static_cast<uint32_t>(body.size());
  entry.payload = Payload::Create(body);
  return send;
}

Command Send(QueueId queue, absl::string_view body) { return SendToGroup(queue, "", body); }

Command Receive(QueueId queue, int messages_max, absl::Duration wait) {
  ReceiveMessages receive;
  receive.queue = queue;
  receive.messages_max = messages_max;
  receive.wait = wait;
  return receive;
}

std::vector<std::string> Bodies(const MessagesReceived& received) {
  std::vector<std::string> bodies;
  bodies.reserve(received.entries.size());
  for (const MessagesReceived::Entry& entry : received.entries) {
    bodies.emplace_back(entry.payload->body());
  }
  return bodies;
}

}  // namespace twinq
