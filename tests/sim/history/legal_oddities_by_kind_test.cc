#include "gtest/gtest.h"

#include "tests/sim/history/hand_written.h"

namespace twinq::history {
namespace {

constexpr QueueKind kStandard = QueueKind::kStandard;
constexpr QueueKind kFifo = QueueKind::kFifo;

int64_t CountOf(const Judgement& judgement, Cause cause) {
  return judgement.duplicates.at(static_cast<size_t>(cause));
}

TEST(StandardLegalOdditiesTest, AnyOrder) {
  HandWritten history(kStandard);
  history.Sent(1, {1, 2});
  history.Sent(2, {3, 4});
  history.Deleted(history.Received(2, {5, 6}), {7, 8});
  history.Deleted(history.Received(1, {9, 10}), {11, 12});

  EXPECT_TRUE(history.Judged().IsClean());
}

TEST(StandardLegalOdditiesTest, EveryAttemptIsStored) {
  HandWritten history(kStandard);
  history.SentUnknown(1, 1);
  history.SentAs(1, {2, 3}, 1);
  history.SentAs(1, {4, 5}, 2);
  for (const uint32_t id : {1U, 2U, 3U}) {
    history.Deleted(history.Deliver({.message = {.producer = 1, .number = 1},
                                     .id = HandWritten::IdOf(id),
                                     .receive_count = 1},
                                    {6, 7}, absl::Seconds(30)),
                    {8, 9});
  }

  const Judgement judgement = history.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(judgement.counts.stored_again, 2);
}

TEST(StandardLegalOdditiesTest, CrashForgetsReceives) {
  HandWritten history(kStandard);
  const ReceivedMessage message = {
      .message = {.producer = 1, .number = 1}, .id = HandWritten::IdOf(1), .receive_count = 1};
  history.Sent(1, {1, 2});
  history.Deliver(message, {3, 4}, absl::Seconds(30));
  history.Happened(Incident::Kind::kServerCrashed, 5);
  history.Happened(Incident::Kind::kServerStarted, 6);
  history.Deleted(history.Deliver(message, {7, 8}, absl::Seconds(30)), {9, 10});

  const Judgement judgement = history.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(CountOf(judgement, Cause::kServerCrash), 1);
}

TEST(StandardLegalOdditiesTest, OlderHandleReleasesUnderTheNewerConsumer) {
  HandWritten history(kStandard);
  history.Sent(1, {1, 2});
  const HandleNumber first = history.Received(1, {3, 4}, absl::Seconds(1));
  history.Received(1, {10, 11});
  history.Release(first, {12, 13});
  history.Deleted(history.Received(1, {14, 15}), {16, 17});

  EXPECT_TRUE(history.Judged().IsClean());
}

TEST(StandardLegalOdditiesTest, SeveralCopiesMissLocksAndDeletes) {
  HandWritten history(kStandard);
  history.Sent(1, {1, 2});
  const HandleNumber first = history.Received(1, {3, 4});
  history.Received(1, {5, 6});
  history.Deleted(first, {7, 8});
  history.Received(1, {50, 51});

  const Judgement judgement =
      history.JudgedBy({.kind = kStandard, .copies = Promises::Copies::kSeveral});

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(CountOf(judgement, Cause::kLockRace), 1);
  EXPECT_EQ(CountOf(judgement, Cause::kMissedDelete), 1);
}

TEST(FifoLegalOdditiesTest, StoredAgainWhenTheWindowMayBeOver) {
  HandWritten history(kFifo);
  history.SentAs(1, {1, 2}, 1);
  history.SentAs(1, {300, 301}, 2);
  for (const uint32_t id : {1U, 2U}) {
    history.Deleted(history.Deliver({.message = {.producer = 1, .number = 1},
                                     .id = HandWritten::IdOf(id),
                                     .sequence = SequenceNumber(id),
                                     .receive_count = 1},
                                    {300.0 + 2 * id, 301.0 + 2 * id}, absl::Seconds(30)),
                    {301.1 + 2 * id, 301.2 + 2 * id});
  }

  const Judgement judgement = history.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(judgement.counts.stored_again, 1);
}

TEST(FifoLegalOdditiesTest, DuplicateWithinTheWindow) {
  HandWritten history(kFifo);
  history.SentAs(1, {1, 2}, 1);
  history.SentAs(1, {301, 302}, 1);
  history.Deleted(history.Received(1, {10, 11}), {12, 13});

  const Judgement judgement = history.Judged();

  EXPECT_TRUE(judgement.IsClean()) << TextOf(judgement);
  EXPECT_EQ(judgement.counts.sends_answered_as_duplicates, 1);
}

TEST(FifoLegalOdditiesTest, PurgeForgetsDuplicates) {
  HandWritten history(kFifo);
  history.SentAs(1, {1, 2}, 1);
  history.Purge({3, 4});
  history.SentAs(1, {5, 6}, 2);
  history.Deleted(history.Deliver({.message = {.producer = 1, .number = 1},
                                   .id = HandWritten::IdOf(2),
                                   .sequence = SequenceNumber(2),
                                   .receive_count = 1},
                                  {7, 8}, absl::Seconds(30)),
                  {9, 10});

  EXPECT_TRUE(history.Judged().IsClean());
}

TEST(FifoLegalOdditiesTest, ReleasedHeadGoesToAnotherWhileTheNextIsHeld) {
  HandWritten history(kFifo);
  history.Sent(1, {1, 2});
  history.Sent(2, {1, 2});
  const HandleNumber first = history.ReceivedAll({1, 2}, {3, 4});
  history.Release(first, {5, 6});
  history.Deleted(history.Received(1, {7, 8}), {9, 10});
  history.Deleted(NthHandle(first, 1), {11, 12});

  EXPECT_TRUE(history.Judged().IsClean());
}

TEST(FifoLegalOdditiesTest, AllOfAGroupComeAgainInOrder) {
  HandWritten history(kFifo);
  history.Sent(1, {1, 2});
  history.Sent(2, {3, 4});
  history.ReceivedAll({1, 2}, {5, 6});
  const HandleNumber again = history.ReceivedAll({1, 2}, {36, 37});
  history.Deleted(again, {38, 39});
  history.Deleted(NthHandle(again, 1), {38, 39});

  EXPECT_TRUE(history.Judged().IsClean());
}

TEST(FifoLegalOdditiesTest, TheNextFollowsADeleteThatHasNoAnswer) {
  HandWritten history(kFifo);
  history.Sent(1, {1, 2});
  history.Sent(2, {3, 4});
  history.Delete(history.Received(1, {5, 6}), {7, 8}, Outcome::kUnknown);
  history.Deleted(history.Received(2, {7.1, 7.2}), {9, 10});

  EXPECT_TRUE(history.Judged().IsClean());
}

}  // namespace
}  // namespace twinq::history
