#include "platform/entropy.h"

#include <cstdint>
#include <set>

#include "gtest/gtest.h"

namespace twinq::platform {
namespace {

// Two equal ones among so few of 64 bits mean that bytes were used twice.
TEST(EntropyTest, NoDrawRepeatsAnotherAlsoBeyondOneFill) {
  Entropy entropy;
  std::set<uint64_t> drawn;

  for (int i = 0; i < 2'000; ++i) drawn.insert(entropy.Next());

  EXPECT_EQ(drawn.size(), 2'000u);
}

TEST(EntropyTest, TwoSourcesDrawDifferently) {
  Entropy one;
  Entropy other;

  EXPECT_NE(one.Next(), other.Next());
}

TEST(EntropyTest, EveryBitIsSometimesSetAndSometimesNot) {
  Entropy entropy;
  uint64_t ever_set = 0;
  uint64_t always_set = ~uint64_t{0};

  for (int i = 0; i < 1'000; ++i) {
    const uint64_t draw = entropy.Next();
    ever_set |= draw;
    always_set &= draw;
  }

  EXPECT_EQ(ever_set, ~uint64_t{0});
  EXPECT_EQ(always_set, 0u);
}

}  // namespace
}  // namespace twinq::platform
