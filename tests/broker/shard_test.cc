#include "broker/shard.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/volatile_journal.h"
#include "tests/broker/shard_driver.h"
#include "tests/support/failing_journal.h"
#include "tests/support/messages.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

// Without a journal that keeps records nothing is ever waited for.
class VolatileShardTest : public ::testing::Test {
 protected:
  QueueId Create(absl::string_view name) {
    SentCommand& create = driver_->Create(name);
    driver_->Flush();
    return create.created();
  }

  VolatileJournal journal_;
  std::unique_ptr<ShardDriver> driver_ = ShardDriver::Started(journal_);
};

TEST_F(VolatileShardTest, AnswersAreReleasedByTheFlush) {
  const QueueId queue = Create("jobs");
  const SentCommand& send = driver_->Send(queue, "hello");
  EXPECT_EQ(send.heard(), "held");

  driver_->Flush();

  EXPECT_TRUE(send.is_answered);
  EXPECT_FALSE(driver_->shard().WantsSync());
}

TEST_F(VolatileShardTest, BodiesComeBackAsTheyWere) {
  const QueueId queue = Create("jobs");
  const std::string body("with\0zero", 9);
  driver_->Send(queue, body);
  driver_->Send(queue, "");
  const SentCommand& receive = driver_->Receive(queue, 10);
  driver_->Flush();

  EXPECT_EQ(receive.bodies(), body + " ");
}

TEST_F(VolatileShardTest, ABodyOutlivesItsMessageWhileAnAnswerHoldsIt) {
  const QueueId queue = Create("jobs");
  driver_->Send(queue, "hello");
  const SentCommand& receive = driver_->Receive(queue);
  driver_->Flush();

  driver_->Delete(queue, receive.delivery().receipt);
  driver_->Execute(DeleteQueue{queue});
  driver_->Flush();

  EXPECT_EQ(receive.bodies(), "hello");
}

TEST_F(VolatileShardTest, ADuplicatesBodyIsLetGo) {
  const QueueId queue = Create("jobs.fifo");
  driver_->Send(queue, "first", "g", 7);
  driver_->Send(queue, "second", "g", 7);
  const SentCommand& receive = driver_->Receive(queue, 10);
  driver_->Flush();

  EXPECT_EQ(receive.bodies(), "first");
}

TEST_F(VolatileShardTest, ASendToNoQueueIsAnsweredAndItsBodyLetGo) {
  const SentCommand& send = driver_->Send(QueueId(99), "hello");
  driver_->Flush();

  EXPECT_EQ(send.heard(), "QueueDoesNotExist(,)");
}

TEST_F(VolatileShardTest, AWaitingReceiveIsAnsweredWhenAMessageComes) {
  const QueueId queue = Create("jobs");
  const SentCommand& receive = driver_->Receive(queue, 1, absl::Seconds(20));
  driver_->Flush();
  EXPECT_EQ(receive.heard(), "held");

  driver_->Send(queue, "hello");
  driver_->Flush();

  EXPECT_EQ(receive.bodies(), "hello");
}

TEST_F(VolatileShardTest, AWaitEndsWhenTimeIsAdvanced) {
  const QueueId queue = Create("jobs");
  const SentCommand& receive = driver_->Receive(queue, 1, absl::Seconds(20));
  EXPECT_EQ(driver_->Advance(), driver_->now() + absl::Seconds(20));

  driver_->Wait(absl::Seconds(20));
  EXPECT_EQ(driver_->Advance(), Timestamp::Infinite());
  driver_->Flush();

  EXPECT_EQ(receive.heard(), "received");
}

TEST_F(VolatileShardTest, ACancelledReceiveIsAnsweredWithNothing) {
  const QueueId queue = Create("jobs");
  SentCommand& receive = driver_->Receive(queue, 1, absl::Seconds(20));

  driver_->Cancel(receive);
  driver_->Flush();
  EXPECT_EQ(receive.heard(), "received");
  driver_->Cancel(receive);
  driver_->Send(queue, "hello");
  driver_->Flush();

  EXPECT_EQ(receive.heard(), "received");
}

TEST_F(VolatileShardTest, CancellingWhatDoesNotWaitIsNothing) {
  const QueueId queue = Create("jobs");
  SentCommand& send = driver_->Send(queue, "hello");
  SentCommand& receive = driver_->Receive(queue);

  driver_->Cancel(send);
  driver_->Cancel(receive);
  driver_->Flush();

  EXPECT_EQ(receive.bodies(), "hello");
}

TEST_F(VolatileShardTest, CancelAllAnswersInOrderOfArrival) {
  const QueueId a = Create("a");
  const QueueId b = Create("b");
  std::vector<const SentCommand*> waiting;
  for (int i = 0; i < 20; ++i) {
    waiting.push_back(&driver_->Receive(i % 2 == 0 ? a : b, 1, absl::Seconds(20)));
  }
  const size_t answered_before = driver_->answered().size();

  driver_->shard().CancelAll(driver_->now());
  driver_->Flush();

  EXPECT_EQ(std::vector<const SentCommand*>(
                driver_->answered().begin() + static_cast<ptrdiff_t>(answered_before),
                driver_->answered().end()),
            waiting);
}

