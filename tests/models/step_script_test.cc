#include "tests/models/step_script.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/models/differential.h"
#include "tests/models/random_steps.h"
#include "tests/models/script_run.h"
#include "tests/models/step_text.h"
#include "tests/support/seed.h"
#include "tests/support/status_matchers.h"

namespace twinq::model {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct WrongCase {
  const char* name;
  const char* text;
  const char* message;
};

class WrongScriptTest : public ::testing::TestWithParam<WrongCase> {};

TEST_P(WrongScriptTest, IsRefusedByFileAndLine) {
  const auto scripts = ParseScripts(GetParam().text, "a.script");

  EXPECT_THAT(scripts, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(scripts.status().message()), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Mistakes, WrongScriptTest,
    ::testing::Values(
        WrongCase{"Nothing", "# only this\n", "a.script:2: no row"},
        WrongCase{"StepBeforeRow", "purge\n", "a.script:1: before the first row"},
        WrongCase{"RowWithoutQueue", "row a\npurge\n", "a.script:2: a row begins with its queue"},
        WrongCase{"TwoRows", "row a\nrow b\n", "a.script:2: a row without its queue"},
        WrongCase{"RowWithoutSteps", "row a\nqueue fifo\n", "no row, or one without steps"},
        WrongCase{"Kind", "row a\nqueue other\n", "a.script:2: no kind of queue: 'other'"},
        WrongCase{"Attribute", "row a\nqueue fifo wait=3s\n", "a.script:2: no attribute"},
        WrongCase{"FifoAttribute", "row a\nqueue standard dedup_scope=group\n", "no attribute"},
        WrongCase{"Verb", "row a\nqueue fifo\nsent g-m1\n", "a.script:3: no such step: 'sent'"},
        WrongCase{"TooLittle", "row a\nqueue fifo\nsend\n", "a.script:3: too little behind"},
        WrongCase{"TooMuch", "row a\nqueue fifo\npurge all\n", "a.script:3: too much behind"},
        WrongCase{"Span", "row a\nqueue fifo\nwait 5\n", "a.script:3: no span of time: '5'"},
        WrongCase{"Waiter", "row a\nqueue fifo\ncancel m1\n", "a.script:3: no waiter: 'm1'"},
        WrongCase{"DedupIdOnStandard", "row a\nqueue standard\nsend m1=x\n", "a.script:3: a dedup"},
        WrongCase{"DelayOnFifo", "row a\nqueue fifo\nsend g-m1[delay=5s]\n",
                  "a.script:3: no detail"},
        WrongCase{"Error", "row a\nqueue fifo\nsend g-m1[malformed=Bad]\n", "no error: 'Bad'"},
        WrongCase{"Delivery", "row a\nqueue fifo\ndelete m1/0\n", "deliveries count from 1"},
        WrongCase{"NoStep", "row a\nqueue fifo\n=> ok\n", "a.script:3: no step"}),
    [](const auto& test) { return test.param.name; });

// What a step is printed as is read as the same step.
class StepTextTest : public ::testing::TestWithParam<QueueKind> {};

TEST_P(StepTextTest, IsReadBackAsTheSameStep) {
  for (const uint64_t seed : SeedsOfRounds(20)) {
    SCOPED_TRACE(SeedTrace(seed));
    RandomSteps random(GetParam(), seed);
    const auto model = NewModel(GetParam(), random.setup(), nullptr);
    const std::string queue = QueueText(GetParam(), random.setup());
    for (int i = 0; i < 100; ++i) {
      const TimedStep step = random.Next();
      random.Learn(model->Run(step.at, step.step));
      const std::string text = StepText(step.step, GetParam());

      const auto scripts = ParseScripts(absl::StrCat("row a\n", queue, "\n", text), "a.script");

      ASSERT_THAT(scripts, IsOk()) << text;
      const StepScript& script = scripts->front();
      EXPECT_EQ(StepText(script.lines.front().step, GetParam()), text);
      EXPECT_EQ(QueueText(script.kind, script.setup), queue);
      EXPECT_EQ(script.setup.attributes, random.setup().attributes);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, StepTextTest,
                         ::testing::Values(QueueKind::kStandard, QueueKind::kFifo),
                         [](const auto& test) {
                           return std::string(test.param == QueueKind::kFifo ? "Fifo" : "Standard");
                         });

std::vector<std::string> FailuresOf(const char* text) {
  const auto scripts = ParseScripts(text, "a.script");
  EXPECT_THAT(scripts, IsOk());
  const StepScript& script = scripts->front();
  return RunScript(script, absl::ZeroDuration(), *NewModel(script.kind, script.setup, nullptr));
}

TEST(RunScriptTest, TellsEachLineThatCameOutOtherwise) {
  const std::vector<std::string> failures = FailuresOf(R"(
    row a
    queue standard
    send m1 m2 => ok
    receive 10 => m1
    receive => nothing; counts 0 1 0
    delete m1 => ReceiptHandleExpired)");

  ASSERT_THAT(failures, SizeIs(3));
  EXPECT_THAT(failures[0], HasSubstr("line 5: receive 10 => m1\n  came: m1*1{"));
  EXPECT_THAT(failures[1], HasSubstr("counts 0 2 0"));
  EXPECT_THAT(failures[2], HasSubstr("came: ok"));
}

TEST(RunScriptTest, WithoutExpectationNoErrorAndNoAnswerMayCome) {
  const std::vector<std::string> failures = FailuresOf(R"(
    row a
    queue standard
    receive wait=20s as w1
    send m1
    delete other-queue
    purge
    purge)");

  ASSERT_THAT(failures, SizeIs(3));
  EXPECT_THAT(failures[0], HasSubstr("came: ok; w1: m1"));
  EXPECT_THAT(failures[1], HasSubstr("ReceiptHandleOfOtherQueue"));
  EXPECT_THAT(failures[2], HasSubstr("refused PurgeInProgress"));
}

TEST(RunScriptTest, AHandleThatWasNeverIssuedIsTold) {
  EXPECT_THAT(FailuresOf("row a\nqueue standard\nsend m1\ndelete m1"), SizeIs(1));
}

TEST(RunScriptTest, SpansMayBeWrittenInAnyUnit) {
  EXPECT_THAT(FailuresOf(R"(
    row a
    queue standard delay=60000ms
    send m1 => next 60s
    +1m receive => m1*1{sent=0s,first=60s})"),
              IsEmpty());
}

}  // namespace
}  // namespace twinq::model
