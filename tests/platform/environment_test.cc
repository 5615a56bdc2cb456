#include "platform/environment.h"

#include <cstdlib>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::platform {
namespace {

TEST(EnvironmentTest, HasWhatWasSet) {
  ASSERT_EQ(setenv("ENVIRONMENT_TEST", "a=b", 1), 0);

  EXPECT_THAT(Environment(), ::testing::Contains("ENVIRONMENT_TEST=a=b"));
}

}  // namespace
}  // namespace twinq::platform
