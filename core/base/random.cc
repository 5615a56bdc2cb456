#include "core/base/random.h"

#include <bit>

#include "core/base/check.h"

namespace twinq {
namespace {

uint64_t SplitMix(uint64_t& state) {
  state += 0x9E3779B97F4A7C15u;
  uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}

}  // namespace

uint64_t Random::Below(uint64_t bound) {
  TWINQ_CHECK(bound > 0);
  // Draws above the largest multiple of `bound` would favour the low results, so they are repeated.
  const uint64_t excess = (0 - bound) % bound;
  uint64_t drawn = Next();
  while (drawn < excess) drawn = Next();
  return drawn % bound;
}

bool Random::Chance(double probability) {
  constexpr double kTwoTo53 = 9007199254740992.0;
  return static_cast<double>(Next() >> 11) < probability * kTwoTo53;
}

SeededRandom::SeededRandom(uint64_t seed) {
  for (uint64_t& word : state_) word = SplitMix(seed);
}

uint64_t SeededRandom::Next() {
  const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

}  // namespace twinq
