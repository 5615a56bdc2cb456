// Group commit: when syncs run, in which thread, and what waits for them.

#include <memory>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/model/queue_name.h"
#include "platform/thread.h"
#include "server/runtime/shard_runner.h"
#include "tests/server/runtime/gated_journal.h"
#include "tests/server/runtime/running_shard.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kNoWait = absl::ZeroDuration();
constexpr absl::Duration kLongWait = absl::Seconds(20);

class ShardRunnerSyncTest : public ::testing::Test {
 protected:
  // Submits from a thread of its own, which then stands before the closed gate of the syncs.
  platform::Thread SubmitAndStandInSync(TestCommand& command) {
    journal_.syncs.Close();
    platform::Thread submitter("submitter", [this, &command] {
      submitter_ = std::this_thread::get_id();
      ASSERT_THAT(server_.runner.Submit(command), IsOk());
    });
    journal_.syncs.AwaitSomebody();
    return submitter;
  }
  size_t syncs() const { return journal_.sync_threads().size(); }

  GatedJournal journal_;
  RunningShard server_{journal_};
  QueueId queue_ = server_.MakeQueue("jobs");
  QueueId fifo_ = server_.MakeQueue("jobs.fifo");
  std::thread::id submitter_;
};

TEST_F(ShardRunnerSyncTest, AReplyLeavesOnlyWhenItsRecordIsDurable) {
  TestCommand send(server_.board, Send(queue_, "a"));
  platform::Thread submitter = SubmitAndStandInSync(send);

  EXPECT_EQ(send.reply_count(), 0);

  journal_.syncs.Open();
  send.AwaitReply();
}

TEST_F(ShardRunnerSyncTest, ADuplicateIsNotAcknowledgedBeforeItsOriginalIsDurable) {
  TestCommand original(server_.board, SendToGroup(fifo_, "g", "a"));
  TestCommand duplicate(server_.board, SendToGroup(fifo_, "g", "a"));
  platform::Thread submitter = SubmitAndStandInSync(original);

  ASSERT_THAT(server_.runner.Submit(duplicate), IsOk());
  EXPECT_EQ(duplicate.reply_count(), 0);

  journal_.syncs.Open();
  duplicate.AwaitReply();
  const auto& sent = std::get<SentMessage>(std::get<MessagesSent>(duplicate.reply).results[0]);
  EXPECT_EQ(sent.outcome, SentMessage::Outcome::kDuplicate);
}

TEST_F(ShardRunnerSyncTest, TheDirectoryShowsAQueueOnlyWhenItIsDurable) {
  TestCommand create(server_.board,
                     CreateQueue{.name = *QueueName::Parse("new"), .attributes = {}});
  platform::Thread submitter = SubmitAndStandInSync(create);

  EXPECT_EQ(server_.runner.directory()->Find("new"), nullptr);

  journal_.syncs.Open();
  create.AwaitReply();
  EXPECT_NE(server_.runner.directory()->Find("new"), nullptr);
}

TEST_F(ShardRunnerSyncTest, TheOnlyWaitingReplyIsSyncedByTheThreadThatAsked) {
  TestCommand send(server_.board, Send(queue_, "a"));
  server_.clock.Advance(absl::Milliseconds(1));  // Since the queues were made.

  ASSERT_THAT(server_.runner.Submit(send), IsOk());

  EXPECT_EQ(send.reply_count(), 1);
  EXPECT_EQ(journal_.sync_threads().back(), std::this_thread::get_id());
}

// One who has many commands at hand must not stand in a sync for each of them.
TEST_F(ShardRunnerSyncTest, AThreadThatAsksAgainAtOnceDoesNotSyncAgain) {
  TestCommand first(server_.board, Send(queue_, "first"));
  TestCommand second(server_.board, Send(queue_, "second"));
  server_.clock.Advance(absl::Milliseconds(1));
  ASSERT_THAT(server_.runner.Submit(first), IsOk());

  ASSERT_THAT(server_.runner.Submit(second), IsOk());

  second.AwaitReply();
  EXPECT_NE(journal_.sync_threads().back(), std::this_thread::get_id());
}

TEST_F(ShardRunnerSyncTest, SeveralWaitingRepliesAreSyncedByTheSyncThread) {
  TestCommand receive(server_.board, Receive(queue_, 1, kNoWait));
  TestCommand first(server_.board, Send(queue_, "first"));
  TestCommand second(server_.board, Send(queue_, "second"));
  server_.Ask(Send(queue_, "a"));
  const size_t syncs_before = syncs();
  // A delivery of a standard queue is appended without a sync, so this holds the strand and no
  // more.
  journal_.appends.Close();
  std::thread::id holder_id;
  platform::Thread holder("holder", [&] {
    holder_id = std::this_thread::get_id();
    ASSERT_THAT(server_.runner.Submit(receive), IsOk());
  });
  journal_.appends.AwaitSomebody();
  ASSERT_THAT(server_.runner.Submit(first), IsOk());
  ASSERT_THAT(server_.runner.Submit(second), IsOk());

  journal_.appends.Open();
  first.AwaitReply();
  second.AwaitReply();

  holder.Join();
  ASSERT_EQ(syncs(), syncs_before + 1);
  EXPECT_NE(journal_.sync_threads().back(), holder_id);
  EXPECT_NE(journal_.sync_threads().back(), std::this_thread::get_id());
}

