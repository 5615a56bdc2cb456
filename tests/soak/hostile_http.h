#ifndef TWINQ_TESTS_SOAK_HOSTILE_HTTP_H_
#define TWINQ_TESTS_SOAK_HOSTILE_HTTP_H_

#include <cstdint>
#include <string>

#include "core/base/random.h"
#include "tests/soak/hostile_client.h"

namespace twinq::soak {

// Says to the port of metrics what is no HTTP, or too much of it, or half a request.
class HostileHttp : public HostileClient {
 public:
  HostileHttp(const Target& target, uint64_t seed)
      : HostileClient("nonsense on the metrics port", target), random_(seed) {}

  void Misbehave() override;

 private:
  std::string Nonsense();

  SeededRandom random_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_HOSTILE_HTTP_H_
