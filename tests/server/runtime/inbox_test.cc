#include "server/runtime/inbox.h"

#include <memory>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Added = Inbox::Added;

class QuietCommand : public PendingCommand {
 public:
  void OnReply() override {}
};

class InboxTest : public ::testing::Test {
 protected:
  // What one Take() finds; nothing if it gives up the strand.
  Inbox::Batch TakeAll() {
    Inbox::Batch batch;
    took_something_ = inbox_.Take(256, batch);
    return batch;
  }

  Inbox inbox_{3};
  QuietCommand first_;
  QuietCommand second_;
  QuietCommand third_;
  QuietCommand fourth_;
  bool took_something_ = false;
};

TEST_F(InboxTest, OnlyTheFirstToAddTakesTheStrand) {
  EXPECT_EQ(inbox_.AddCommand(first_), Added::kTakeStrand);

  EXPECT_EQ(inbox_.AddCommand(second_), Added::kStrandIsHeld);
  EXPECT_EQ(inbox_.AddTimer(), Added::kStrandIsHeld);
  EXPECT_EQ(inbox_.AddCancel(first_), Added::kStrandIsHeld);
  EXPECT_EQ(inbox_.AddFinishedSync({}), Added::kStrandIsHeld);
}

TEST_F(InboxTest, CountsWhatWaitsAndWhatItRefused) {
  for (QuietCommand* command : {&first_, &second_, &third_, &fourth_}) inbox_.AddCommand(*command);

  EXPECT_EQ(inbox_.figures().commands, 3u);
  EXPECT_EQ(inbox_.figures().refused, 1u);
  TakeAll();
  EXPECT_EQ(inbox_.figures().commands, 0u);
}

TEST_F(InboxTest, StrandIsFreeOnlyAfterATakeThatFoundNothing) {
  inbox_.AddCommand(first_);
  TakeAll();
  EXPECT_TRUE(took_something_);
  EXPECT_EQ(inbox_.AddCommand(second_), Added::kStrandIsHeld);
  TakeAll();
  EXPECT_TRUE(took_something_);

  TakeAll();

  EXPECT_FALSE(took_something_);
  EXPECT_EQ(inbox_.AddCommand(third_), Added::kTakeStrand);
}

TEST_F(InboxTest, CommandsLeaveInTheOrderInWhichTheyCame) {
  inbox_.AddCommand(second_);
  inbox_.AddCommand(first_);
  inbox_.AddCommand(third_);

  EXPECT_THAT(TakeAll().commands, ElementsAre(&second_, &first_, &third_));
  EXPECT_THAT(TakeAll().commands, IsEmpty());
}

TEST_F(InboxTest, ABatchHasAtMostSoManyCommandsAndTheRestFollows) {
  inbox_.AddCommand(first_);
  inbox_.AddCommand(second_);
  inbox_.AddCommand(third_);
  Inbox::Batch batch;

  EXPECT_TRUE(inbox_.Take(2, batch));
  EXPECT_THAT(batch.commands, ElementsAre(&first_, &second_));
  EXPECT_TRUE(inbox_.Take(2, batch));
  EXPECT_THAT(batch.commands, ElementsAre(&third_));
}

TEST_F(InboxTest, BeyondItsLimitCommandsAreRefusedUntilSomeWereTaken) {
  inbox_.AddCommand(first_);
  inbox_.AddCommand(second_);
  inbox_.AddCommand(third_);

  EXPECT_EQ(inbox_.AddCommand(fourth_), Added::kFull);
  EXPECT_THAT(TakeAll().commands, ElementsAre(&first_, &second_, &third_));
  EXPECT_EQ(inbox_.AddCommand(fourth_), Added::kStrandIsHeld);
  EXPECT_THAT(TakeAll().commands, ElementsAre(&fourth_));
}

TEST_F(InboxTest, WhatIsNoCommandIsNeverRefused) {
  inbox_.AddCommand(first_);
  inbox_.AddCommand(second_);
  inbox_.AddCommand(third_);
  inbox_.AddCancel(first_);
  inbox_.AddFinishedSync({.ticket = nullptr, .outcome = absl::AbortedError("it failed")});
  inbox_.AddTimer();

  const Inbox::Batch batch = TakeAll();

  EXPECT_THAT(batch.cancels, ElementsAre(&first_));
  const absl::Status outcome =
      batch.finished_sync.has_value() ? batch.finished_sync->outcome : absl::OkStatus();
  EXPECT_THAT(outcome, StatusIs(absl::StatusCode::kAborted));
}

TEST_F(InboxTest, ATimerAloneIsWorkForTheStrand) {
  EXPECT_EQ(inbox_.AddTimer(), Added::kTakeStrand);

  TakeAll();
  EXPECT_TRUE(took_something_);
  TakeAll();
  EXPECT_FALSE(took_something_);
}

