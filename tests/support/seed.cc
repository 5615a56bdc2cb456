#include "tests/support/seed.h"

#include <cstdlib>
#include <numeric>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "core/base/check.h"

namespace twinq {
namespace {

constexpr uint64_t kFirstSeed = 20'240'601;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no test changes the environment.
  const char* text = std::getenv(name);
  if (text == nullptr) return otherwise;
  uint64_t number = 0;
  TWINQ_CHECK(absl::SimpleAtoi(text, &number));
  return number;
}

}  // namespace

std::vector<uint64_t> SeedsOfRounds(int rounds) {
  std::vector<uint64_t> seeds(FromEnvironment("TWINQ_ROUNDS", static_cast<uint64_t>(rounds)));
  std::iota(seeds.begin(), seeds.end(), FromEnvironment("TWINQ_SEED", kFirstSeed));
  return seeds;
}

std::string SeedTrace(uint64_t seed) { return absl::StrCat("to repeat: TWINQ_SEED=", seed); }

}  // namespace twinq
