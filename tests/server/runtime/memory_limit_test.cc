#include "server/runtime/memory_limit.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "gtest/gtest.h"

#include "core/model/queue_name.h"
#include "journal/volatile_journal.h"
#include "tests/server/runtime/running_shard.h"

namespace twinq {
namespace {

constexpr uint64_t kMax = 10'000'000;
constexpr QueueId kQueue = QueueId(1);

Command Create() { return CreateQueue{.name = *QueueName::Parse("jobs"), .attributes = {}}; }

class MemoryLimitTest : public ::testing::Test {
 protected:
  bool Passes(const Command& command, uint64_t used_bytes) {
    return !limit_.Judge(command, used_bytes).has_value();
  }

  MemoryLimit limit_{kMax};
};

TEST_F(MemoryLimitTest, AtTheLimitSendsAndNewQueuesAreRefused) {
  EXPECT_TRUE(Passes(Send(kQueue, "body"), 0));
  EXPECT_TRUE(Passes(Create(), 0));

  EXPECT_EQ(limit_.Judge(Send(kQueue, "body"), kMax),
            (ApiError{.code = ApiErrorCode::kMemoryFull, .value = "10000000"}));
  EXPECT_FALSE(Passes(Create(), kMax));
}

TEST_F(MemoryLimitTest, AnythingElsePassesHoweverMuchIsInUse) {
  EXPECT_TRUE(Passes(Receive(kQueue, 1, absl::ZeroDuration()), 2 * kMax));
  EXPECT_TRUE(Passes(DeleteMessages{.queue = kQueue, .receipts = {Receipt()}}, 2 * kMax));
  EXPECT_TRUE(Passes(
      ChangeVisibility{.queue = kQueue, .entries = {{.receipt = Receipt(), .visibility = {}}}},
      2 * kMax));
  EXPECT_TRUE(Passes(PurgeQueue{kQueue}, 2 * kMax));
  EXPECT_TRUE(Passes(DeleteQueue{kQueue}, 2 * kMax));
}

TEST_F(MemoryLimitTest, AMessagePassesIfThereIsRoomForIt) {
  const Command send = Send(kQueue, std::string(1'000'000, 'x'));

  EXPECT_TRUE(Passes(send, kMax - 1'100'000));
  EXPECT_FALSE(Passes(send, kMax - 1'000'000));
  EXPECT_TRUE(Passes(Send(kQueue, "small"), kMax - 1'000'000));
}

// In a runner.
TEST_F(MemoryLimitTest, AFullShardHasRoomAgainOnceMessagesAreDeleted) {
  VolatileJournal journal;
  RunningShard server(journal, {.memory_limit = &limit_});
  const QueueId queue = server.MakeQueue("jobs");
  int sent = 0;
  const auto send_once = [&] {
    return std::holds_alternative<MessagesSent>(
        server.Ask(Send(queue, std::string(1'000'000, 'x'))));
  };
  while (send_once()) ++sent;
  EXPECT_EQ(sent, 9);
  EXPECT_FALSE(send_once());

  const Reply reply = server.Ask(Receive(queue, 1, absl::ZeroDuration()));
  const auto& received = std::get<MessagesReceived>(reply);
  ASSERT_EQ(received.entries.size(), 1u);
  EXPECT_FALSE(send_once());
  server.Ask(DeleteMessages{.queue = queue, .receipts = {received.entries[0].delivery.receipt}});

  EXPECT_TRUE(send_once());
}

}  // namespace
}  // namespace twinq