TEST_F(InboxTest, CancelOfACommandThatWasNeverSubmittedIsForgotten) {
  EXPECT_EQ(inbox_.AddCancel(first_), Added::kStrandIsHeld);

  EXPECT_THAT(TakeAll().cancels, IsEmpty());
  EXPECT_FALSE(took_something_);
}

TEST_F(InboxTest, CancelOfARefusedCommandIsForgotten) {
  inbox_.AddCommand(first_);
  inbox_.AddCommand(second_);
  inbox_.AddCommand(third_);
  inbox_.AddCommand(fourth_);

  inbox_.AddCancel(fourth_);

  EXPECT_THAT(TakeAll().cancels, IsEmpty());
}

TEST_F(InboxTest, CancelOfACommandThatStillWaitsIsTakenWithOrAfterIt) {
  inbox_.AddCommand(first_);
  inbox_.AddCommand(second_);
  inbox_.AddCancel(second_);
  Inbox::Batch batch;

  inbox_.Take(1, batch);
  EXPECT_THAT(batch.commands, ElementsAre(&first_));
  EXPECT_THAT(batch.cancels, IsEmpty());
  inbox_.Take(1, batch);
  EXPECT_THAT(batch.commands, ElementsAre(&second_));
  EXPECT_THAT(batch.cancels, ElementsAre(&second_));
}

TEST_F(InboxTest, TwoCancelsOfOneCommandAreOne) {
  inbox_.AddCommand(first_);
  inbox_.AddCancel(first_);
  inbox_.AddCancel(first_);

  EXPECT_THAT(TakeAll().cancels, ElementsAre(&first_));
}

TEST_F(InboxTest, ACommandCanBeCancelledAgainWhileItIsUnderWay) {
  inbox_.AddCommand(first_);
  inbox_.AddCancel(first_);
  TakeAll();

  inbox_.AddCancel(first_);

  EXPECT_THAT(TakeAll().cancels, ElementsAre(&first_));
}

TEST_F(InboxTest, ReleasedCommandsAreNotTouchedByACancelOfBefore) {
  inbox_.AddCommand(first_);
  inbox_.AddCommand(second_);
  TakeAll();
  inbox_.AddCancel(first_);
  inbox_.AddCancel(second_);

  inbox_.NoteReleased({&first_});

  EXPECT_THAT(TakeAll().cancels, ElementsAre(&second_));
}

TEST_F(InboxTest, ReleasedCommandsAreNotTouchedByACancelOfAfter) {
  inbox_.AddCommand(first_);
  TakeAll();
  inbox_.NoteReleased({&first_});

  EXPECT_EQ(inbox_.AddCancel(first_), Added::kStrandIsHeld);

  EXPECT_THAT(TakeAll().cancels, IsEmpty());
}

TEST_F(InboxTest, ACommandMayBeSubmittedAgainAfterItsReply) {
  inbox_.AddCommand(first_);
  TakeAll();
  inbox_.AddCancel(first_);
  inbox_.NoteReleased({&first_});
  TakeAll();

  EXPECT_EQ(inbox_.AddCommand(first_), Added::kTakeStrand);
  EXPECT_EQ(inbox_.AddCancel(first_), Added::kStrandIsHeld);

  const Inbox::Batch batch = TakeAll();
  EXPECT_THAT(batch.commands, ElementsAre(&first_));
  EXPECT_THAT(batch.cancels, ElementsAre(&first_));
}

TEST_F(InboxTest, ClosingRefusesNewCommandsAndKeepsThoseThatWait) {
  inbox_.AddCommand(first_);

  inbox_.Close();

  EXPECT_EQ(inbox_.AddCommand(second_), Added::kClosed);
  const Inbox::Batch batch = TakeAll();
  EXPECT_THAT(batch.commands, ElementsAre(&first_));
  EXPECT_TRUE(batch.cancel_all);
}

TEST_F(InboxTest, ClosingAnswersWaitersOnlyAfterTheLastCommand) {
  inbox_.AddCommand(first_);
  inbox_.AddCommand(second_);
  inbox_.Close();
  Inbox::Batch batch;

  inbox_.Take(1, batch);
  EXPECT_FALSE(batch.cancel_all);
  inbox_.Take(1, batch);
  EXPECT_TRUE(batch.cancel_all);
}

TEST_F(InboxTest, ClosingAnIdleInboxIsWorkForTheStrand) {
  EXPECT_EQ(inbox_.Close(), Added::kTakeStrand);

  EXPECT_TRUE(TakeAll().cancel_all);
  TakeAll();
  EXPECT_FALSE(took_something_);
}

}  // namespace
}  // namespace twinq
