#ifndef TWINQ_TESTS_SUPPORT_SEED_H_
#define TWINQ_TESTS_SUPPORT_SEED_H_

#include <cstdint>
#include <string>
#include <vector>

namespace twinq {

// One seed per round of a random test: rising from a fixed one, or from the environment's
// TWINQ_SEED, so that the seed which a failure has printed is the first to be run again. In the
// environment TWINQ_ROUNDS says how many instead, for a long look.
//
//   for (const uint64_t seed : SeedsOfRounds(20)) {
//     SCOPED_TRACE(SeedTrace(seed));
//     SeededRandom random(seed);
std::vector<uint64_t> SeedsOfRounds(int rounds);

// How to repeat the round, for SCOPED_TRACE.
std::string SeedTrace(uint64_t seed);

}  // namespace twinq

#endif  // TWINQ_TESTS_SUPPORT_SEED_H_
