#include "client/cli/explanation.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "client/lib/call_status.h"

namespace twinq::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kAddress[] = "127.0.0.1:9323";

TEST(ExplanationTest, NoServerSaysHowToStartOne) {
  const Explanation explanation = Explain(absl::UnavailableError("failed to connect"), kAddress);

  EXPECT_EQ(explanation.exit_code, ExitCode::kNoServer);
  EXPECT_THAT(explanation.text, StartsWith("no server at 127.0.0.1:9323: start one with `twinqd`"));
}

TEST(ExplanationTest, AServerThatSaysUnavailableIsThere) {
  const Explanation explanation = Explain(
      client::WithSqsErrorName(absl::UnavailableError("stopping"), "ServiceUnavailableException"),
      kAddress);

  EXPECT_EQ(explanation.exit_code, ExitCode::kRefused);
  EXPECT_EQ(explanation.text, "stopping");
}

TEST(ExplanationTest, NoAnswerWarnsOfRepeating) {
  const Explanation explanation = Explain(absl::DeadlineExceededError("late"), kAddress);

  EXPECT_EQ(explanation.exit_code, ExitCode::kNoServer);
  EXPECT_THAT(explanation.text, HasSubstr("look before you repeat it"));
}

TEST(ExplanationTest, AnErrorWithoutTextIsNamed) {
  EXPECT_EQ(Explain(absl::InternalError(""), kAddress).text, "INTERNAL");
}

struct NextStepCase {
  const char* name;
  const char* sqs_error;
  const char* text;
  const char* next_step;
};

class NextStepTest : public ::testing::TestWithParam<NextStepCase> {};

TEST_P(NextStepTest, FollowsTheServicesText) {
  const auto& [name, sqs_error, text, next_step] = GetParam();

  const Explanation explanation =
      Explain(client::WithSqsErrorName(absl::InvalidArgumentError(text), sqs_error), kAddress);

  EXPECT_EQ(explanation.exit_code, ExitCode::kRefused);
  EXPECT_THAT(explanation.text, StartsWith(text));
  EXPECT_THAT(explanation.text, HasSubstr(next_step));
}

INSTANTIATE_TEST_SUITE_P(
    Errors, NextStepTest,
    ::testing::Values(
        NextStepCase{"UnknownQueue", "QueueDoesNotExist", "The specified queue does not exist.",
                     "twinq queue create"},
        NextStepCase{"Garbage", "ReceiptHandleIsInvalid",
                     "The input receipt handle \"x\" is not a valid receipt handle.",
                     "`twinq receive`"},
        NextStepCase{
            "Expired", "InvalidParameterValueException",
            "Value x for parameter ReceiptHandle is invalid. Reason: The receipt handle has "
            "expired.",
            "`twinq receive`"},
        NextStepCase{"NoGroup", "MissingRequiredParameterException",
                     "The request must contain the parameter MessageGroupId.", "--group"},
        NextStepCase{"NoDedupId", "InvalidParameterValueException",
                     "The queue should either have ContentBasedDeduplication enabled or "
                     "MessageDeduplicationId provided explicitly",
                     "--dedup-id"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq::cli