TEST_F(ShardRunnerSyncTest, CommandsAreHandledAndAppendedWhileASyncRuns) {
  TestCommand first(server_.board, Send(queue_, "first"));
  TestCommand second(server_.board, Send(queue_, "second"));
  platform::Thread submitter = SubmitAndStandInSync(first);
  const size_t appended_before = journal_.appended_records();

  ASSERT_THAT(server_.runner.Submit(second), IsOk());

  EXPECT_EQ(journal_.appended_records(), appended_before + 1);
  EXPECT_EQ(second.reply_count(), 0);
  journal_.syncs.Open();
  second.AwaitReply();
}

TEST_F(ShardRunnerSyncTest, NoThreadSyncsTwiceInARow) {
  TestCommand first(server_.board, Send(queue_, "first"));
  TestCommand second(server_.board, Send(queue_, "second"));
  platform::Thread submitter = SubmitAndStandInSync(first);
  ASSERT_THAT(server_.runner.Submit(second), IsOk());

  journal_.syncs.LetOneThrough();

  // The first sync was begun before the second send was appended, so that one needs another.
  first.AwaitReply();
  journal_.syncs.AwaitSomebody();
  EXPECT_EQ(second.reply_count(), 0);
  // While the second sync runs, the thread of the first is free again.
  submitter.Join();
  EXPECT_NE(journal_.sync_threads().back(), submitter_);
  journal_.syncs.Open();
  second.AwaitReply();
}

TEST_F(ShardRunnerSyncTest, DeliveriesOfAStandardQueueAreNotWaitedForAndThoseOfAFifoQueueAre) {
  server_.Ask(Send(queue_, "a"));
  server_.Ask(SendToGroup(fifo_, "g", "a"));
  const size_t syncs_before = syncs();

  server_.Ask(Receive(queue_, 1, kNoWait));
  EXPECT_EQ(syncs(), syncs_before);

  server_.Ask(Receive(fifo_, 1, kNoWait));
  EXPECT_EQ(syncs(), syncs_before + 1);
}

TEST_F(ShardRunnerSyncTest, ALongPollIsAnsweredWhenTheMessageIsDurable) {
  TestCommand poll(server_.board, Receive(queue_, 1, kLongWait));
  ASSERT_THAT(server_.runner.Submit(poll), IsOk());
  TestCommand send(server_.board, Send(queue_, "a"));
  platform::Thread submitter = SubmitAndStandInSync(send);

  EXPECT_EQ(poll.reply_count(), 0);

  journal_.syncs.Open();
  poll.AwaitReply();
  EXPECT_THAT(Bodies(poll.received()), ElementsAre("a"));
}

TEST_F(ShardRunnerSyncTest, AFailedSyncAnswersAllThatWaitsAndAllThatComesWithAnInternalFailure) {
  TestCommand poll(server_.board, Receive(fifo_, 1, kLongWait));
  ASSERT_THAT(server_.runner.Submit(poll), IsOk());
  TestCommand syncing(server_.board, Send(queue_, "a"));
  TestCommand appended(server_.board, Send(queue_, "b"));
  platform::Thread submitter = SubmitAndStandInSync(syncing);
  ASSERT_THAT(server_.runner.Submit(appended), IsOk());

  journal_.EndSyncsWith(absl::DataLossError("the disk is gone"));
  journal_.syncs.Open();

  for (TestCommand* command : {&poll, &syncing, &appended}) {
    command->AwaitReply();
    EXPECT_EQ(command->error(), ApiErrorCode::kInternalFailure);
  }
  const Reply later = server_.Ask(Receive(queue_, 1, kNoWait));
  EXPECT_EQ(std::get<ApiError>(later).code, ApiErrorCode::kInternalFailure);
}

TEST_F(ShardRunnerSyncTest, DrainWaitsForNoSync) {
  TestCommand poll(server_.board, Receive(fifo_, 1, kLongWait));
  ASSERT_THAT(server_.runner.Submit(poll), IsOk());
  TestCommand send(server_.board, Send(queue_, "a"));
  platform::Thread submitter = SubmitAndStandInSync(send);

  server_.runner.Drain();

  EXPECT_EQ(send.reply_count(), 0);
  journal_.syncs.Open();
  send.AwaitReply();
  poll.AwaitReply();
  EXPECT_THAT(poll.received().entries, IsEmpty());
}

TEST_F(ShardRunnerSyncTest, AStartIsSyncedBeforeTheFirstCommand) {
  GatedJournal journal;
  ManualClock clock(absl::UnixEpoch());
  Shard shard(journal);
  ASSERT_THAT(shard.Start(ReceiptKey{}), IsOk());
  ShardRunner runner(shard, {.queues = clock, .intervals = clock}, {});

  ASSERT_THAT(runner.Start(), IsOk());

  EXPECT_EQ(journal.synced_up_to().durable.value(), journal.appended_records());
  runner.Stop();
}

TEST_F(ShardRunnerSyncTest, AStartFailsIfItCannotBeSynced) {
  GatedJournal journal;
  journal.EndSyncsWith(absl::DataLossError("the disk is gone"));
  ManualClock clock(absl::UnixEpoch());
  Shard shard(journal);
  ASSERT_THAT(shard.Start(ReceiptKey{}), IsOk());
  ShardRunner runner(shard, {.queues = clock, .intervals = clock}, {});

  EXPECT_THAT(runner.Start(), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace twinq
