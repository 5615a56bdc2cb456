// No reply leaves before what it depends on is durable, and none waits for more.

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "broker/shard.h"
#include "journal/memory_journal.h"
#include "tests/broker/shard_driver.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;

// Two queues, each with two messages, of which one is in flight; all of it durable.
class DurabilityTest : public ::testing::Test {
 protected:
  DurabilityTest() {
    const SentCommand& jobs = driver_->Create("jobs");
    const SentCommand& fifo = driver_->Create("jobs.fifo");
    driver_->Sync();
    jobs_ = jobs.created();
    fifo_ = fifo.created();
    for (const char* body : {"one", "two"}) {
      driver_->Send(jobs_, body);
      driver_->Send(fifo_, body, body);
    }
    const SentCommand& of_jobs = driver_->Receive(jobs_);
    const SentCommand& of_fifo = driver_->Receive(fifo_);
    driver_->Sync();
    of_jobs_ = of_jobs.delivery().receipt;
    of_fifo_ = of_fifo.delivery().receipt;
  }

  MemoryJournal journal_;
  std::unique_ptr<ShardDriver> driver_ = ShardDriver::Started(journal_);
  QueueId jobs_;
  QueueId fifo_;
  Receipt of_jobs_;
  Receipt of_fifo_;
};

TEST(StartDurabilityTest, NothingIsAnsweredBeforeTheStartIsDurable) {
  MemoryJournal journal;
  ShardDriver driver(journal);
  ASSERT_THAT(driver.Start(), IsOk());
  const SentCommand& list = driver.Execute(ListQueues{.prefix = "", .after = "", .names_max = 1});

  driver.Flush();
  EXPECT_EQ(list.heard(), "held");
  EXPECT_TRUE(driver.shard().WantsSync());
  driver.Sync();

  EXPECT_EQ(list.heard(), "names ");
}

TEST(StartDurabilityTest, WhatIsAskedAfterItsFlushWaitsForItToo) {
  MemoryJournal journal;
  ShardDriver driver(journal);
  ASSERT_THAT(driver.Start(), IsOk());
  driver.Flush();
  const SentCommand& list = driver.Execute(ListQueues{.prefix = "", .after = "", .names_max = 1});

  driver.Flush();
  EXPECT_EQ(list.heard(), "held");
  driver.Sync();

  EXPECT_EQ(list.heard(), "names ");
}

enum class Step : uint8_t {
  kCreateQueue,
  kCreateQueueAgain,
  kDeleteQueue,
  kSend,
  kSendTwice,
  kReceiveFifo,
  kDelete,
  kDeleteFifo,
  kChange,
  kErrorAfterChange,
  kEmptyReceiveAfterChange,
  kListAfterChange,
  kReceiveOfUnsyncedSend,
};

absl::string_view StepName(Step step) {
  switch (step) {
    case Step::kCreateQueue:
      return "CreateQueue";
    case Step::kCreateQueueAgain:
      return "QueueThatIsNotDurableYet";
    case Step::kDeleteQueue:
      return "DeleteQueue";
    case Step::kSend:
      return "Send";
    case Step::kSendTwice:
      return "DuplicateOfUnsyncedOriginal";
    case Step::kReceiveFifo:
      return "FifoReceive";
    case Step::kDelete:
      return "Delete";
    case Step::kDeleteFifo:
      return "FifoDelete";
    case Step::kChange:
      return "ChangeVisibility";
    case Step::kErrorAfterChange:
      return "ErrorAfterUnsyncedChange";
    case Step::kEmptyReceiveAfterChange:
      return "ReceiveAfterUnsyncedChange";
    case Step::kListAfterChange:
      return "ListAfterUnsyncedChange";
    case Step::kReceiveOfUnsyncedSend:
      return "ReceiveOfUnsyncedSend";
  }
  return "Unknown";
}