TEST_F(VolatileShardTest, ItsTimeNeverGoesBack) {
  const QueueId queue = Create("jobs");
  driver_->Wait(absl::Seconds(10));
  driver_->Send(queue, "early");
  driver_->SetBack(absl::Seconds(8));
  driver_->Send(queue, "late");
  const SentCommand& receive = driver_->Receive(queue, 10);
  driver_->Flush();

  EXPECT_EQ(receive.bodies(), "early late");
  EXPECT_EQ(receive.delivery(1).sent_at, At(absl::Seconds(10)));
}

TEST_F(VolatileShardTest, TheDirectoryFollowsTheQueues) {
  const QueueId queue = Create("jobs.fifo");
  const auto before = driver_->shard().directory();
  ASSERT_NE(before->Find("jobs.fifo"), nullptr);
  EXPECT_EQ(before->Find("jobs.fifo")->id, queue);
  EXPECT_EQ(before->Find("jobs.fifo")->kind, QueueKind::kFifo);

  driver_->Execute(DeleteQueue{queue});
  driver_->Flush();

  EXPECT_EQ(driver_->shard().directory()->Find("jobs.fifo"), nullptr);
  EXPECT_NE(before->Find("jobs.fifo"), nullptr);
}

TEST_F(VolatileShardTest, AQueueDeletedAndCreatedAgainInOneFlushIsInTheDirectory) {
  const QueueId first = Create("jobs");
  driver_->Execute(DeleteQueue{first});
  driver_->Wait(kDeletedNameInterval);
  const SentCommand& second = driver_->Create("jobs");
  driver_->Flush();

  EXPECT_EQ(driver_->shard().directory()->Find("jobs")->id, second.created());
}

// A failed append or sync is final.
class FailingShardTest : public ::testing::TestWithParam<FailingJournal::Fault> {
 protected:
  FailingShardTest() {
    SentCommand& create = driver_->Create("jobs");
    driver_->Sync();
    queue_ = create.created();
  }

  FailingJournal journal_;
  std::unique_ptr<ShardDriver> driver_ = ShardDriver::Started(journal_);
  QueueId queue_;
};

TEST_P(FailingShardTest, HeldRepliesBecomeInternalFailures) {
  journal_.Break(GetParam());
  const SentCommand& send = driver_->Send(queue_, "hello");
  const SentCommand& receive = driver_->Receive(queue_);

  driver_->Sync();

  EXPECT_EQ(send.heard(), "InternalFailure(,)");
  EXPECT_EQ(receive.heard(), "InternalFailure(,)");
  EXPECT_FALSE(driver_->shard().failure().ok());
  EXPECT_EQ(driver_->shard().held_replies(), 0u);
}

TEST_P(FailingShardTest, WaitingReceivesAreAnsweredInOrderOfArrival) {
  std::vector<const SentCommand*> waiting;
  for (int i = 0; i < 20; ++i) waiting.push_back(&driver_->Receive(queue_, 1, absl::Seconds(20)));
  driver_->Flush();
  const size_t answered_before = driver_->answered().size();
  journal_.Break(GetParam());
  driver_->Create("other");

  driver_->Sync();

  ASSERT_EQ(driver_->answered().size(), answered_before + 21);
  EXPECT_EQ(std::vector<const SentCommand*>(
                driver_->answered().begin() + static_cast<ptrdiff_t>(answered_before) + 1,
                driver_->answered().end()),
            waiting);
  EXPECT_EQ(waiting.front()->heard(), "InternalFailure(,)");
}

TEST_P(FailingShardTest, LaterCommandsAreRefusedAndNothingIsDueAnyMore) {
  SentCommand& waiting = driver_->Receive(queue_, 1, absl::Seconds(20));
  journal_.Break(GetParam());
  driver_->Send(queue_, "hello");
  driver_->Sync();

  const SentCommand& later = driver_->Send(queue_, "later");
  driver_->Cancel(waiting);
  driver_->shard().CancelAll(driver_->now());
  driver_->Flush();

  EXPECT_EQ(later.heard(), "InternalFailure(,)");
  EXPECT_EQ(driver_->Advance(), Timestamp::Infinite());
  EXPECT_FALSE(driver_->shard().WantsSync());
}

TEST_P(FailingShardTest, WhatWasDurableBeforeStaysAnswered) {
  const SentCommand& send = driver_->Send(queue_, "hello");
  driver_->Sync();
  const std::string heard = send.heard();
  journal_.Break(GetParam());
  driver_->Send(queue_, "lost");

  driver_->Sync();

  EXPECT_EQ(send.heard(), heard);
  EXPECT_THAT(heard, ::testing::StartsWith("sent "));
}

TEST_P(FailingShardTest, AQueueThatWasNotDurableIsNotInTheDirectory) {
  journal_.Break(GetParam());
  driver_->Create("other");

  driver_->Sync();

  EXPECT_EQ(driver_->shard().directory()->Find("other"), nullptr);
  EXPECT_NE(driver_->shard().directory()->Find("jobs"), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Faults, FailingShardTest,
                         ::testing::Values(FailingJournal::Fault::kAppend,
                                           FailingJournal::Fault::kSync),
                         [](const auto& test) {
                           return test.param == FailingJournal::Fault::kAppend ? "Append" : "Sync";
                         });

}  // namespace
}  // namespace twinq
