#include "server/runtime/queue_survey.h"

#include <memory>
#include <string>
#include <variant>

#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/volatile_journal.h"
#include "platform/thread.h"
#include "tests/server/runtime/gated_journal.h"
#include "tests/server/runtime/running_shard.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

// A clock that is a minute later at each look.
class LeapingClock : public Clock {
 public:
  absl::Time Now() const override { return absl::UnixEpoch() + absl::Minutes(++looks_); }

 private:
  mutable int looks_ = 0;
};

class QueueSurveyTest : public ::testing::Test {
 protected:
  VolatileJournal journal_;
  RunningShard shard_{journal_};
  QueueSurvey survey_{shard_.runner, shard_.clock};
};

TEST_F(QueueSurveyTest, SumsUpAllQueues) {
  const QueueId jobs = shard_.MakeQueue("jobs");
  const QueueId orders = shard_.MakeQueue("orders.fifo");
  shard_.Ask(Send(jobs, "a"));
  shard_.Ask(Send(jobs, "b"));
  shard_.Ask(Receive(jobs, 1, absl::ZeroDuration()));
  shard_.Ask(SendToGroup(orders, "g", "c"));
  shard_.clock.Advance(absl::Seconds(5));

  const auto figures = survey_.Read();

  EXPECT_EQ(figures->queues, 2u);
  EXPECT_EQ(figures->totals.counts, (QueueCounts{.available = 2, .in_flight = 1}));
  EXPECT_EQ(figures->totals.groups, 1u);
  EXPECT_EQ(figures->totals.dedup_entries, 1u);
  EXPECT_EQ(figures->oldest_message_age, absl::Seconds(5));
  ASSERT_EQ(figures->named.size(), 2u);
  EXPECT_EQ(figures->named[0].name, "jobs");
  EXPECT_EQ(figures->named[1].name, "orders.fifo");
}

TEST_F(QueueSurveyTest, OfManyQueuesTheFirstByNameAreNamed) {
  for (int i = 2 * static_cast<int>(QueueSurvey::kNamedMax); i > 0; --i) {
    shard_.MakeQueue(absl::StrFormat("queue-%04d", i));
  }

  const auto figures = survey_.Read();

  EXPECT_EQ(figures->queues, 2 * QueueSurvey::kNamedMax);
  ASSERT_EQ(figures->named.size(), QueueSurvey::kNamedMax);
  EXPECT_EQ(figures->named.front().name, "queue-0001");
  EXPECT_EQ(figures->named.back().name, "queue-1000");
}

TEST_F(QueueSurveyTest, AServerThatEndsIsReadAsItWasLast) {
  shard_.MakeQueue("jobs");
  survey_.Read();

  shard_.runner.Drain();

  EXPECT_EQ(survey_.Read()->queues, 1u);
}

TEST_F(QueueSurveyTest, WithoutAnyReadThereIsNothing) {
  shard_.runner.Drain();

  EXPECT_EQ(survey_.Read(), nullptr);
}

TEST(StuckQueueSurveyTest, AShardThatDoesNotAnswerIsNotAskedAgain) {
  GatedJournal journal;
  RunningShard shard(journal);
  const QueueId queue = shard.MakeQueue("jobs");
  const LeapingClock clock;
  QueueSurvey survey(shard.runner, clock);
  TestCommand send(shard.board, Send(queue, "a"));
  journal.syncs.Close();
  const platform::Thread sender("sender", [&] { EXPECT_THAT(shard.runner.Submit(send), IsOk()); });
  journal.syncs.AwaitSomebody();

  EXPECT_EQ(survey.Read(), nullptr);
  const size_t held = shard.runner.figures().held_replies;
  EXPECT_EQ(survey.Read(), nullptr);

  EXPECT_EQ(shard.runner.figures().held_replies, held);
  journal.syncs.Open();
  send.AwaitReply();
}

}  // namespace
}  // namespace twinq