class HeldReplyTest : public DurabilityTest, public ::testing::WithParamInterface<Step> {
 protected:
  // The command whose reply is looked at; what comes before it in the same flush is part of the
  // step.
  SentCommand& Take(Step step) {
    switch (step) {
      case Step::kCreateQueue:
        return driver_->Create("other");
      case Step::kCreateQueueAgain:
        driver_->Create("other");
        return driver_->Create("other");
      case Step::kDeleteQueue:
        return driver_->Execute(DeleteQueue{jobs_});
      case Step::kSend:
        return driver_->Send(jobs_, "three");
      case Step::kSendTwice:
        driver_->Send(fifo_, "three", "g", 7);
        return driver_->Send(fifo_, "three", "g", 7);
      case Step::kReceiveFifo:
        return driver_->Receive(fifo_);
      case Step::kDelete:
        return driver_->Delete(jobs_, of_jobs_);
      case Step::kDeleteFifo:
        return driver_->Delete(fifo_, of_fifo_);
      case Step::kChange:
        return Change();
      case Step::kErrorAfterChange:
        Change();
        return driver_->Send(QueueId(99), "nowhere");
      case Step::kEmptyReceiveAfterChange:
        driver_->Execute(DeleteQueue{jobs_});
        return driver_->Receive(fifo_, 1);
      case Step::kListAfterChange:
        Change();
        return driver_->Execute(ListQueues{.prefix = "", .after = "", .names_max = 1});
      case Step::kReceiveOfUnsyncedSend:
        driver_->Receive(jobs_, 10);
        driver_->Send(jobs_, "three");
        return driver_->Receive(jobs_);
    }
    return driver_->Create("not reached");
  }

 private:
  SentCommand& Change() {
    return driver_->Execute(ChangeVisibility{
        .queue = jobs_, .entries = {{.receipt = of_jobs_, .visibility = absl::Seconds(5)}}});
  }
};

TEST_P(HeldReplyTest, WaitsForTheSyncThatCoversIt) {
  const SentCommand& command = Take(GetParam());
  driver_->Flush();
  EXPECT_EQ(command.heard(), "held");
  EXPECT_TRUE(driver_->shard().WantsSync());

  driver_->EndSync(driver_->BeginSync());

  EXPECT_NE(command.heard(), "held");
  EXPECT_EQ(driver_->shard().held_replies(), 0u);
  EXPECT_FALSE(driver_->shard().WantsSync());
}

TEST_P(HeldReplyTest, IsNotReleasedByASyncThatBeganBefore) {
  driver_->Send(jobs_, "earlier");
  driver_->Flush();
  std::unique_ptr<SyncTicket> ticket = driver_->BeginSync();
  const SentCommand& command = Take(GetParam());
  driver_->Flush();
  EXPECT_FALSE(driver_->shard().WantsSync());

  driver_->EndSync(std::move(ticket));
  EXPECT_EQ(command.heard(), "held");
  EXPECT_TRUE(driver_->shard().WantsSync());
  driver_->EndSync(driver_->BeginSync());

  EXPECT_NE(command.heard(), "held");
}

INSTANTIATE_TEST_SUITE_P(Steps, HeldReplyTest,
                         ::testing::Values(Step::kCreateQueue, Step::kCreateQueueAgain,
                                           Step::kDeleteQueue, Step::kSend, Step::kSendTwice,
                                           Step::kReceiveFifo, Step::kDelete, Step::kDeleteFifo,
                                           Step::kChange, Step::kErrorAfterChange,
                                           Step::kEmptyReceiveAfterChange, Step::kListAfterChange,
                                           Step::kReceiveOfUnsyncedSend),
                         [](const auto& test) { return std::string(StepName(test.param)); });

TEST_F(DurabilityTest, AStandardReceiveIsNotHeldByItsOwnDelivery) {
  const SentCommand& receive = driver_->Receive(jobs_);

  driver_->Flush();

  EXPECT_EQ(receive.bodies(), "two");
  EXPECT_FALSE(driver_->shard().WantsSync());
}

TEST_F(DurabilityTest, AStandardReceiveThatWaitedIsNotHeldByItsOwnDelivery) {
  driver_->Receive(jobs_, 10);
  const SentCommand& receive = driver_->Receive(jobs_, 10, absl::Minutes(10));
  driver_->Flush();
  driver_->Wait(absl::Seconds(30));

  driver_->Advance();
  driver_->Flush();

  EXPECT_EQ(receive.bodies(), "one two");
}

