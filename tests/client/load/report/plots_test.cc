#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "client/load/report/latency_report.h"
#include "client/load/report/sweep_report.h"
#include "client/load/report/terminal_plot.h"
#include "tests/client/load/report/example.h"

namespace twinq::load {
namespace {

using ::testing::HasSubstr;

int BlocksIn(const std::string& text) {
  int blocks = 0;
  for (size_t at = text.find("█"); at != std::string::npos; at = text.find("█", at + 1)) ++blocks;
  return blocks;
}

std::string Plot(const std::vector<double>& values, Scale scale) {
  std::vector<Bar> bars;
  for (const double value : values) {
    bars.push_back({.group = "g", .label = "l", .value = value, .text = "t"});
  }
  return RenderBars("title", bars, scale);
}

TEST(TerminalPlotTest, ALinearBarIsAsLongAsItsShareOfTheLargest) {
  EXPECT_EQ(BlocksIn(Plot({100}, Scale::kLinear)), 60);
  EXPECT_EQ(BlocksIn(Plot({100, 50}, Scale::kLinear)), 90);
}

TEST(TerminalPlotTest, ATenfoldIsAStepOfTheLogarithmicScale) {
  // From 0.1, the power below the least, to 100 are three steps.
  EXPECT_EQ(BlocksIn(Plot({100, 10, 1}, Scale::kLogarithmic)), 60 + 40 + 20);
}

TEST(TerminalPlotTest, NothingHasNoBar) {
  EXPECT_EQ(BlocksIn(Plot({0, 0}, Scale::kLogarithmic)), 0);
  EXPECT_EQ(BlocksIn(Plot({0}, Scale::kLinear)), 0);
}

TEST(TerminalPlotTest, AGroupIsToldOnce) {
  EXPECT_EQ(Plot({0, 0}, Scale::kLinear), "title\n  g l  t\n    l  t\n");
}

TEST(LatencyReportTest, ToldForEachKind) {
  std::vector<LatencyResult> results(2);
  results[1].kind = client::QueueKind::kFifo;
  for (LatencyResult& result : results) {
    result.send.Record(absl::Milliseconds(1));
    result.send_to_receive.Record(absl::Milliseconds(2));
  }

  const std::string text = RenderLatencyResults(results);

  EXPECT_THAT(text, HasSubstr("standard, send                1.0"));
  EXPECT_THAT(text, HasSubstr("FIFO, send to receive         2.0"));
  EXPECT_THAT(text, HasSubstr("p99.9"));
  EXPECT_THAT(JsonOfLatencies(results), HasSubstr(R"({"kind":"fifo","sent":1,"send_latency_ms":)"));
}

TEST(SweepReportTest, HasALineForEachValue) {
  const std::vector<RunResult> results = ExampleResults();
  const std::string text = RenderSweep("batch", {{"1", results[0]}, {"10", results[1]}});

  EXPECT_THAT(text, HasSubstr("batch           messages/s   send p50"));
  EXPECT_THAT(text, HasSubstr("\n1                    8,000"));
  EXPECT_THAT(text, HasSubstr("\n10                   8,000"));
  EXPECT_THAT(text, HasSubstr("messages/s\n  batch 1 "));
}

}  // namespace
}  // namespace twinq::load
