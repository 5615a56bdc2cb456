#include "core/model/queue_attributes.h"

#include "gtest/gtest.h"

namespace twinq {
namespace {

struct DifferenceCase {
  const char* name;
  GivenQueueAttributes given;
  const char* difference;
};

class FirstDifferenceTest : public ::testing::TestWithParam<DifferenceCase> {};

TEST_P(FirstDifferenceTest, LooksAtGivenAttributesOnly) {
  const QueueAttributes current{.visibility_timeout = absl::Seconds(40),
                                .receive_wait = absl::Seconds(5)};

  EXPECT_EQ(GetParam().given.FirstDifference(current), GetParam().difference);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, FirstDifferenceTest,
    ::testing::Values(DifferenceCase{"NoneGiven", {}, ""},
                      DifferenceCase{"Equal", {absl::Seconds(40), absl::Seconds(5)}, ""},
                      DifferenceCase{"Visibility", {absl::Seconds(41), {}}, "VisibilityTimeout"},
                      DifferenceCase{
                          "Wait", {{}, absl::Seconds(0)}, "ReceiveMessageWaitTimeSeconds"}),
    [](const auto& test) { return test.param.name; });

TEST(GivenQueueAttributesTest, WhatIsNotGivenTakesTheServicesDefault) {
  const QueueAttributes attributes = GivenQueueAttributes().OverDefaults();

  EXPECT_EQ(attributes.visibility_timeout, absl::Seconds(30));
  EXPECT_EQ(attributes.receive_wait, absl::ZeroDuration());
}

}  // namespace
}  // namespace twinq