TEST_F(DurabilityTest, WhatWasHandledBeforeAChangeIsNotHeldByIt) {
  const SentCommand& list = driver_->Execute(ListQueues{.prefix = "", .after = "", .names_max = 9});
  const SentCommand& receive = driver_->Receive(jobs_);
  const SentCommand& send = driver_->Send(jobs_, "three");

  driver_->Flush();

  EXPECT_EQ(list.heard(), "names jobs jobs.fifo");
  EXPECT_EQ(receive.bodies(), "two");
  EXPECT_EQ(send.heard(), "held");
}

TEST_F(DurabilityTest, WithNothingUnsyncedAnEmptyReceiveIsNotHeld) {
  driver_->Receive(fifo_, 10);
  driver_->Sync();

  const SentCommand& receive = driver_->Receive(fifo_);
  driver_->Flush();

  EXPECT_EQ(receive.heard(), "received");
}

TEST_F(DurabilityTest, AFifoReceiveThatWaitedIsHeldByItsDelivery) {
  driver_->Receive(fifo_, 10);
  driver_->Sync();
  const SentCommand& receive = driver_->Receive(fifo_, 10, absl::Minutes(10));
  driver_->Flush();
  driver_->Wait(absl::Seconds(30));

  driver_->Advance();
  driver_->Flush();
  EXPECT_EQ(receive.heard(), "held");
  driver_->Sync();

  EXPECT_EQ(receive.bodies(), "one two");
}

TEST_F(DurabilityTest, RepliesAreReleasedInTheOrderOfHandling) {
  const SentCommand& first = driver_->Send(jobs_, "three");
  driver_->Flush();
  const SentCommand& second = driver_->Receive(jobs_);
  const SentCommand& third = driver_->Execute(DeleteQueue{fifo_});
  const size_t before = driver_->answered().size();

  driver_->Sync();

  EXPECT_EQ(
      std::vector<const SentCommand*>(driver_->answered().begin() + static_cast<ptrdiff_t>(before),
                                      driver_->answered().end()),
      (std::vector<const SentCommand*>{&first, &second, &third}));
}

TEST_F(DurabilityTest, BeforeAFlushNothingIsReleasedByASync) {
  driver_->Send(jobs_, "flushed");
  driver_->Flush();
  std::unique_ptr<SyncTicket> ticket = driver_->BeginSync();
  const SentCommand& unflushed = driver_->Send(jobs_, "unflushed");

  driver_->EndSync(std::move(ticket));
  EXPECT_EQ(unflushed.heard(), "held");
  driver_->Sync();

  EXPECT_NE(unflushed.heard(), "held");
}

TEST_F(DurabilityTest, ABodyIsPinnedWhileItsAnswerIsHeldThoughTheMessageIsDeleted) {
  const SentCommand& receive = driver_->Receive(fifo_);
  driver_->Flush();
  std::unique_ptr<SyncTicket> ticket = driver_->BeginSync();
  driver_->Execute(DeleteQueue{fifo_});
  driver_->Flush();
  EXPECT_EQ(receive.heard(), "held");

  driver_->EndSync(std::move(ticket));

  EXPECT_EQ(receive.bodies(), "two");
}

TEST_F(DurabilityTest, TheDirectoryShowsAQueueWhenItIsDurableAndBeforeItsReply) {
  SentCommand& create = driver_->Create("other");
  EXPECT_EQ(driver_->shard().directory()->Find("other"), nullptr);
  driver_->shard().Flush();
  EXPECT_EQ(driver_->shard().directory()->Find("other"), nullptr);

  driver_->shard().OnSynced(driver_->BeginSync(), absl::OkStatus());

  ASSERT_NE(driver_->shard().directory()->Find("other"), nullptr);
  EXPECT_EQ(driver_->shard().directory()->Find("other")->id, create.created());
  EXPECT_THAT(driver_->shard().TakeReleased(), ElementsAre(&create));
}

TEST_F(DurabilityTest, TheDirectoryShowsADeletedQueueUntilTheDeletionIsDurable) {
  driver_->Execute(DeleteQueue{jobs_});
  driver_->Flush();
  EXPECT_NE(driver_->shard().directory()->Find("jobs"), nullptr);

  driver_->Sync();

  EXPECT_EQ(driver_->shard().directory()->Find("jobs"), nullptr);
}

}  // namespace
}  // namespace twinq
