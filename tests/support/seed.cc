#include "tests/support/seed.h"

#include <cstdlib>
#include <numeric>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "core/base/check.h"

namespace twinq {
namespace {

constexpr uint64_t kFirstSeed = 20'240'601;

uint64_t FirstSeed() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no test changes the environment.
  const char* text = std::getenv("TWINQ_SEED");
  if (text == nullptr) return kFirstSeed;
  uint64_t seed = 0;
  TWINQ_CHECK(absl::SimpleAtoi(text, &seed));
  return seed;
}

}  // namespace

std::vector<uint64_t> SeedsOfRounds(int rounds) {
  std::vector<uint64_t> seeds(static_cast<size_t>(rounds));
  std::iota(seeds.begin(), seeds.end(), FirstSeed());
  return seeds;
}

std::string SeedTrace(uint64_t seed) { return absl::StrCat("to repeat: TWINQ_SEED=", seed); }

}  // namespace twinq
