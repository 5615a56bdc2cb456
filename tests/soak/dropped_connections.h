#ifndef TWINQ_TESTS_SOAK_DROPPED_CONNECTIONS_H_
#define TWINQ_TESTS_SOAK_DROPPED_CONNECTIONS_H_

#include <cstdint>

#include "core/base/random.h"
#include "tests/soak/hostile_client.h"

namespace twinq::soak {

// Opens long polls over a connection and drops that, with or without a reset.
class DroppedConnections : public HostileClient {
 public:
  DroppedConnections(const Target& target, uint64_t seed)
      : HostileClient("polls on a connection that is dropped", target), random_(seed) {}

  void Misbehave() override;

 private:
  SeededRandom random_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_DROPPED_CONNECTIONS_H_
