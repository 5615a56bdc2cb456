#ifndef TWINQ_TESTS_SOAK_RANDOM_PAYLOADS_H_
#define TWINQ_TESTS_SOAK_RANDOM_PAYLOADS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "tests/soak/hostile_client.h"
#include "tests/soak/raw_calls.h"

namespace twinq::soak {

// Calls every method of every service with random bytes for a request.
class RandomPayloads : public HostileClient {
 public:
  RandomPayloads(const Target& target, uint64_t seed);

  void Misbehave() override;

 private:
  std::string RandomBytes();

  SeededRandom random_;
  const std::vector<std::string> methods_;
  RawCalls calls_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_RANDOM_PAYLOADS_H_
