#include "journal/crc32c.h"

#include <string>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/seed.h"

namespace twinq {
namespace {

using internal::Crc32cByTable;

std::string Descending() {
  std::string bytes;
  for (char c = 31; c >= 0; --c) bytes.push_back(c);
  return bytes;
}

std::string Ascending() {
  std::string bytes;
  for (char c = 0; c < 32; ++c) bytes.push_back(c);
  return bytes;
}

struct VectorCase {
  const char* name;
  std::string bytes;
  uint32_t crc;
};

class Crc32cVectorTest : public ::testing::TestWithParam<VectorCase> {};

TEST_P(Crc32cVectorTest, IsAsTheStandardSays) {
  EXPECT_EQ(Crc32c(GetParam().bytes), GetParam().crc);
  EXPECT_EQ(Crc32cByTable(GetParam().bytes, 0), GetParam().crc);
}

// RFC 3720, B.4, and the usual check value.
INSTANTIATE_TEST_SUITE_P(Rfc3720, Crc32cVectorTest,
                         ::testing::Values(VectorCase{"Nothing", "", 0},
                                           VectorCase{"Zeros", std::string(32, '\0'), 0x8A91'36AA},
                                           VectorCase{"Ones", std::string(32, '\xFF'), 0x62A8'AB43},
                                           VectorCase{"Ascending", Ascending(), 0x46DD'794E},
                                           VectorCase{"Descending", Descending(), 0x113F'DB5C},
                                           VectorCase{"Digits", "123456789", 0xE306'9283}),
                         [](const auto& test) { return test.param.name; });

TEST(Crc32cTest, PartsAddUpInBothWays) {
  for (const uint64_t seed : SeedsOfRounds(200)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    std::string bytes(random.Below(random.Chance(0.3) ? 10'000 : 200), '\0');
    for (char& byte : bytes) byte = static_cast<char>(random.Next());
    const std::string first = bytes.substr(0, random.Below(bytes.size() + 1));
    const std::string second = bytes.substr(first.size());

    EXPECT_EQ(Crc32c(second, Crc32c(first)), Crc32c(bytes));
    EXPECT_EQ(Crc32cByTable(second, Crc32cByTable(first, 0)), Crc32c(bytes));
  }
}

}  // namespace
}  // namespace twinq
