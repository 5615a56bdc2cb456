#include <string>

#include "absl/time/time.h"
#include "gtest/gtest.h"

#include "client/load/engine/delivered_numbers.h"
#include "client/load/engine/judged_totals.h"
#include "client/load/engine/message_draws.h"
#include "client/load/engine/message_ids.h"
#include "client/load/engine/send_window.h"
#include "client/load/engine/stop_signal.h"
#include "client/load/engine/timeline.h"

namespace twinq::load {
namespace {

TEST(DeliveredNumbersTest, TellsTheFirstDeliveryFromLaterOnes) {
  using Delivery = DeliveredNumbers::Delivery;
  DeliveredNumbers numbers(100, 65);

  EXPECT_EQ(numbers.Add(100), Delivery::kFirst);
  EXPECT_EQ(numbers.Add(164), Delivery::kFirst);
  EXPECT_EQ(numbers.Add(100), Delivery::kRepeated);
  EXPECT_EQ(numbers.Add(99), Delivery::kUnknown);
  EXPECT_EQ(numbers.Add(165), Delivery::kUnknown);
}

TEST(MessageDrawsTest, DependOnMessageOccasionAndSeedAlone) {
  const uint64_t drawn = DrawsOf(1, 7, Occasion::kSend).Next();

  EXPECT_EQ(DrawsOf(1, 7, Occasion::kSend).Next(), drawn);
  EXPECT_NE(DrawsOf(1, 7, Occasion::kFirstDelivery).Next(), drawn);
  EXPECT_NE(DrawsOf(1, 8, Occasion::kSend).Next(), drawn);
  EXPECT_NE(DrawsOf(2, 7, Occasion::kSend).Next(), drawn);
}

TEST(MessageIdsTest, OnlyAUuidIsAnId) {
  const std::string text = MessageId::FromRandomBits(1, 2).ToText();

  EXPECT_EQ(ParseMessageId(text).value().ToText(), text);
  for (const std::string& wrong : {std::string(), std::string("id-1"), text + "0"}) {
    EXPECT_EQ(ParseMessageId(wrong).status().code(), absl::StatusCode::kInternal) << wrong;
  }
}

TEST(MessageIdsTest, AStandardQueueHasNoSequenceNumbers) {
  EXPECT_EQ(ParseSequenceNumber("").value(), 0u);
  EXPECT_EQ(ParseSequenceNumber("00000000000000000042").value(), 42u);
  EXPECT_EQ(ParseReceiveCount(""), 0u);
  EXPECT_EQ(ParseReceiveCount("3"), 3u);
}

TEST(SendWindowTest, AClosedWindowLetsNobodyIn) {
  SendWindow window(1);
  EXPECT_EQ(window.Enter(1), SendWindow::Entry::kOpen);
  window.Leave(1);

  window.Close();

  EXPECT_EQ(window.Enter(1), SendWindow::Entry::kClosed);
}

TEST(SendWindowTest, ABatchLargerThanTheWindowIsLetIn) {
  SendWindow window(3);

  EXPECT_EQ(window.Enter(10), SendWindow::Entry::kOpen);
  window.Leave(10);
  EXPECT_EQ(window.Enter(10), SendWindow::Entry::kOpen);
}

TEST(StopSignalTest, WhoWaitsAfterItDoesNotWait) {
  StopSignal stop;
  EXPECT_FALSE(stop.is_given());

  stop.Give();

  EXPECT_TRUE(stop.is_given());
  stop.WaitFor(absl::InfiniteDuration());
}

TEST(TimelineTest, CountsByTenthsOfASecond) {
  Timeline timeline;
  timeline.Add(absl::Milliseconds(99), 1);
  timeline.Add(absl::Milliseconds(100), 2);
  timeline.Add(absl::Milliseconds(-5), 4);
  Timeline other;
  other.Add(absl::Milliseconds(250), 8);

  timeline.Merge(other);

  EXPECT_EQ(timeline.counts(), (std::vector<int64_t>{5, 2, 8}));
}

TEST(JudgedTotalsTest, AddsUpChapters) {
  history::Judgement one;
  one.counts.deliveries = 10;
  one.first_deliveries = {
      .messages = 8, .further_copies = 1, .out_of_order = 2, .distance_mean = 3, .distance_max = 4};
  one.violations.at(static_cast<size_t>(history::Verdict::kLost)) = 1;
  history::Judgement other;
  other.counts.deliveries = 5;
  other.first_deliveries = {
      .messages = 5, .out_of_order = 1, .distance_mean = 9, .distance_max = 9};
  JudgedTotals totals;

  totals.Add(one);
  totals.Add(other);

  EXPECT_EQ(totals.delivered, 15);
  EXPECT_EQ(totals.duplicates(), 2);
  EXPECT_EQ(totals.out_of_order, 3);
  EXPECT_EQ(totals.distance_mean(), 5);
  EXPECT_EQ(totals.distance_max, 9);
  EXPECT_EQ(totals.lost(), 1);
  EXPECT_FALSE(totals.IsClean());
}

}  // namespace
}  // namespace twinq::load
