#include "client/load/report/run_report.h"

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "client/load/report/duplicate_causes.h"
#include "client/load/report/generator_share.h"
#include "client/load/report/json_report.h"
#include "tests/client/load/report/example.h"

namespace twinq::load {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(RunReportTest, PutsTheKindsSideBySide) {
  const std::string table = RenderTable(ExampleResults());

  EXPECT_THAT(table, HasSubstr("                      standard        FIFO  why\n"));
  EXPECT_THAT(table, HasSubstr("sent                 1,234,567         100  "));
  EXPECT_THAT(table, HasSubstr("duplicates                 432           7  "));
  EXPECT_THAT(table, HasSubstr("  producer_retry           400           0  "));
  EXPECT_THAT(table, HasSubstr("  failed                    32           7  "));
  EXPECT_THAT(table, HasSubstr("out of order               999           0  "));
  EXPECT_THAT(table, HasSubstr("  overtaken by        2.0 (17)           -  "));
  EXPECT_THAT(table, HasSubstr("messages/s               8,000       8,000  "));
  EXPECT_THAT(table, HasSubstr("send p50               1.2"));
  EXPECT_THAT(table, HasSubstr("server CPU              7.0 us         n/a  "));
  EXPECT_THAT(table, HasSubstr("server memory             50 B         n/a  "));
}

TEST(RunReportTest, CausesThatNoQueueHadAreLeftOut) {
  EXPECT_THAT(RenderTable(ExampleResults()), Not(HasSubstr("late_delete")));
}

TEST(RunReportTest, CausesAddUpToTheDuplicates) {
  for (const RunResult& result : ExampleResults()) {
    int64_t sum = 0;
    for (const DuplicateCause& cause : DuplicateCausesOf(result)) sum += cause.count;
    EXPECT_EQ(sum, result.judged.duplicates());
  }
}

TEST(RunReportTest, OneResultHasOneColumn) {
  const std::vector<RunResult> results = ExampleResults();

  EXPECT_THAT(RenderTable(absl::MakeConstSpan(&results.back(), 1)),
              HasSubstr("                      FIFO\n"));
}

TEST(RunReportTest, FitsATerminalOfAHundredColumns) {
  std::vector<RunResult> results = ExampleResults();
  for (int64_t& count : results.front().judged.redeliveries) count = 1'000'000;
  const std::string text = DescribeWorkload(Workload{}) + RenderTable(results);

  for (const std::string& line : std::vector<std::string>(absl::StrSplit(text, '\n'))) {
    EXPECT_LE(line.size(), 100u) << line;
  }
}

TEST(RunReportTest, TheWorkloadNamesItsSeed) {
  Workload workload;
  workload.seed = 4711;

  EXPECT_THAT(DescribeWorkload(workload), HasSubstr("seed 4711"));
}

TEST(RunReportTest, WhatEitherKindMayDoIsNoViolation) {
  for (const RunResult& result : ExampleResults()) EXPECT_THAT(ViolationsOf(result), IsEmpty());
}

TEST(RunReportTest, AViolationIsToldWithTheStoryOfTheFirst) {
  RunResult result;
  result.kind = client::QueueKind::kFifo;
  result.judged.violations.at(static_cast<size_t>(history::Verdict::kLost)) = 2;
  result.judged.findings = {
      {.rule = history::Rule::kNeverDelivered, .proof = "it is gone", .story = {"a", "b"}}};

  EXPECT_THAT(ViolationsOf(result),
              ElementsAre("FIFO queue: lost, 2 times\n  it is gone\n    a\n    b"));
}

TEST(JsonReportTest, HasTheFiguresUnderFixedNames) {
  const std::string json = JsonOf(ExampleResults().front(), Workload{}, "host:1");

  for (const char* part :
       {R"("kind":"standard")", R"("sent":1234567)", R"("delivered":1234999)", R"("lost":0)",
        R"("duplicates":432)", R"("producer_retry":400)", R"("failed":32)",
        R"("order_violations":999)", R"("groups_held_twice":5)", R"("throughput_per_s":8000)",
        R"("send_latency_ms":{"p50":)", R"("end_to_end_latency_ms":{"p50":)", R"("p999":)",
        R"("server_cpu_us_per_message":7)", R"("server":"host:1")"}) {
    EXPECT_THAT(json, HasSubstr(part));
  }
}

TEST(JsonReportTest, WhatIsNotKnownIsNull) {
  const std::string json = JsonOfAll(ExampleResults(), Workload{}, "host:1");

  EXPECT_THAT(json, HasSubstr(R"("server_cpu_us_per_message":null)"));
  EXPECT_EQ(json.front(), '[');
}

TEST(GeneratorShareTest, IsSaidWithWhatItCouldDoAlone) {
  EXPECT_THAT(DescribeGenerator(ExampleResults().front()),
              HasSubstr("took 60 % of 2 processors, 12.0 us a message; alone it could do 166,666"));
}

TEST(GeneratorShareTest, AGeneratorThatTookMostOfAFullMachineIsWarnedOf) {
  EXPECT_THAT(GeneratorWarning(ExampleResults().front(), Workload{}),
              HasSubstr("most of them by the generator"));
}

TEST(GeneratorShareTest, AMachineWithTimeToSpareIsNoReasonToWarn) {
  RunResult result = ExampleResults().front();
  result.usage.generator_cpu = absl::Seconds(8);

  EXPECT_EQ(GeneratorWarning(result, Workload{}), "");
}

TEST(GeneratorShareTest, AnOpenLoopThatFellBehindIsWarnedOf) {
  Workload workload;
  workload.rate_per_s = 200'000;

  EXPECT_THAT(GeneratorWarning(ExampleResults().front(), workload),
              HasSubstr("sent 100000 of the 200000 messages/s asked for"));
}

}  // namespace
}  // namespace twinq::load
