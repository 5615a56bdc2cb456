#ifndef TWINQ_CORE_BASE_RANDOM_H_
#define TWINQ_CORE_BASE_RANDOM_H_

#include <cstdint>

namespace twinq {

// The one source of random bits. platform/entropy.h draws from the operating system, SeededRandom
// repeats itself. The standard library's distributions differ between libraries, so ours are here.
class Random {
 public:
  virtual ~Random() = default;
  virtual uint64_t Next() = 0;  // 64 uniform bits.

  // A uniform number in [0, bound). REQUIRES: bound > 0.
  uint64_t Below(uint64_t bound);
  // True with this probability, given as a number in [0, 1].
  bool Chance(double probability);
};

// xoshiro256** (Blackman and Vigna), its state filled by splitmix64 from one seed: the same seed
// gives the same numbers on every machine and compiler. Not for secrets.
//
// Thread-safety: one thread at a time.
class SeededRandom : public Random {
 public:
  explicit SeededRandom(uint64_t seed);
  uint64_t Next() override;

 private:
  uint64_t state_[4];
};

}  // namespace twinq

#endif  // TWINQ_CORE_BASE_RANDOM_H_
