// Replies that leave when they are written, and the syncs that follow: never later than asked for,
// also when nobody asks for anything any more.

#include <cstddef>
#include <memory>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"

#include "platform/thread.h"
#include "server/runtime/shard_runner.h"
#include "tests/server/runtime/gated_journal.h"
#include "tests/server/runtime/running_shard.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

constexpr absl::Duration kInterval = absl::Milliseconds(20);
constexpr absl::Duration kNoWait = absl::ZeroDuration();

class ShardRunnerIntervalTest : public ::testing::Test {
 protected:
  ShardRunnerIntervalTest() { SyncAll(); }

  // What there is to be synced is, and nothing is due.
  void SyncAll() {
    Pass(kInterval);
    AwaitDurable();
  }
  void Pass(absl::Duration span) {
    server_.clock.Advance(span);
    server_.runner.RunDue();
  }
  // A sync in another thread ends when it ends: the shard is asked until it has.
  void AwaitDurable() {
    while (unsynced() > 0) server_.Ask(ListQueues{.prefix = "", .after = "", .names_max = 1});
  }
  size_t syncs() const { return journal_.full_syncs(); }
  size_t commits() const { return journal_.sync_threads().size(); }
  uint64_t unsynced() const {
    return journal_.appended_records() - journal_.synced_up_to().durable.value();
  }

  GatedJournal journal_;
  RunningShard server_{journal_, {.sync_interval = kInterval}, ReplyWhen::kWritten};
  QueueId queue_ = server_.MakeQueue("jobs");
};

TEST_F(ShardRunnerIntervalTest, AReplyLeavesWhenItsRecordIsWrittenAndBeforeItIsDurable) {
  const size_t syncs_before = syncs();
  const size_t commits_before = commits();

  server_.Ask(Send(queue_, "a"));

  EXPECT_EQ(commits(), commits_before + 1);
  EXPECT_EQ(syncs(), syncs_before);
  EXPECT_EQ(unsynced(), 1u);
}

TEST_F(ShardRunnerIntervalTest, AReplyDoesNotLeaveBeforeItsRecordIsWritten) {
  TestCommand send(server_.board, Send(queue_, "a"));
  journal_.syncs.Close();
  platform::Thread submitter("submitter",
                             [&] { ASSERT_THAT(server_.runner.Submit(send), IsOk()); });
  journal_.syncs.AwaitSomebody();

  EXPECT_EQ(send.reply_count(), 0);

  journal_.syncs.Open();
  send.AwaitReply();
}

TEST_F(ShardRunnerIntervalTest, TheOnlyWaitingReplyIsWrittenByTheThreadThatAsked) {
  // The sync thread may still hold the strand, and then it writes what it finds there.
  for (int tries = 0; tries < 1'000; ++tries) {
    server_.clock.Advance(absl::Milliseconds(1));
    server_.Ask(Send(queue_, "a"));
    if (journal_.sync_threads().back() == std::this_thread::get_id()) break;
  }

  EXPECT_EQ(journal_.sync_threads().back(), std::this_thread::get_id());
}

TEST_F(ShardRunnerIntervalTest, TheSyncComesAfterTheIntervalWithoutFurtherCommands) {
  server_.Ask(Send(queue_, "a"));
  const size_t syncs_before = syncs();

  Pass(kInterval - absl::Nanoseconds(1));
  EXPECT_EQ(syncs(), syncs_before);
  Pass(absl::Nanoseconds(1));

  EXPECT_EQ(syncs(), syncs_before + 1);
  AwaitDurable();
}

TEST_F(ShardRunnerIntervalTest, TheIntervalBeginsWithTheFirstRecordThatIsNotDurable) {
  server_.Ask(Send(queue_, "a"));
  const size_t syncs_before = syncs();
  server_.clock.Advance(kInterval / 2);
  server_.Ask(Send(queue_, "b"));

  Pass(kInterval / 2);

  EXPECT_EQ(syncs(), syncs_before + 1);
  AwaitDurable();
}

TEST_F(ShardRunnerIntervalTest, WithNothingToSyncNothingIsSynced) {
  const size_t commits_before = commits();

  for (int i = 0; i < 3; ++i) Pass(kInterval);

  EXPECT_EQ(commits(), commits_before);
}

TEST_F(ShardRunnerIntervalTest, DeliveriesThatNobodyWaitsForAreSyncedToo) {
  server_.Ask(Send(queue_, "a"));
  SyncAll();
  server_.Ask(Receive(queue_, 1, kNoWait));
  EXPECT_EQ(unsynced(), 1u);

  SyncAll();

  EXPECT_EQ(unsynced(), 0u);
}

