#include "server/runtime/memory_return.h"

#include "gtest/gtest.h"

namespace twinq {
namespace {

constexpr int64_t kGrowth = MemoryReturn::kGrowthBytesMin;
constexpr uint64_t kQuiet = MemoryReturn::kQuietCommandsMax;
constexpr int64_t kResident = 100 * kGrowth;

class MemoryReturnTest : public ::testing::Test {
 protected:
  MemoryReturnTest() { memory_.Returned(kResident); }

  MemoryReturn memory_;
};

TEST_F(MemoryReturnTest, GrowthIsGivenBackOnceItIsQuiet) {
  EXPECT_FALSE(memory_.IsDue(kQuiet + 1, kResident + kGrowth));
  EXPECT_TRUE(memory_.IsDue(kQuiet + 1 + kQuiet, kResident + kGrowth));
}

TEST_F(MemoryReturnTest, LittleGrowthIsKept) {
  EXPECT_FALSE(memory_.IsDue(0, kResident + kGrowth - 1));
}

TEST_F(MemoryReturnTest, WhatRemainedIsTriedOnceMore) {
  ASSERT_TRUE(memory_.IsDue(0, kResident + kGrowth));
  memory_.Returned(kResident + kGrowth);

  for (int question = 1; question <= 3 * MemoryReturn::kAgainAfter; ++question) {
    EXPECT_EQ(memory_.IsDue(0, kResident + kGrowth), question == MemoryReturn::kAgainAfter);
  }
}

TEST_F(MemoryReturnTest, GrowthCountsFromTheLeast) {
  EXPECT_FALSE(memory_.IsDue(0, kResident - kGrowth));
  EXPECT_TRUE(memory_.IsDue(0, kResident));
}

}  // namespace
}  // namespace twinq
