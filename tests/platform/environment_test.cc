#include "platform/environment.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::platform {
namespace {

TEST(EnvironmentTest, HasNamesAndValues) {
  EXPECT_THAT(Environment(), ::testing::Contains(::testing::StartsWith("PATH=")));
}

}  // namespace
}  // namespace twinq::platform