TEST_F(ShardRunnerIntervalTest, ASyncThatFallsDueDuringAWriteFollowsIt) {
  TestCommand send(server_.board, Send(queue_, "a"));
  TestCommand next(server_.board, Send(queue_, "b"));
  server_.Ask(Send(queue_, "0"));
  const size_t syncs_before = syncs();
  journal_.syncs.Close();
  platform::Thread submitter("submitter",
                             [&] { ASSERT_THAT(server_.runner.Submit(send), IsOk()); });
  journal_.syncs.AwaitSomebody();
  ASSERT_THAT(server_.runner.Submit(next), IsOk());
  Pass(kInterval);
  EXPECT_EQ(syncs(), syncs_before);

  journal_.syncs.Open();
  send.AwaitReply();
  next.AwaitReply();
  submitter.Join();

  EXPECT_EQ(syncs(), syncs_before + 1);
  EXPECT_EQ(unsynced(), 0u);
}

TEST_F(ShardRunnerIntervalTest, WhatIsHandledDuringASyncIsSyncedWithinAnotherInterval) {
  server_.Ask(Send(queue_, "a"));
  TestCommand send(server_.board, Send(queue_, "b"));
  journal_.syncs.Close();
  Pass(kInterval);
  journal_.syncs.AwaitSomebody();
  ASSERT_THAT(server_.runner.Submit(send), IsOk());
  EXPECT_EQ(send.reply_count(), 0);
  journal_.syncs.Open();
  send.AwaitReply();
  EXPECT_EQ(unsynced(), 1u);
  const size_t syncs_before = syncs();

  Pass(kInterval);

  EXPECT_EQ(syncs(), syncs_before + 1);
  AwaitDurable();
}

TEST_F(ShardRunnerIntervalTest, AStartIsDurableBeforeTheFirstCommand) {
  GatedJournal journal;
  RunningShard server(journal, {.sync_interval = kInterval}, ReplyWhen::kWritten);

  EXPECT_EQ(journal.synced_up_to().durable.value(), journal.appended_records());
}

TEST_F(ShardRunnerIntervalTest, AfterAStopEverythingIsDurable) {
  server_.Ask(Send(queue_, "a"));
  ASSERT_EQ(unsynced(), 1u);

  server_.runner.Stop();

  EXPECT_EQ(unsynced(), 0u);
  EXPECT_THAT(server_.runner.failure(), IsOk());
}

TEST_F(ShardRunnerIntervalTest, AFailedSyncAfterTheReplyIsAFailureAllTheSame) {
  server_.Ask(Send(queue_, "a"));
  journal_.EndSyncsWith(absl::DataLossError("the disk is gone"));

  server_.runner.Stop();

  EXPECT_THAT(server_.runner.failure(), StatusIs(absl::StatusCode::kDataLoss));
}

// The same under the level that waits for syncs: there, only deliveries can be left.
TEST(ShardRunnerStopTest, MakesDurableWhatNobodyWaitedFor) {
  GatedJournal journal;
  RunningShard server(journal);
  const QueueId queue = server.MakeQueue("jobs");
  server.Ask(Send(queue, "a"));
  server.Ask(Receive(queue, 1, kNoWait));
  ASSERT_LT(journal.synced_up_to().durable.value(), journal.appended_records());

  server.runner.Stop();

  EXPECT_EQ(journal.synced_up_to().durable.value(), journal.appended_records());
}

TEST(ShardRunnerFailureTest, IsToldOnceAndRepeatsNoSync) {
  GatedJournal journal;
  int times_told = 0;
  RunningShard server(journal, {.on_failure = [&times_told] { ++times_told; }});
  const QueueId queue = server.MakeQueue("jobs");
  EXPECT_THAT(server.runner.failure(), IsOk());
  journal.EndSyncsWith(absl::DataLossError("the disk is gone"));
  const Reply first = server.Ask(Send(queue, "a"));
  const size_t syncs_before = journal.sync_threads().size();
  journal.EndSyncsWith(absl::OkStatus());

  const Reply second = server.Ask(Send(queue, "b"));
  server.runner.Stop();

  EXPECT_EQ(std::get<ApiError>(first).code, ApiErrorCode::kInternalFailure);
  EXPECT_EQ(std::get<ApiError>(second).code, ApiErrorCode::kInternalFailure);
  EXPECT_THAT(server.runner.failure(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(journal.sync_threads().size(), syncs_before);
  EXPECT_EQ(times_told, 1);
}

}  // namespace
}  // namespace twinq
