#include "client/load/report/comparison.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::load {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Comparison Example() {
  return {.standard = {.counts = {.sent = 1'234'567,
                                  .delivered = 1'234'999,
                                  .stored_twice = 400,
                                  .delivered_again = 32,
                                  .out_of_order = 999},
                       .throughput_per_s = 8000,
                       .latency_p50 = absl::Microseconds(1234),
                       .latency_p99 = absl::Microseconds(56'780)},
          .fifo = {.counts = {.sent = 100, .delivered = 107, .delivered_again = 7},
                   .throughput_per_s = 20,
                   .latency_p50 = absl::Milliseconds(123),
                   .latency_p99 = absl::Seconds(12)}};
}

TEST(ReportTest, PutsTheKindsSideBySide) {
  const std::string table = RenderComparison(Example());

  EXPECT_THAT(table, HasSubstr("                   standard       FIFO   why\n"));
  EXPECT_THAT(table, HasSubstr("sent              1,234,567        100   "));
  EXPECT_THAT(table, HasSubstr("duplicates              432          7   "));
  EXPECT_THAT(table, HasSubstr("  stored twice          400          0   "));
  EXPECT_THAT(table, HasSubstr("out of order            999          0   "));
  EXPECT_THAT(table, HasSubstr("messages/s            8,000         20   "));
  EXPECT_THAT(table, HasSubstr("latency p50         1.23 ms     123 ms   "));
  EXPECT_THAT(table, HasSubstr("latency p99         56.8 ms     12.0 s   "));
}

TEST(ReportTest, FitsATerminalOfAHundredColumns) {
  const std::string text = DescribeWorkload(Workload{}) + RenderComparison(Example());

  for (const std::string& line : std::vector<std::string>(absl::StrSplit(text, '\n'))) {
    EXPECT_LE(line.size(), 100u) << line;
  }
}

TEST(ReportTest, TheWorkloadNamesItsSeed) {
  Workload workload;
  workload.seed = 4711;

  EXPECT_THAT(DescribeWorkload(workload), HasSubstr("seed 4711"));
}

TEST(ReportTest, WhatEitherKindMayDoIsNoViolation) {
  EXPECT_THAT(Violations(Example()), IsEmpty());
}

TEST(ReportTest, EveryBrokenPromiseIsAViolation) {
  Comparison comparison;
  comparison.standard.counts.lost = 1;
  comparison.fifo.counts = {.stored_twice = 2, .out_of_order = 3, .lost = 4};

  EXPECT_THAT(Violations(comparison), ElementsAre("1 messages lost by the standard queue",
                                                  "4 messages lost by the FIFO queue",
                                                  "2 duplicates stored by the FIFO queue",
                                                  "3 messages out of order from the FIFO queue"));
}

}  // namespace
}  // namespace twinq::load
