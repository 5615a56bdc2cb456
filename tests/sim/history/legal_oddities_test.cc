#include "gtest/gtest.h"

#include "tests/sim/history/hand_written.h"

namespace twinq::history {
namespace {

constexpr QueueKind kStandard = QueueKind::kStandard;
constexpr QueueKind kFifo = QueueKind::kFifo;

int64_t CountOf(const Judgement& judgement, Cause cause) {
  return judgement.duplicates.at(static_cast<size_t>(cause));
}

// What a queue of either kind may do.
class LegalOdditiesTest : public testing::TestWithParam<QueueKind> {
 protected:
  HandWritten history_ = HandWritten(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Kinds, LegalOdditiesTest, testing::Values(kStandard, kFifo),
                         [](const auto& test) {
                           return test.param == kFifo ? "Fifo" : "Standard";
                         });

TEST_P(LegalOdditiesTest, RedeliveryFromTheRequestAndVisibilityOn) {
  history_.Sent(1, {1, 2});
  history_.Received(1, {3, 4});
  // It was hidden from 3 at the earliest, so it may be visible at 33.
  history_.Deleted(history_.Received(1, {4.5, 33}), {34, 35});

  const Judgement judgement = history_.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(CountOf(judgement, Cause::kFailed), 1);
}

TEST_P(LegalOdditiesTest, RedeliveryAfterUnansweredDelete) {
  history_.Sent(1, {1, 2});
  history_.Delete(history_.Received(1, {3, 4}), {5, 6}, Outcome::kUnknown);
  history_.Deleted(history_.Received(1, {40, 41}), {42, 43});

  const Judgement judgement = history_.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(CountOf(judgement, Cause::kLostDelete), 1);
}

TEST_P(LegalOdditiesTest, DeliveryWhileTheDeleteIsUnderWay) {
  history_.Sent(1, {1, 2});
  const HandleNumber first = history_.Received(1, {3, 4}, absl::Seconds(1));
  history_.Received(1, {6, 7});
  history_.Delete(first, {5, 8}, Outcome::kDone);

  const Judgement judgement = history_.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(CountOf(judgement, Cause::kSlowHandling), 1);
}

TEST_P(LegalOdditiesTest, DeliveryAtTheInstantOfTheDeletesAnswer) {
  history_.Sent(1, {1, 1});
  history_.Deleted(history_.Received(1, {1, 1}, absl::ZeroDuration()), {2, 2});
  history_.Received(1, {2, 2});

  EXPECT_TRUE(history_.Judged().IsClean());
}

TEST_P(LegalOdditiesTest, UnknownSendAppears) {
  history_.SentUnknown(1, 1);
  history_.Deleted(history_.Received(1, {100, 101}), {102, 103});

  const Judgement judgement = history_.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(judgement.counts.recovered, 1);
}

TEST_P(LegalOdditiesTest, UnknownSendDoesNotAppear) {
  history_.SentUnknown(1, 1);

  EXPECT_TRUE(history_.Judged().IsClean());
}

TEST_P(LegalOdditiesTest, UnknownSendComesBehindLaterOnes) {
  history_.SentUnknown(1, 1);
  history_.Sent(2, {2, 3});
  history_.Deleted(history_.Received(2, {4, 5}), {6, 7});
  history_.Deleted(history_.Deliver({.message = {.producer = 1, .number = 1},
                                     .id = HandWritten::IdOf(3),
                                     .sequence = SequenceNumber(GetParam() == kFifo ? 3 : 0),
                                     .receive_count = 1},
                                    {8, 9}, absl::Seconds(30)),
                   {10, 11});

  EXPECT_TRUE(history_.Judged().IsClean());
}

TEST_P(LegalOdditiesTest, ReleasedMessageComesAtOnce) {
  history_.Sent(1, {1, 2});
  history_.Release(history_.Received(1, {3, 4}), {5, 6});
  history_.Deleted(history_.Received(1, {5.1, 5.2}), {7, 8});

  const Judgement judgement = history_.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(CountOf(judgement, Cause::kReleased), 1);
}

TEST_P(LegalOdditiesTest, UnansweredExtensionWasNotMade) {
  history_.Sent(1, {1, 2});
  history_.Change(history_.Received(1, {3, 4}), {5, 6}, absl::Minutes(10), Outcome::kUnknown);
  history_.Deleted(history_.Received(1, {33.5, 34}), {35, 36});

  EXPECT_TRUE(history_.Judged().IsClean());
}

TEST_P(LegalOdditiesTest, UnansweredReceiveHidesAndCounts) {
  history_.Sent(1, {1, 2});
  history_.ReceiveLost(3);
  history_.Deleted(history_.Deliver({.message = {.producer = 1, .number = 1},
                                     .id = HandWritten::IdOf(1),
                                     .sequence = SequenceNumber(GetParam() == kFifo ? 1 : 0),
                                     .receive_count = 2},
                                    {40, 41}, absl::Seconds(30)),
                   {42, 43});

  const Judgement judgement = history_.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(CountOf(judgement, Cause::kLostDelivery), 1);
}

TEST_P(LegalOdditiesTest, MessageOfACrashedConsumerComesBack) {
  history_.Sent(1, {1, 2});
  history_.Received(1, {3, 4});
  history_.Happened(Incident::Kind::kClientCrashed, 5, 11);
  history_.Deleted(history_.Received(1, {40, 41}), {42, 43});

  const Judgement judgement = history_.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(CountOf(judgement, Cause::kCrash), 1);
}

TEST_P(LegalOdditiesTest, RedeliveryAfterACrashOfAConsumerThatHadGoneOn) {
  history_.Sent(1, {1, 2});
  history_.Received(1, {3, 4});
  history_.ReceiveLost(5);
  history_.Happened(Incident::Kind::kClientCrashed, 10, /*client=*/11);
  history_.Deleted(history_.Received(1, {40, 41}), {42, 43});

  const Judgement judgement = history_.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(CountOf(judgement, Cause::kFailed), 1);
}

TEST_P(LegalOdditiesTest, MessagesStillThereAreNotLost) {
  history_.Sent(1, {1, 2});
  history_.Sent(2, {3, 4});

  EXPECT_TRUE(history_.Judged(/*remaining=*/2).IsClean());
}

TEST_P(LegalOdditiesTest, PurgeTakesWhatWasSentDuringIt) {
  history_.Sent(1, {1, 2});
  history_.Sent(2, {4, 5});
  history_.Purge({3, 6});

  EXPECT_TRUE(history_.Judged().IsClean());
}

TEST_P(LegalOdditiesTest, WhatWasSentDuringAPurgeSurvivesIt) {
  history_.Sent(1, {4, 5});
  history_.Purge({3, 6});
  history_.Deleted(history_.Received(1, {7, 8}), {9, 10});

  EXPECT_TRUE(history_.Judged().IsClean());
}

TEST_P(LegalOdditiesTest, UnansweredPurgeMayComeLate) {
  history_.Purge({1, 2}, Outcome::kUnknown);
  history_.Sent(1, {10, 11});

  EXPECT_TRUE(history_.Judged().IsClean());
}

TEST_P(LegalOdditiesTest, RetentionEnds) {
  history_.Sent(1, {1, 2});

  EXPECT_TRUE(history_.JudgedBy({.kind = GetParam(), .retention = absl::Minutes(1)}).IsClean());
}

TEST_P(LegalOdditiesTest, ServerIsAheadWithinItsClockError) {
  history_.Sent(1, {1, 2});
  history_.Received(1, {3, 4});
  history_.Deleted(history_.Received(1, {32, 32.9995}), {34, 35});

  EXPECT_TRUE(
      history_.JudgedBy({.kind = GetParam(), .clock_error = absl::Milliseconds(1)}).IsClean());
}

}  // namespace
}  // namespace twinq::history
