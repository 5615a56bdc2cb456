// What a shard says of its memory: by account, exact, and back where it was.

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "broker/memory_accounts.h"
#include "broker/shard.h"
#include "core/model/limits.h"
#include "journal/volatile_journal.h"
#include "tests/broker/shard_driver.h"

namespace twinq {
namespace {

class ShardMemoryTest : public ::testing::Test {
 protected:
  QueueId Create(absl::string_view name) {
    SentCommand& create = driver_->Create(name);
    driver_->Flush();
    return create.created();
  }
  MemoryAccounts memory() { return driver_->shard().memory(); }
  void DeleteAll(QueueId queue) {
    for (;;) {
      const SentCommand& receive = driver_->Receive(queue, 10);
      driver_->Flush();
      const auto& entries = std::get<MessagesReceived>(receive.reply).entries;
      if (entries.empty()) return;
      for (const auto& entry : entries) driver_->Delete(queue, entry.delivery.receipt);
    }
  }
  void Pass(absl::Duration span) {
    driver_->Wait(span);
    driver_->Advance();
    driver_->Flush();
  }

  VolatileJournal journal_;
  std::unique_ptr<ShardDriver> driver_ = ShardDriver::Started(journal_);
};

TEST_F(ShardMemoryTest, AnEmptyShardHasNothing) { EXPECT_EQ(memory(), MemoryAccounts()); }

TEST_F(ShardMemoryTest, EachThingCountsWhereItBelongs) {
  const QueueId queue = Create("jobs.fifo");
  const MemoryAccounts before = memory();
  EXPECT_GT(before.queues, 0u);

  driver_->Send(queue, std::string(1'000, 'x'), "group", 1);
  driver_->Send(queue, std::string(1'000, 'x'), "group", 2);

  EXPECT_EQ(memory().queues, before.queues);
  EXPECT_GT(memory().messages, 0u);
  EXPECT_GE(memory().bodies, 2'000u);
  EXPECT_GT(memory().groups, 0u);
  EXPECT_GT(memory().dedup, 0u);
  EXPECT_EQ(memory().waiters, 0u);
}

TEST_F(ShardMemoryTest, AWaiterCountsWhileItWaits) {
  const QueueId queue = Create("jobs");
  const MemoryAccounts before = memory();

  SentCommand& ends = driver_->Receive(queue, 1, absl::Seconds(1));
  driver_->Receive(queue, 1, absl::Seconds(20));
  SentCommand& cancelled = driver_->Receive(queue, 1, absl::Seconds(20));
  const uint64_t three = memory().waiters;
  driver_->Cancel(cancelled);
  EXPECT_EQ(memory().waiters, three / 3 * 2);
  Pass(absl::Seconds(1));
  EXPECT_EQ(memory().waiters, three / 3);
  driver_->Send(queue, "hello");
  driver_->Flush();

  EXPECT_GT(three, 0u);
  EXPECT_TRUE(ends.is_answered);
  EXPECT_EQ(memory().waiters, before.waiters);
}

TEST_F(ShardMemoryTest, AfterADrainAndTheDedupWindowItIsWhereItWas) {
  const QueueId standard = Create("jobs");
  const QueueId fifo = Create("jobs.fifo");
  const MemoryAccounts before = memory();
  for (int i = 0; i < 1'000; ++i) {
    driver_->Send(standard, std::string(static_cast<size_t>(i), 'x'));
    driver_->Send(fifo, absl::StrCat("message ", i), absl::StrCat("group-", i % 100),
                  static_cast<uint64_t>(i) + 1);
  }
  driver_->Flush();

  DeleteAll(standard);
  DeleteAll(fifo);
  EXPECT_GT(memory().dedup, before.dedup);
  Pass(kDedupWindow);

  EXPECT_EQ(memory(), before);
}

TEST_F(ShardMemoryTest, PurgedMessagesCountUntilTheyAreFreed) {
  const QueueId queue = Create("jobs.fifo");
  const MemoryAccounts before = memory();
  for (uint64_t i = 1; i <= 5'000; ++i) driver_->Send(queue, "body", absl::StrCat(i), i);

  driver_->Execute(PurgeQueue{queue});
  EXPECT_GT(memory().messages, before.messages);
  EXPECT_GT(memory().bodies, before.bodies);
  driver_->Advance();

  EXPECT_EQ(memory(), before);
}

// But for its name, which is taken for a while.
TEST_F(ShardMemoryTest, ARemovedQueueLeavesNothing) {
  const QueueId queue = Create("jobs.fifo");
  driver_->Send(queue, "body", "group", 1);
  driver_->Receive(queue, 10, absl::Seconds(20));
  driver_->Receive(queue, 10, absl::Seconds(20));

  driver_->Execute(DeleteQueue{queue});
  Pass(kDeletedNameInterval);

  EXPECT_EQ(memory(), MemoryAccounts());
}

}  // namespace
}  // namespace twinq
