#include "server/runtime/shard_runner.h"

#include <memory>
#include <utility>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/model/queue_name.h"
#include "journal/volatile_journal.h"
#include "platform/thread.h"
#include "tests/server/runtime/gated_journal.h"
#include "tests/server/runtime/running_shard.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kNoWait = absl::ZeroDuration();
constexpr absl::Duration kLongWait = absl::Seconds(20);
constexpr absl::Duration kVisibility = absl::Seconds(30);  // Every queue's default.

class ShardRunnerTest : public ::testing::Test {
 protected:
  // A receive that waits from when this returns on.
  void BeginLongPoll(TestCommand& command) {
    ASSERT_THAT(server_.runner.Submit(command), IsOk());
    ASSERT_EQ(command.reply_count(), 0);
  }
  TestCommand LongPoll() { return {server_.board, Receive(queue_, 10, kLongWait)}; }
  std::vector<std::string> ReceiveBodies() {
    return Bodies(std::get<MessagesReceived>(server_.Ask(Receive(queue_, 10, kNoWait))));
  }

  VolatileJournal journal_;
  RunningShard server_{journal_};
  QueueId queue_ = server_.MakeQueue("jobs");
};

TEST_F(ShardRunnerTest, ACommandIsAnsweredBeforeSubmitReturnsIfNobodyHoldsTheStrand) {
  TestCommand send(server_.board, Send(queue_, "a"));

  ASSERT_THAT(server_.runner.Submit(send), IsOk());

  EXPECT_EQ(send.reply_count(), 1);
}

TEST_F(ShardRunnerTest, ASendFromAnotherThreadAnswersTheLongPoll) {
  TestCommand poll = LongPoll();
  BeginLongPoll(poll);

  platform::Thread sender("sender", [this] { server_.Ask(Send(queue_, "a")); });

  poll.AwaitReply();
  EXPECT_THAT(Bodies(poll.received()), ElementsAre("a"));
}

TEST_F(ShardRunnerTest, ALongPollEndsEmptyExactlyAfterItsWait) {
  TestCommand poll = LongPoll();
  BeginLongPoll(poll);

  server_.clock.Advance(kLongWait - absl::Nanoseconds(1));
  server_.runner.RunDue();
  EXPECT_EQ(poll.reply_count(), 0);
  server_.clock.Advance(absl::Nanoseconds(1));
  server_.runner.RunDue();

  poll.AwaitReply();
  EXPECT_THAT(poll.received().entries, IsEmpty());
}

TEST_F(ShardRunnerTest, TheTimerFindsByItselfThatTheClockWasSetForward) {
  TestCommand poll = LongPoll();
  BeginLongPoll(poll);

  server_.clock.Advance(kLongWait);

  poll.AwaitReply();
  EXPECT_THAT(poll.received().entries, IsEmpty());
}

TEST_F(ShardRunnerTest, TheEndOfAVisibilityAnswersTheLongPoll) {
  server_.Ask(Send(queue_, "a"));
  ASSERT_THAT(ReceiveBodies(), ElementsAre("a"));
  server_.clock.Advance(kVisibility - absl::Seconds(1));
  TestCommand poll = LongPoll();
  BeginLongPoll(poll);

  server_.clock.Advance(absl::Seconds(1));
  server_.runner.RunDue();

  poll.AwaitReply();
  EXPECT_THAT(Bodies(poll.received()), ElementsAre("a"));
}

TEST_F(ShardRunnerTest, ACancelledLongPollIsAnsweredEmptyAndTakesNothing) {
  TestCommand poll = LongPoll();
  BeginLongPoll(poll);

  server_.runner.Cancel(poll);

  ASSERT_EQ(poll.reply_count(), 1);
  EXPECT_THAT(poll.received().entries, IsEmpty());
  server_.Ask(Send(queue_, "a"));
  EXPECT_THAT(ReceiveBodies(), ElementsAre("a"));
}

TEST_F(ShardRunnerTest, CancelAfterTheReplyDoesNothing) {
  TestCommand poll = LongPoll();
  BeginLongPoll(poll);
  server_.Ask(Send(queue_, "a"));
  ASSERT_EQ(poll.reply_count(), 1);

  server_.runner.Cancel(poll);

  EXPECT_EQ(poll.reply_count(), 1);
  EXPECT_THAT(ReceiveBodies(), IsEmpty());
}

