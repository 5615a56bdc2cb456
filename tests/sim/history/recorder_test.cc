#include "sim/history/recorder.h"

#include <utility>

#include "gtest/gtest.h"

namespace twinq::history {
namespace {

CallTimes Times(int64_t asked, int64_t answered) {
  return {.asked_at = Timestamp::FromNanos(asked), .answered_at = Timestamp::FromNanos(answered)};
}

TEST(RecorderTest, MergesByTheTimeOfAsking) {
  std::vector<Recorder> recorders;
  recorders.emplace_back(1);
  recorders.emplace_back(2);
  const SentMessage first = {.message = {.producer = 1, .number = 1},
                             .group = recorders[0].Name("a"),
                             .outcome = Outcome::kRefused};
  const SentMessage second = {.message = {.producer = 2, .number = 1},
                              .group = recorders[1].Name("b"),
                              .outcome = Outcome::kRefused};
  const SentMessage third = {.message = {.producer = 2, .number = 2},
                             .group = recorders[1].Name("a"),
                             .outcome = Outcome::kRefused};
  recorders[0].Sent(1, Times(20, 21), {first});
  recorders[1].Sent(2, Times(10, 30), {second, third});

  const History history =
      Merge(std::move(recorders), {.at = Timestamp::FromNanos(99), .remaining = 0});

  ASSERT_EQ(history.sends.size(), 3U);
  EXPECT_EQ(history.sends[0].message, second.message);
  EXPECT_EQ(history.sends[1].message, third.message);
  EXPECT_EQ(history.sends[0].call, history.sends[1].call);
  EXPECT_EQ(history.sends[2].message, first.message);
  EXPECT_EQ(history.NameText(history.sends[0].group), "b");
  EXPECT_EQ(history.NameText(history.sends[1].group), "a");
  EXPECT_EQ(history.sends[2].group, history.sends[1].group);
  EXPECT_TRUE(Validate(history).ok());
}

TEST(RecorderTest, UnknownOutcomesHaveNoAnswer) {
  std::vector<Recorder> recorders;
  recorders.emplace_back(1);
  recorders[0].Purged(1, Times(10, 20), Outcome::kUnknown);

  const History history =
      Merge(std::move(recorders), {.at = Timestamp::FromNanos(99), .remaining = 0});

  EXPECT_EQ(history.purges[0].call.answered_at, Timestamp::Infinite());
  EXPECT_TRUE(Validate(history).ok());
}

TEST(RecorderTest, HandlesAreUniqueAcrossRecorders) {
  std::vector<Recorder> recorders;
  recorders.emplace_back(1);
  recorders.emplace_back(2);
  const ReceivedMessage message = {.message = kNobodysMessage};
  const HandleNumber first =
      recorders[0].Received(1, Times(1, 2), absl::Seconds(30), {message, message});
  const HandleNumber other = recorders[1].Received(2, Times(3, 4), absl::Seconds(30), {message});
  recorders[1].Deleted(2, Times(5, 6), NthHandle(first, 1), Outcome::kDone);

  const History history = Merge(std::move(recorders), {.at = Timestamp::FromNanos(99)});

  EXPECT_NE(first, other);
  EXPECT_EQ(history.deliveries[1].handle, history.deletes[0].handle);
  EXPECT_TRUE(Validate(history).ok());
}

}  // namespace
}  // namespace twinq::history
