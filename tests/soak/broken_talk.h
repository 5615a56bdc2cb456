#ifndef TWINQ_TESTS_SOAK_BROKEN_TALK_H_
#define TWINQ_TESTS_SOAK_BROKEN_TALK_H_

#include <cstdint>
#include <string>

#include "core/base/random.h"
#include "tests/soak/hostile_client.h"

namespace twinq::soak {

// Says to a port what is no gRPC, or the first half of it, and then nothing.
class BrokenTalk : public HostileClient {
 public:
  BrokenTalk(const Target& target, uint64_t seed)
      : HostileClient("garbage and halves on the gRPC port", target), random_(seed) {}

  void Misbehave() override;

 private:
  std::string Nonsense();
  std::string RandomBytes(uint64_t bytes_max);

  SeededRandom random_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_BROKEN_TALK_H_
