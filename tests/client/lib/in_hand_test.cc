#include "client/lib/in_hand.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using AckOutcome = InHand::AckOutcome;

constexpr absl::Duration kVisibility = absl::Seconds(30);
const absl::Time kStart = absl::FromUnixSeconds(1'000);

ReceivedMessage Message(const std::string& id, const std::string& group,
                        const std::string& handle = "") {
  return {.message_id = id,
          .receipt_handle = handle.empty() ? "handle of " + id : handle,
          .body = id,
          .system_attributes = {{"MessageGroupId", group}}};
}

class InHandTest : public ::testing::Test {
 protected:
  // The body of the message that begins; empty if none does.
  std::string Begin(absl::Time now = kStart) {
    const InHand::Task task = hand_.Begin(now);
    if (task.message == nullptr) return "";
    numbers_[task.message->body] = task.number;
    return task.message->body;
  }
  InHand::Number NumberOf(const std::string& body) { return numbers_.at(body); }
  void Receive(std::vector<ReceivedMessage> messages, absl::Time now = kStart) {
    hand_.Received(std::move(messages), now);
  }
  std::vector<std::string> AckHandles() {
    std::vector<std::string> handles;
    for (const InHand::Ack& ack : acks_ = hand_.TakeAcks()) handles.push_back(ack.receipt_handle);
    return handles;
  }
  std::vector<std::string> ExtensionHandles(absl::Time now) {
    std::vector<std::string> handles;
    extensions_ = hand_.TakeExtensions(now);
    for (const auto& extension : extensions_) handles.push_back(extension.receipt_handle);
    return handles;
  }

  InHand hand_{QueueKind::kFifo, kVisibility};
  std::map<std::string, InHand::Number> numbers_;
  std::vector<InHand::Ack> acks_;
  std::vector<InHand::Extension> extensions_;
};

TEST_F(InHandTest, AGroupIsHandledOneByOneAndGroupsBesideOneAnother) {
  Receive({Message("a1", "a"), Message("a2", "a"), Message("b1", "b")});

  EXPECT_EQ(Begin(), "a1");
  EXPECT_EQ(Begin(), "b1");
  EXPECT_EQ(Begin(), "") << "a2 waits for a1";
  hand_.Handled(NumberOf("a1"));
  EXPECT_EQ(Begin(), "a2");
}

TEST_F(InHandTest, AStandardQueuesMessagesAllBegin) {
  InHand hand(QueueKind::kStandard, kVisibility);
  hand.Received({Message("a1", "a"), Message("a2", "a")}, kStart);

  EXPECT_EQ(hand.Begin(kStart).message->body, "a1");
  EXPECT_EQ(hand.Begin(kStart).message->body, "a2");
  EXPECT_EQ(hand.unhandled(), 2);
}

TEST_F(InHandTest, HandledMessagesAreAcknowledgedInTheirOrder) {
  Receive({Message("a1", "a"), Message("a2", "a")});
  Begin();
  hand_.Handled(NumberOf("a1"));
  Begin();
  hand_.Handled(NumberOf("a2"));

  EXPECT_THAT(AckHandles(), ElementsAre("handle of a1", "handle of a2"));
  for (const InHand::Ack& ack : acks_) hand_.AckDone(ack, AckOutcome::kDone);
  EXPECT_EQ(hand_.size(), 0u);
}

TEST_F(InHandTest, AcksGoByTens) {
  InHand hand(QueueKind::kStandard, kVisibility);
  for (int i = 0; i < 12; ++i) hand.Received({Message(std::to_string(i), "")}, kStart);
  for (int i = 0; i < 12; ++i) hand.Handled(hand.Begin(kStart).number);

  EXPECT_EQ(hand.TakeAcks().size(), 10u);
  EXPECT_EQ(hand.TakeAcks().size(), 2u);
}

TEST_F(InHandTest, AFailureGivesBackTheLaterOnesOfTheGroupLastFirst) {
  Receive({Message("a1", "a"), Message("a2", "a"), Message("b1", "b"), Message("a3", "a")});
  Begin();

  hand_.Failed(NumberOf("a1"), AfterFailure::kRelease);

  EXPECT_THAT(hand_.TakeReleases(kStart),
              ElementsAre("handle of a3", "handle of a2", "handle of a1"));
  EXPECT_EQ(Begin(), "b1");
  EXPECT_EQ(Begin(), "");
}

// As from a server that forgot in a crash that it had delivered it.
TEST_F(InHandTest, AMessageThatComesAgainBeforeItWasGivenBackIsKept) {
  InHand hand(QueueKind::kStandard, kVisibility);
  hand.Received({Message("a1", "")}, kStart);
  hand.Failed(hand.Begin(kStart).number, AfterFailure::kRelease);

  hand.Received({Message("a1", "")}, kStart);

  EXPECT_THAT(hand.TakeReleases(kStart), IsEmpty());
}

TEST_F(InHandTest, AFailureThatWaitsIsLeftToItsTimeout) {
  Receive({Message("a1", "a"), Message("a2", "a")});
  Begin();

  hand_.Failed(NumberOf("a1"), AfterFailure::kWait);

  EXPECT_THAT(hand_.TakeReleases(kStart), ElementsAre("handle of a2"));
  EXPECT_EQ(hand_.size(), 0u);
  EXPECT_EQ(hand_.NextExtension(), absl::InfiniteFuture());
}

TEST_F(InHandTest, TheGroupGoesOnWhenItComesAgainAfterAFailure) {
  Receive({Message("a1", "a"), Message("a2", "a")});
  Begin();
  hand_.Failed(NumberOf("a1"), AfterFailure::kRelease);

  Receive({Message("a1", "a", "second of a1"), Message("a2", "a", "second of a2")});

  EXPECT_EQ(Begin(), "a1");
  EXPECT_EQ(Begin(), "");
}

TEST_F(InHandTest, ARefusedAckIsRepeatedWhenItsMessageComesAgainUnhandled) {
  Receive({Message("a1", "a")});
  Begin();
  hand_.Handled(NumberOf("a1"));
  AckHandles();
  hand_.AckDone(acks_[0], AckOutcome::kFailed);
  EXPECT_EQ(hand_.size(), 0u);

  Receive({Message("a1", "a", "second")});

  EXPECT_EQ(Begin(), "") << "it was handled";
  EXPECT_THAT(AckHandles(), ElementsAre("second"));
}

TEST_F(InHandTest, AMessageThatComesAgainWhileItsAckIsUnderWayIsAcknowledgedAgainOnlyIfThatFails) {
  Receive({Message("a1", "a"), Message("b1", "b")});
  for (const char* body : {"a1", "b1"}) {
    Begin();
    hand_.Handled(NumberOf(body));
  }
  AckHandles();
  Receive({Message("a1", "a", "second of a1"), Message("b1", "b", "second of b1")});

  hand_.AckDone(acks_[0], AckOutcome::kFailed);
  hand_.AckDone(acks_[1], AckOutcome::kDone);

  EXPECT_THAT(AckHandles(), ElementsAre("second of a1"));
}

TEST_F(InHandTest, AMessageThatComesAgainWhileItRunsIsAcknowledgedByItsNewHandle) {
  Receive({Message("a1", "a")});
  Begin();

  Receive({Message("a1", "a", "second")});

  EXPECT_EQ(Begin(), "") << "it runs already";
  hand_.Handled(NumberOf("a1"));
  EXPECT_THAT(AckHandles(), ElementsAre("second"));
}

TEST_F(InHandTest, VisibilityIsExtendedAtHalfOfIt) {
  Receive({Message("a1", "a"), Message("a2", "a")});
  Begin();
  EXPECT_EQ(hand_.NextExtension(), kStart + kVisibility / 2);
  EXPECT_THAT(ExtensionHandles(kStart + kVisibility / 2 - absl::Nanoseconds(1)), IsEmpty());

  const absl::Time later = kStart + kVisibility / 2;
  EXPECT_THAT(ExtensionHandles(later), ElementsAre("handle of a1", "handle of a2"));
  EXPECT_EQ(hand_.NextExtension(), absl::InfiniteFuture());
  for (const auto& extension : extensions_) hand_.Extended(extension, later);

  EXPECT_EQ(hand_.NextExtension(), later + kVisibility / 2);
}

TEST_F(InHandTest, AnExtensionWithoutAnAnswerIsTriedAgainUntilTheVisibilityIsOver) {
  Receive({Message("a1", "a")});
  ExtensionHandles(kStart + kVisibility / 2);

  hand_.Unanswered(extensions_[0], kStart + absl::Seconds(20));
  EXPECT_EQ(hand_.NextExtension(), kStart + absl::Seconds(20));
  ExtensionHandles(kStart + absl::Seconds(20));
  hand_.Unanswered(extensions_[0], kStart + absl::Seconds(40));

  EXPECT_EQ(hand_.NextExtension(), kStart + kVisibility);
  EXPECT_THAT(ExtensionHandles(kStart + kVisibility), IsEmpty());
  EXPECT_EQ(hand_.size(), 0u) << "others may have it";
}

TEST_F(InHandTest, WhatWaitedForTooLongDoesNotBegin) {
  Receive({Message("a1", "a"), Message("a2", "a")});
  Receive({Message("b1", "b")}, kStart + absl::Seconds(1));

  EXPECT_EQ(Begin(kStart + kVisibility), "b1");
  EXPECT_EQ(Begin(kStart + kVisibility), "");
  EXPECT_THAT(hand_.TakeReleases(kStart + kVisibility), IsEmpty()) << "it is over by itself";
}

TEST_F(InHandTest, WhenAMessageIsLostWhileItRunsTheLaterOnesOfItsGroupAreGivenBack) {
  Receive({Message("a1", "a"), Message("a2", "a")});
  Begin();
  ExtensionHandles(kStart + kVisibility / 2);

  hand_.Refused(extensions_[0]);

  EXPECT_THAT(hand_.TakeReleases(kStart + kVisibility / 2), ElementsAre("handle of a2"));
  hand_.Handled(NumberOf("a1"));
  EXPECT_THAT(AckHandles(), ElementsAre("handle of a1")) << "perhaps nobody else has it yet";
}

TEST_F(InHandTest, AnExtensionOfAnOldHandleChangesNothing) {
  Receive({Message("a1", "a")});
  Begin();
  ExtensionHandles(kStart + kVisibility / 2);
  const absl::Time again_at = kStart + kVisibility;
  Receive({Message("a1", "a", "second")}, again_at);

  hand_.Refused(extensions_[0]);

  EXPECT_EQ(hand_.NextExtension(), again_at + kVisibility / 2);
}

TEST_F(InHandTest, AnUnacknowledgedMessageIsExtendedToo) {
  Receive({Message("a1", "a")});
  Begin();
  hand_.Handled(NumberOf("a1"));
  AckHandles();

  EXPECT_THAT(ExtensionHandles(kStart + kVisibility / 2), ElementsAre("handle of a1"));
}

TEST_F(InHandTest, AtTheEndAllThatWaitIsGivenBackLastFirst) {
  Receive({Message("a1", "a"), Message("b1", "b"), Message("a2", "a"), Message("b2", "b")});
  Begin();

  hand_.GiveBackWaiting();

  EXPECT_THAT(hand_.TakeReleases(kStart),
              ElementsAre("handle of b2", "handle of a2", "handle of b1"));
  EXPECT_EQ(hand_.unhandled(), 1);
  hand_.Handled(NumberOf("a1"));
  EXPECT_EQ(Begin(), "");
}

TEST_F(InHandTest, TheIdsOfHandledMessagesAreForgottenBeyondTheMost) {
  InHand hand(QueueKind::kStandard, kVisibility);
  for (size_t i = 0; i <= InHand::kHandledRememberedMax; ++i) {
    hand.Received({Message(std::to_string(i), "")}, kStart);
    hand.Handled(hand.Begin(kStart).number);
    hand.AckDone(hand.TakeAcks()[0], AckOutcome::kFailed);
  }

  hand.Received({Message("0", ""), Message("1", "")}, kStart);

  EXPECT_EQ(hand.Begin(kStart).message->body, "0");
  EXPECT_EQ(hand.Begin(kStart).message, nullptr);
}

}  // namespace
}  // namespace twinq::client
