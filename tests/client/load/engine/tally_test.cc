#include "client/load/engine/tally.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace twinq::load {
namespace {

const absl::Time kStart = absl::FromUnixSeconds(1'700'000'000);

// Two producers, two groups: a message of producer p, the n-th, in group g.
MessageTag Tag(int producer, int64_t number, int group) {
  return {.producer = producer, .number = number, .group = group, .sent_at = kStart};
}

struct Delivered {
  int number;
  const char* message_id;
};

struct TallyCase {
  const char* name;
  int sent;  // By producer 0; even numbers are of group 0, odd ones of group 1.
  std::vector<Delivered> deliveries;
  Counts expected;
};

class TallyTest : public ::testing::TestWithParam<TallyCase> {};

TEST_P(TallyTest, Counts) {
  Tally tally(2, 2);
  for (int number = 0; number < GetParam().sent; ++number) {
    tally.Sending(Tag(0, number, number % 2));
    tally.Sent(Tag(0, number, number % 2));
  }
  for (const auto& [number, message_id] : GetParam().deliveries) {
    ASSERT_TRUE(tally.Delivered(Tag(0, number, number % 2), message_id, kStart).ok());
  }

  EXPECT_EQ(tally.counts(), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Histories, TallyTest,
    ::testing::Values(
        TallyCase{"Nothing", 0, {}, {}},
        TallyCase{"AllInOrder", 3, {{0, "a"}, {1, "b"}, {2, "c"}}, {.sent = 3, .delivered = 3}},
        TallyCase{"NotDeliveredIsLost", 2, {{0, "a"}}, {.sent = 2, .delivered = 1, .lost = 1}},
        TallyCase{"SameIdIsDeliveredAgain",
                  1,
                  {{0, "a"}, {0, "a"}, {0, "a"}},
                  {.sent = 1, .delivered = 3, .delivered_again = 2}},
        TallyCase{"OtherIdIsStoredTwice",
                  1,
                  {{0, "a"}, {0, "b"}},
                  {.sent = 1, .delivered = 2, .stored_twice = 1}},
        TallyCase{"TheSecondCopyCanBeDeliveredAgainToo",
                  1,
                  {{0, "a"}, {0, "b"}, {0, "b"}, {0, "a"}},
                  {.sent = 1, .delivered = 4, .stored_twice = 1, .delivered_again = 2}},
        TallyCase{"EarlierAfterLaterIsOutOfOrder",
                  3,
                  {{2, "c"}, {0, "a"}, {1, "b"}},
                  {.sent = 3, .delivered = 3, .out_of_order = 1}},
        TallyCase{"EachThatComesLateIsOutOfOrder",
                  5,
                  {{4, "e"}, {2, "c"}, {0, "a"}, {1, "b"}, {3, "d"}},
                  {.sent = 5, .delivered = 5, .out_of_order = 2}},
        TallyCase{
            "GroupsHaveNoOrderBetweenThem", 2, {{1, "b"}, {0, "a"}}, {.sent = 2, .delivered = 2}},
        TallyCase{"OnlyFirstDeliveriesHaveAnOrder",
                  3,
                  {{0, "a"}, {2, "c"}, {0, "a"}, {1, "b"}},
                  {.sent = 3, .delivered = 4, .delivered_again = 1}}),
    [](const auto& test) { return test.param.name; });

TEST(TallySequenceTest, ProducersHaveNoOrderBetweenThem) {
  Tally tally(2, 1);
  for (const int producer : {0, 1}) {
    tally.Sending(Tag(producer, 0, 0));
    tally.Sending(Tag(producer, 1, 0));
  }

  ASSERT_TRUE(tally.Delivered(Tag(1, 0, 0), "c", kStart).ok());
  ASSERT_TRUE(tally.Delivered(Tag(1, 1, 0), "d", kStart).ok());
  ASSERT_TRUE(tally.Delivered(Tag(0, 0, 0), "a", kStart).ok());

  EXPECT_EQ(tally.counts().out_of_order, 0);
}

TEST(TallySequenceTest, ADeliveryMayBeHeardOfBeforeTheSendsAnswer) {
  Tally tally(1, 1);
  tally.Sending(Tag(0, 0, 0));

  EXPECT_EQ(tally.Delivered(Tag(0, 0, 0), "a", kStart).value(), Tally::Delivery::kFirst);
  tally.Sent(Tag(0, 0, 0));

  EXPECT_EQ(tally.counts(), (Counts{.sent = 1, .delivered = 1}));
}

TEST(TallySequenceTest, ARepeatedSendIsOneMessage) {
  Tally tally(1, 1);
  tally.Sending(Tag(0, 0, 0));
  tally.Sent(Tag(0, 0, 0));
  tally.Sent(Tag(0, 0, 0));

  EXPECT_EQ(tally.counts(), (Counts{.sent = 1, .lost = 1}));
}

TEST(TallySequenceTest, AMessageWithoutAnAnswerIsNotLost) {
  Tally tally(1, 1);
  tally.Sending(Tag(0, 0, 0));

  EXPECT_EQ(tally.counts(), Counts{});
}

TEST(TallySequenceTest, LatencyIsThatOfFirstDeliveries) {
  Tally tally(1, 1);
  tally.Sending(Tag(0, 0, 0));

  EXPECT_EQ(tally.Delivered(Tag(0, 0, 0), "a", kStart + absl::Nanoseconds(100)).value(),
            Tally::Delivery::kFirst);
  EXPECT_EQ(tally.Delivered(Tag(0, 0, 0), "a", kStart + absl::Hours(1)).value(),
            Tally::Delivery::kDuplicate);

  EXPECT_EQ(tally.end_to_end().Percentile(1), absl::Nanoseconds(100));
}

class UnknownMessageTest : public ::testing::TestWithParam<MessageTag> {};

TEST_P(UnknownMessageTest, IsRefusedAndNotCounted) {
  Tally tally(2, 2);
  tally.Sending(Tag(0, 0, 0));

  const auto delivery = tally.Delivered(GetParam(), "a", kStart);

  EXPECT_EQ(delivery.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(tally.counts(), Counts{});
}

INSTANTIATE_TEST_SUITE_P(Tags, UnknownMessageTest,
                         ::testing::Values(Tag(0, 1, 0), Tag(1, 0, 0), Tag(2, 0, 0), Tag(-1, 0, 0),
                                           Tag(0, -1, 0), Tag(0, 0, 2), Tag(0, 0, -1)));

}  // namespace
}  // namespace twinq::load
