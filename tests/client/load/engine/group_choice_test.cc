#include "client/load/engine/group_choice.h"

#include <cmath>
#include <vector>

#include "gtest/gtest.h"

namespace twinq::load {
namespace {

constexpr int kDraws = 100'000;

std::vector<int> CountDraws(const GroupChoice& choice, int groups) {
  SeededRandom random(7);
  std::vector<int> counts(static_cast<size_t>(groups), 0);
  for (int i = 0; i < kDraws; ++i) ++counts.at(static_cast<size_t>(choice.Draw(random)));
  return counts;
}

TEST(GroupChoiceTest, WithoutSkewAllGroupsAreAlike) {
  for (const int count : CountDraws(GroupChoice(10, 0), 10)) EXPECT_NEAR(count, kDraws / 10.0, 500);
}

TEST(GroupChoiceTest, ASkewOfOneGivesTheNthGroupAnNthOfTheFirst) {
  const std::vector<int> counts = CountDraws(GroupChoice(100, 1), 100);

  EXPECT_NEAR(counts[0], kDraws / 5.187, 500);  // The sum of 1/n up to 100.
  EXPECT_NEAR(counts[1], counts[0] / 2.0, 500);
  EXPECT_NEAR(counts[9], counts[0] / 10.0, 300);
}

TEST(GroupChoiceTest, OneGroupIsAlwaysDrawn) {
  EXPECT_EQ(CountDraws(GroupChoice(1, 0), 1)[0], kDraws);
  EXPECT_EQ(CountDraws(GroupChoice(1, 2.5), 1)[0], kDraws);
}

}  // namespace
}  // namespace twinq::load
