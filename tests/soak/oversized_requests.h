#ifndef TWINQ_TESTS_SOAK_OVERSIZED_REQUESTS_H_
#define TWINQ_TESTS_SOAK_OVERSIZED_REQUESTS_H_

#include "core/base/clock.h"
#include "tests/soak/hostile_client.h"
#include "tests/soak/known_calls.h"

namespace twinq::soak {

// Sends what is too large: messages, batches, attributes, whole requests.
class OversizedRequests : public HostileClient {
 public:
  // Borrows the clock.
  OversizedRequests(const Target& target, const Clock& clock)
      : HostileClient("sends that are too large", target), calls_(target.grpc_address, clock) {}

  void Misbehave() override;

 private:
  KnownCalls calls_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_OVERSIZED_REQUESTS_H_
