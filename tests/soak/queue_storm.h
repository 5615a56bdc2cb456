#ifndef TWINQ_TESTS_SOAK_QUEUE_STORM_H_
#define TWINQ_TESTS_SOAK_QUEUE_STORM_H_

#include <cstdint>
#include <string>

#include "core/base/clock.h"
#include "tests/soak/hostile_client.h"
#include "tests/soak/known_calls.h"

namespace twinq::soak {

// Creates and deletes queues of both kinds as fast as it can, with messages in them.
class QueueStorm : public HostileClient {
 public:
  // Borrows the clock.
  QueueStorm(const Target& target, const Clock& clock)
      : HostileClient("queues created and deleted", target), calls_(target.grpc_address, clock) {}

  void Misbehave() override;

 private:
  KnownCalls calls_;
  int64_t queues_ = 0;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_QUEUE_STORM_H_