TEST_F(ShardRunnerTest, DrainAnswersWaitersEmptyAndRefusesNewCommands) {
  TestCommand poll = LongPoll();
  BeginLongPoll(poll);

  server_.runner.Drain();

  ASSERT_EQ(poll.reply_count(), 1);
  EXPECT_THAT(poll.received().entries, IsEmpty());
  TestCommand send(server_.board, Send(queue_, "a"));
  EXPECT_THAT(server_.runner.Submit(send), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_EQ(send.reply_count(), 0);
}

TEST_F(ShardRunnerTest, DrainAndStopMayBeRepeated) {
  server_.runner.Drain();
  server_.runner.Drain();
  server_.runner.Stop();

  server_.runner.Stop();
}

// Looks its queue up in the directory when its reply comes.
class CreateAndLook : public PendingCommand {
 public:
  CreateAndLook(const ShardRunner& runner, const std::string& name) : runner_(runner), name_(name) {
    command = CreateQueue{.name = *QueueName::Parse(name), .attributes = {}};
  }
  bool was_listed() const { return was_listed_; }

 private:
  void OnReply() override { was_listed_ = runner_.directory()->Find(name_) != nullptr; }

  const ShardRunner& runner_;
  const std::string name_;
  bool was_listed_ = false;
};

TEST_F(ShardRunnerTest, TheDirectoryShowsAQueueBeforeItsCreationIsAnswered) {
  CreateAndLook create(server_.runner, "other.fifo");

  ASSERT_THAT(server_.runner.Submit(create), IsOk());

  EXPECT_TRUE(create.was_listed());
  EXPECT_EQ(server_.runner.directory()->Find("other.fifo")->kind, QueueKind::kFifo);
}

TEST_F(ShardRunnerTest, TheDirectoryForgetsADeletedQueue) {
  server_.Ask(DeleteQueue{.queue = queue_});

  EXPECT_EQ(server_.runner.directory()->Find("jobs"), nullptr);
}

// The strand is held by a thread whose batch is being appended.
class HeldStrandTest : public ::testing::Test {
 protected:
  static constexpr size_t kInboxMax = 2;

  HeldStrandTest() {
    journal_.appends.Close();
    holder_ = platform::Thread("holder", [this] { server_.Ask(Send(queue_, "held")); });
    journal_.appends.AwaitSomebody();
  }
  void TearDown() override { journal_.appends.Open(); }
  void LetStrandGo() {
    journal_.appends.Open();
    holder_.Join();
  }

  GatedJournal journal_;
  RunningShard server_{journal_, {.inbox_commands_max = kInboxMax}};
  QueueId queue_ = server_.MakeQueue("jobs");
  platform::Thread holder_;
};

TEST_F(HeldStrandTest, AFullInboxRefusesCommandsAtOnceAndServesThemAfterwards) {
  TestCommand first(server_.board, Send(queue_, "first"));
  TestCommand second(server_.board, Send(queue_, "second"));
  TestCommand third(server_.board, Send(queue_, "third"));

  EXPECT_THAT(server_.runner.Submit(first), IsOk());
  EXPECT_THAT(server_.runner.Submit(second), IsOk());
  EXPECT_THAT(server_.runner.Submit(third), StatusIs(absl::StatusCode::kResourceExhausted));

  LetStrandGo();
  first.AwaitReply();
  second.AwaitReply();
  EXPECT_EQ(third.reply_count(), 0);
  EXPECT_THAT(Bodies(std::get<MessagesReceived>(server_.Ask(Receive(queue_, 10, kNoWait)))),
              ElementsAre("held", "first", "second"));
}

TEST_F(HeldStrandTest, ACancelIsTakenAlsoByAFullInbox) {
  TestCommand poll(server_.board, Receive(queue_, 1, kNoWait));
  TestCommand empty_poll(server_.board, Receive(queue_, 1, kLongWait));
  ASSERT_THAT(server_.runner.Submit(poll), IsOk());
  ASSERT_THAT(server_.runner.Submit(empty_poll), IsOk());

  server_.runner.Cancel(empty_poll);
  LetStrandGo();

  poll.AwaitReply();
  empty_poll.AwaitReply();
  EXPECT_THAT(Bodies(poll.received()), ElementsAre("held"));
  EXPECT_THAT(empty_poll.received().entries, IsEmpty());
}

// Ends with its reply, as some front ends' commands do.
class SelfDestroying : public PendingCommand {
 public:
  explicit SelfDestroying(Command asked) { command = std::move(asked); }

 private:
  void OnReply() override { const std::unique_ptr<SelfDestroying> self(this); }
};

// To be seen under a sanitizer: the cancel comes while the reply is about to leave.
TEST_F(HeldStrandTest, ACommandIsNotTouchedAfterItsReplyByACancelOfBefore) {
  LetStrandGo();
  auto receive = std::make_unique<SelfDestroying>(Receive(queue_, 1, kNoWait));
  PendingCommand& under_way = *receive.release();
  journal_.appends.Close();
  holder_ =
      platform::Thread("holder", [&] { ASSERT_THAT(server_.runner.Submit(under_way), IsOk()); });
  journal_.appends.AwaitSomebody();

  server_.runner.Cancel(under_way);

  LetStrandGo();
}

TEST_F(HeldStrandTest, CommandsSubmittedBeforeADrainAreStillHandled) {
  TestCommand send(server_.board, Send(queue_, "last"));
  TestCommand poll(server_.board, Receive(queue_, 1, kLongWait));
  ASSERT_THAT(server_.runner.Submit(send), IsOk());
  ASSERT_THAT(server_.runner.Submit(poll), IsOk());

  server_.runner.Drain();
  LetStrandGo();

  send.AwaitReply();
  poll.AwaitReply();
  EXPECT_THAT(Bodies(poll.received()), ElementsAre("held"));
}

}  // namespace
}  // namespace twinq
