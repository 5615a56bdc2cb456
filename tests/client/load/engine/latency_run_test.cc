#include "client/load/engine/latency_run.h"

#include "gtest/gtest.h"

#include "client/load/engine/poll_watch.h"
#include "tests/client/load/fake_queue.h"
#include "tests/client/load/ticking_clock.h"

namespace twinq::load {
namespace {

using Fault = FakeQueue::Fault;

absl::StatusOr<LatencyResult> MeasureOn(FakeQueue& queue) {
  ScriptedServer server(queue.Script());
  const TickingClock clock;
  return MeasureLatency({.duration = absl::InfiniteDuration(), .messages_max = 15},
                        {.server = server.address(), .queue_name = "q"}, clock);
}

TEST(LatencyRunTest, EachMessageIsMeasuredOnBothWays) {
  FakeQueue queue(Fault::kNone);

  const auto result = MeasureOn(queue);

  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->send.count(), 15);
  EXPECT_EQ(result->send_to_receive.count(), 15);
  EXPECT_GT(result->send.Percentile(0.5), absl::ZeroDuration());
  EXPECT_EQ(queue.deleted(), 1);
}

TEST(LatencyRunTest, ARefusedReceiveEndsIt) {
  FakeQueue queue(Fault::kRefusesReceives);

  EXPECT_EQ(MeasureOn(queue).status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(queue.deleted(), 1);
}

TEST(LatencyRunTest, AMessageThatNobodySentEndsIt) {
  FakeQueue queue(Fault::kInventsAMessage);

  EXPECT_EQ(MeasureOn(queue).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(PollWatchTest, AMessageIsKeptWhenTheNextPollBeginsBeforeItIsTaken) {
  PollWatch watch;
  const absl::Time at = absl::FromUnixSeconds(7);
  watch.BeginPoll();
  watch.Received({.producer = 0, .number = 3}, at);
  watch.BeginPoll();

  EXPECT_EQ(watch.WaitForMessage({.producer = 0, .number = 3}, absl::Seconds(10)).value(), at);
  EXPECT_TRUE(watch.WaitForPoll().ok());
}

TEST(PollWatchTest, AnotherMessageIsAnError) {
  PollWatch watch;
  watch.Received({.producer = 0, .number = 4}, absl::UnixEpoch());

  EXPECT_EQ(watch.WaitForMessage({.producer = 0, .number = 3}, absl::Seconds(10)).status().code(),
            absl::StatusCode::kInternal);
}

TEST(PollWatchTest, PatienceEnds) {
  PollWatch watch;

  EXPECT_EQ(watch.WaitForMessage({}, absl::Nanoseconds(1)).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace twinq::load
