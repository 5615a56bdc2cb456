// Runs a fuzz test where there is no libFuzzer: on random bytes, of which most are rare.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gtest/gtest.h"

#include "core/base/random.h"
#include "tests/support/seed.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace twinq {
namespace {

constexpr int kRounds = 20'000;
constexpr uint64_t kSizeMax = 4'096;

TEST(FuzzTest, TakesRandomBytes) {
  for (const uint64_t seed : SeedsOfRounds(kRounds)) {
    SCOPED_TRACE(SeedTrace(seed));
    SeededRandom random(seed);
    std::vector<uint8_t> bytes(random.Below(random.Chance(0.5) ? 64 : kSizeMax));
    const uint64_t values = random.Chance(0.5) ? 256 : 12;
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random.Below(values));
    EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
  }
}

}  // namespace
}  // namespace twinq
