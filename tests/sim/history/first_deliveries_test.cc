#include "sim/history/first_deliveries.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

#include "tests/sim/history/hand_written.h"

namespace twinq::history {
namespace {

struct OrderCase {
  std::string name;
  std::vector<std::vector<uint32_t>> answers;  // To one receive after the other.
  FirstDeliveries expected;
};

class FirstDeliveriesTest : public testing::TestWithParam<OrderCase> {};

// Of a standard queue with messages 1 to 5, which are of no group.
TEST_P(FirstDeliveriesTest, AreComparedWithTheOrderOfSending) {
  HandWritten history(QueueKind::kStandard);
  for (uint32_t message = 1; message <= 5; ++message) history.Sent(message, {1, 2});
  double time = 10;
  for (const std::vector<uint32_t>& answer : GetParam().answers) {
    history.ReceivedAll(answer, {time, time + 1}, absl::Seconds(1));
    time += 10;
  }

  const Judgement judgement = history.Judged(/*remaining=*/5);

  EXPECT_EQ(judgement.first_deliveries, GetParam().expected) << TextOf(judgement);
}

INSTANTIATE_TEST_SUITE_P(
    Orders, FirstDeliveriesTest,
    testing::Values(OrderCase{"NoneAtAll", {}, {}},
                    OrderCase{"AsSent", {{1, 2}, {3}, {4, 5}}, {.messages = 5}},
                    OrderCase{"GapsAreNoDisorder", {{1}, {5}}, {.messages = 2}},
                    OrderCase{"OneAnswerHasAnOrder",
                              {{2, 1}},
                              {.messages = 2,
                               .out_of_order = 1,
                               .distance_mean = 1,
                               .distance_p99 = 1,
                               .distance_max = 1}},
                    OrderCase{"EachOvertakenOneCounts",
                              {{3}, {1}, {2}},
                              {.messages = 3,
                               .out_of_order = 2,
                               .distance_mean = 1,
                               .distance_p99 = 1,
                               .distance_max = 1}},
                    OrderCase{"DistanceIsTheNumberOfOvertakers",
                              {{2}, {3}, {5}, {1}, {4}},
                              {.messages = 5,
                               .out_of_order = 2,
                               .distance_mean = 2,
                               .distance_p99 = 3,
                               .distance_max = 3}},
                    OrderCase{"RedeliveriesHaveNoOrder", {{1}, {2}, {1}, {3}}, {.messages = 3}}),
    [](const auto& test) { return test.param.name; });

TEST(FirstDeliveriesOfCopiesTest, TheSecondCopyIsCountedAndHasNoOrder) {
  HandWritten history(QueueKind::kStandard);
  history.Sent(1, {1, 2});
  history.SentAs(1, {3, 4}, 9);
  history.Sent(2, {5, 6});
  history.Received(1, {10, 11});
  history.Received(2, {12, 13});
  history.Deliver({.message = {.producer = 1, .number = 1}, .id = HandWritten::IdOf(9)}, {14, 15},
                  absl::Seconds(30));

  const Judgement judgement = history.Judged(/*remaining=*/3);

  EXPECT_EQ(judgement.first_deliveries, (FirstDeliveries{.messages = 2, .further_copies = 1}));
}

TEST(FirstDeliveriesOfGroupsTest, ProducersAndGroupsHaveOrdersOfTheirOwn) {
  Recorder recorder(1);
  const auto send = [&](uint32_t producer, uint32_t number, absl::string_view group) {
    recorder.Sent(producer, {.asked_at = Timestamp(), .answered_at = Timestamp()},
                  {SentMessage{.message = {.producer = producer, .number = number},
                               .group = recorder.Name(group),
                               .outcome = Outcome::kDone,
                               .id = MessageId::FromBits(producer, number)}});
  };
  send(1, 1, "a");
  send(1, 2, "b");
  send(2, 1, "b");
  const auto received = [](uint32_t producer, uint32_t number) {
    return ReceivedMessage{.message = {.producer = producer, .number = number},
                           .id = MessageId::FromBits(producer, number)};
  };
  const Timestamp later = Timestamp() + absl::Seconds(1);
  recorder.Received(7, {.asked_at = later, .answered_at = later}, absl::Seconds(30),
                    {received(1, 2), received(2, 1), received(1, 1)});
  std::vector<Recorder> recorders;
  recorders.push_back(std::move(recorder));
  const History history = Merge(std::move(recorders), {.at = later, .remaining = 3});

  const auto judgement = Judge(history, {.kind = QueueKind::kStandard});

  ASSERT_TRUE(judgement.ok()) << judgement.status();
  EXPECT_EQ(judgement->first_deliveries, FirstDeliveries{.messages = 3});
}

TEST(GroupsHeldTwiceTest, AreCountedOfAStandardQueueAndAreNoViolation) {
  Recorder recorder(1);
  for (const uint32_t number : {1U, 2U}) {
    const Timestamp at = Timestamp() + absl::Seconds(number);
    recorder.Sent(1, {.asked_at = at, .answered_at = at},
                  {SentMessage{.message = {.producer = 1, .number = number},
                               .group = recorder.Name("g"),
                               .outcome = Outcome::kDone,
                               .id = MessageId::FromBits(1, number)}});
  }
  for (const uint32_t number : {1U, 2U}) {
    const Timestamp at = Timestamp() + absl::Seconds(10 + number);
    const ReceivedMessage received = {.message = {.producer = 1, .number = number},
                                      .id = MessageId::FromBits(1, number)};
    recorder.Received(10 + number, {.asked_at = at, .answered_at = at}, absl::Seconds(30),
                      {received});
  }
  std::vector<Recorder> recorders;
  recorders.push_back(std::move(recorder));
  const History history =
      Merge(std::move(recorders), {.at = Timestamp() + absl::Hours(1), .remaining = 2});

  const auto judgement = Judge(history, {.kind = QueueKind::kStandard});

  ASSERT_TRUE(judgement.ok()) << judgement.status();
  EXPECT_EQ(judgement->groups_held_twice, 1);
  EXPECT_TRUE(judgement->IsClean()) << TextOf(*judgement);
}

}  // namespace
}  // namespace twinq::history
