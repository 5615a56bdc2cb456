#ifndef TWINQ_BENCH_MICRO_RANDOM_NUMBERS_H_
#define TWINQ_BENCH_MICRO_RANDOM_NUMBERS_H_

#include <cstdint>

namespace twinq::bench {

// Numbers that look random (splitmix64), the same in every run, and for 2^64 calls all different.
class RandomNumbers {
 public:
  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // Below `end`, each about as often.
  uint64_t Below(uint64_t end) { return Next() % end; }

 private:
  uint64_t state_ = 1;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_RANDOM_NUMBERS_H_
