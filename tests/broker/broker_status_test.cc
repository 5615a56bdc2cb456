// GetQueueStatus and ListQueueStatuses, and what a shard says of itself: for those who watch.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "broker/broker.h"
#include "journal/memory_journal.h"
#include "tests/broker/broker_driver.h"
#include "tests/broker/shard_driver.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StatusTest : public ::testing::Test {
 protected:
  QueueStatus StatusOf(QueueId queue) {
    return std::get<QueueStatus>(*driver_.Do(GetQueueStatus{queue}));
  }
  QueueStatuses List(const std::string& after, int queues_max) {
    return std::get<QueueStatuses>(
        *driver_.Do(ListQueueStatuses{.after = after, .queues_max = queues_max}));
  }

  BrokerDriver driver_;
};

std::vector<std::string> NamesOf(const QueueStatuses& page) {
  std::vector<std::string> names;
  for (const QueueStatus& queue : page.queues) names.push_back(queue.name);
  return names;
}

TEST_F(StatusTest, CountsMessagesByState) {
  const QueueId queue = driver_.Create("jobs");
  driver_.Send(queue, {1, 2, 3});
  driver_.Receive(queue);

  const QueueStatus status = StatusOf(queue);

  EXPECT_EQ(status.name, "jobs");
  EXPECT_EQ(status.stats.counts, (QueueCounts{.available = 2, .in_flight = 1}));
}

TEST_F(StatusTest, AMessageThatIsReceivedStillAges) {
  const QueueId queue = driver_.Create("jobs");
  driver_.Send(queue, 1);
  driver_.Wait(absl::Seconds(5));
  driver_.Send(queue, 2);
  driver_.Receive(queue);
  driver_.Wait(absl::Seconds(2));

  EXPECT_EQ(StatusOf(queue).oldest_message_age, absl::Seconds(7));
}

TEST_F(StatusTest, AnEmptyQueueHasNoAge) {
  const QueueId queue = driver_.Create("jobs");
  driver_.Send(queue, 1);
  driver_.Receive(queue);
  driver_.Delete(queue, 1);

  EXPECT_EQ(StatusOf(queue).oldest_message_age, std::nullopt);
}

TEST_F(StatusTest, CountsReceivesThatWait) {
  const QueueId queue = driver_.Create("jobs");
  driver_.Receive(queue, {.wait = absl::Seconds(20)});
  driver_.Receive(queue, {.wait = absl::Seconds(20)});

  EXPECT_EQ(StatusOf(queue).waiting_receives, 2u);
}

TEST_F(StatusTest, AGroupIsBlockedWhileItsFirstMessageIsInFlight) {
  const QueueId queue = driver_.Create("orders.fifo");
  driver_.Send(queue, {1, 2}, "a");
  driver_.Send(queue, 3, "b");
  driver_.Receive(queue);

  const QueueStats stats = StatusOf(queue).stats;

  EXPECT_EQ(stats.groups, 2u);
  EXPECT_EQ(stats.blocked_groups, 1u);
  EXPECT_EQ(stats.dedup_entries, 3u);
}

TEST_F(StatusTest, OneQueueIsBroughtUpToDateFirst) {
  const QueueId queue = driver_.Create("jobs");
  driver_.Send(queue, 1);
  driver_.Receive(queue, {.visibility = absl::Seconds(5)});
  driver_.Wait(absl::Seconds(5));

  EXPECT_EQ(StatusOf(queue).stats.counts.available, 1u);
}

TEST_F(StatusTest, AQueueThatIsNotThereIsAnError) {
  const std::optional<Reply> reply = driver_.Do(GetQueueStatus{QueueId(77)});

  EXPECT_EQ(std::get<ApiError>(*reply).code, ApiErrorCode::kQueueDoesNotExist);
}

TEST_F(StatusTest, PagesGoThroughAllQueuesByName) {
  for (const char* name : {"c", "a", "d", "b"}) driver_.Create(name);

  const QueueStatuses first = List("", 2);
  const QueueStatuses second = List(first.queues.back().name, 2);

  EXPECT_THAT(NamesOf(first), ElementsAre("a", "b"));
  EXPECT_TRUE(first.more);
  EXPECT_THAT(NamesOf(second), ElementsAre("c", "d"));
  EXPECT_FALSE(second.more);
  EXPECT_THAT(NamesOf(List("d", 2)), IsEmpty());
}

TEST_F(StatusTest, LookingChangesNothing) {
  const QueueId queue = driver_.Create("jobs");
  driver_.Send(queue, 1);
  const std::string before = driver_.broker().Dump();

  StatusOf(queue);
  List("", 10);

  EXPECT_EQ(driver_.broker().Dump(), before);
}

TEST(ShardFiguresTest, SayWhatThereIs) {
  MemoryJournal journal;
  const auto driver = ShardDriver::Started(journal);
  SentCommand& created = driver->Create("jobs");
  driver->Sync();
  const uint64_t appended_before = driver->shard().figures().appended_bytes;

  driver->Send(created.created(), "four");
  driver->Flush();

  const Shard::Figures figures = driver->shard().figures();
  EXPECT_EQ(figures.queues, 1u);
  EXPECT_EQ(figures.slots_used, 1u);
  EXPECT_EQ(figures.held_replies, 1u);
  EXPECT_GE(figures.memory.bodies, 4u);
  EXPECT_GT(figures.appended_bytes, appended_before);
  EXPECT_GT(figures.log_end, figures.log_begin);
  driver->Sync();
  EXPECT_EQ(driver->shard().figures().held_replies, 0u);
}

}  // namespace
}  // namespace twinq
