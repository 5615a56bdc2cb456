#include "core/model/sequence_number.h"

#include <cstdint>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

struct TextCase {
  const char* name;
  uint64_t value;
  const char* text;
};

class SequenceNumberTextTest : public ::testing::TestWithParam<TextCase> {};

TEST_P(SequenceNumberTextTest, HasTwentyDigits) {
  EXPECT_EQ(SequenceNumber(GetParam().value).ToText(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(Boundaries, SequenceNumberTextTest,
                         ::testing::Values(TextCase{"Least", 0, "10000000000000000000"},
                                           TextCase{"First", 1, "10000000000000000001"},
                                           TextCase{"FirstOfFirstStart", (uint64_t{1} << 40) + 1,
                                                    "10000001099511627777"},
                                           TextCase{"Greatest", ~uint64_t{0},
                                                    "28446744073709551615"}),
                         [](const auto& test) { return test.param.name; });

TEST(SequenceNumberTest, TextsCompareAsNumbersDo) {
  for (const uint64_t seed : SeedsOfRounds(200)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    const SequenceNumber a(random.Next() >> random.Below(64));
    const SequenceNumber b(random.Next() >> random.Below(64));

    EXPECT_EQ(a.ToText() < b.ToText(), a < b);
  }
}

TEST(SequenceNumberTest, LaterStartsAreGreaterThanWholeEarlierOnes) {
  const SequenceNumber last_of_first(SequenceNumber::BeforeFirstOfStart(1).value() +
                                     (uint64_t{1} << 40) - 1);

  EXPECT_LT(last_of_first, SequenceNumber::BeforeFirstOfStart(2).Next());
}

}  // namespace
}  // namespace twinq
