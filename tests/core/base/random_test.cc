#include "core/base/random.h"

#include <array>
#include <cstdint>
#include <vector>

#include "gtest/gtest.h"

#include "tests/support/seed.h"

namespace twinq {
namespace {

// Gives what it was told, again and again.
class ScriptedRandom : public Random {
 public:
  explicit ScriptedRandom(std::vector<uint64_t> draws) : draws_(std::move(draws)) {}
  uint64_t Next() override { return draws_[place_++ % draws_.size()]; }

 private:
  const std::vector<uint64_t> draws_;
  size_t place_ = 0;
};

// From the authors' reference implementation, its state filled by their splitmix64.
TEST(SeededRandomTest, GivesTheReferenceNumbers) {
  SeededRandom zero(0);
  EXPECT_EQ(zero.Next(), 0x99ec5f36cb75f2b4u);
  EXPECT_EQ(zero.Next(), 0xbf6e1f784956452au);
  EXPECT_EQ(zero.Next(), 0x1a5f849d4933e6e0u);
  EXPECT_EQ(zero.Next(), 0x6aa594f1262d2d2cu);

  SeededRandom other(42);
  EXPECT_EQ(other.Next(), 0x15780b2e0c2ec716u);
  EXPECT_EQ(other.Next(), 0x6104d9866d113a7eu);
}

TEST(RandomTest, BelowStaysBelowAndMeetsEveryNumber) {
  for (const uint64_t seed : SeedsOfRounds(3)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    std::array<int, 7> drawn{};

    for (int i = 0; i < 7'000; ++i) ++drawn.at(random.Below(7));

    for (const int count : drawn) {
      EXPECT_GT(count, 800);
      EXPECT_LT(count, 1'200);
    }
  }
}

TEST(RandomTest, BelowOneIsZero) { EXPECT_EQ(ScriptedRandom({~uint64_t{0}}).Below(1), 0u); }

// 2^64 mod 3 is 1: one number too many, so the lowest draw is repeated.
TEST(RandomTest, BelowRepeatsDrawsThatWouldFavourLowResults) {
  EXPECT_EQ(ScriptedRandom({0, 5}).Below(3), 2u);
  EXPECT_EQ(ScriptedRandom({1, 5}).Below(3), 1u);
}

TEST(RandomTest, BelowAPowerOfTwoRepeatsNothing) {
  EXPECT_EQ(ScriptedRandom({0, 5}).Below(uint64_t{1} << 63), 0u);
}

TEST(RandomTest, ChanceIsNeverAtZeroAndAlwaysAtOne) {
  EXPECT_FALSE(ScriptedRandom({0}).Chance(0));
  EXPECT_TRUE(ScriptedRandom({~uint64_t{0}}).Chance(1));
}

TEST(RandomTest, ChanceComesAsOftenAsAsked) {
  for (const uint64_t seed : SeedsOfRounds(3)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    int hits = 0;

    for (int i = 0; i < 10'000; ++i) hits += random.Chance(0.3) ? 1 : 0;

    EXPECT_NEAR(hits, 3'000, 300);
  }
}

}  // namespace
}  // namespace twinq
