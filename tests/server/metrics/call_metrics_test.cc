#include "server/metrics/call_metrics.h"

#include <map>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/base/manual_clock.h"
#include "platform/thread.h"

namespace twinq::metrics {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

class CallMetricsTest : public ::testing::Test {
 protected:
  CallMetrics::Figures FiguresOf(size_t action) { return calls_.Read()[action]; }

  ManualClock clock_{absl::UnixEpoch()};
  // Two errors of one name.
  CallMetrics calls_{{.actions = {"Send", "Receive"}, .outcomes = {"", "Full", "Gone", "Full"}},
                     clock_};
};

TEST_F(CallMetricsTest, ACallIsUnderWayUntilItEnds) {
  CallCounters& send = calls_.AddCounters("Send");

  const absl::Time begun = send.Begin();
  EXPECT_EQ(FiguresOf(0).under_way, 1u);
  send.End(0, begun);

  EXPECT_EQ(FiguresOf(0).under_way, 0u);
  EXPECT_EQ(FiguresOf(0).ended.at(""), 1u);
}

TEST_F(CallMetricsTest, ErrorsOfOneNameAreCountedTogether) {
  CallCounters& send = calls_.AddCounters("Send");
  for (const CallOutcome outcome : {size_t{1}, size_t{3}, size_t{2}})
    send.End(outcome, send.Begin());

  EXPECT_THAT(FiguresOf(0).ended, ElementsAre(Pair("", 0), Pair("Full", 2), Pair("Gone", 1)));
}

TEST_F(CallMetricsTest, TheTimeIsFromBeginToEnd) {
  CallCounters& receive = calls_.AddCounters("Receive");

  const absl::Time begun = receive.Begin();
  clock_.Advance(absl::Seconds(20));
  receive.End(0, begun);

  EXPECT_EQ(FiguresOf(1).seconds.sum_nanos, 20'000'000'000);
  EXPECT_EQ(FiguresOf(1).seconds.total(), 1u);
}

TEST_F(CallMetricsTest, ThereAreFiguresOfAnActionThatNobodyCalls) {
  EXPECT_EQ(FiguresOf(1).action, "Receive");
  EXPECT_EQ(FiguresOf(1).ended.at(""), 0u);
}

TEST_F(CallMetricsTest, ThreadsAreSummedUp) {
  constexpr int kCalls = 10'000;
  {
    std::vector<platform::Thread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back("calls", [&counters = calls_.AddCounters("Send")] {
        for (int call = 0; call < kCalls; ++call) counters.End(0, counters.Begin());
      });
    }
    for (int i = 0; i < 100; ++i) EXPECT_LE(FiguresOf(0).ended.at(""), uint64_t{3} * kCalls);
  }

  EXPECT_EQ(FiguresOf(0).ended.at(""), uint64_t{3} * kCalls);
  EXPECT_EQ(FiguresOf(0).seconds.total(), uint64_t{3} * kCalls);
  EXPECT_EQ(FiguresOf(0).under_way, 0u);
}

}  // namespace
}  // namespace twinq::metrics
