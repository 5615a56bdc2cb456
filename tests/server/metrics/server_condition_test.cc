#include "server/metrics/server_condition.h"

#include "gtest/gtest.h"

namespace twinq::metrics {
namespace {

using State = ServerCondition::State;

TEST(ServerConditionTest, GoesForwardOnly) {
  ServerCondition condition;
  EXPECT_EQ(condition.state(), State::kStarting);
  condition.SetServing();
  EXPECT_EQ(condition.state(), State::kServing);
  condition.SetEnding();
  condition.SetServing();
  EXPECT_EQ(condition.state(), State::kEnding);
}

TEST(ServerConditionTest, AFailureIsFinal) {
  ServerCondition condition;

  condition.SetFailed();
  condition.SetServing();
  condition.SetEnding();

  EXPECT_EQ(condition.state(), State::kFailed);
}

}  // namespace
}  // namespace twinq::metrics
