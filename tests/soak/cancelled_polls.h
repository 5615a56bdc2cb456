#ifndef TWINQ_TESTS_SOAK_CANCELLED_POLLS_H_
#define TWINQ_TESTS_SOAK_CANCELLED_POLLS_H_

#include <cstdint>
#include <string>

#include "core/base/random.h"
#include "tests/soak/hostile_client.h"

namespace twinq::soak {

// Opens many long polls at once, holds them for a moment, and cancels them all.
class CancelledPolls : public HostileClient {
 public:
  struct Plan {
    int polls = 0;  // At once.
    int connections = 1;
  };

  CancelledPolls(std::string name, const Plan& plan, const Target& target, uint64_t seed)
      : HostileClient(std::move(name), target), plan_(plan), random_(seed) {}

  void Misbehave() override;

 private:
  const Plan plan_;
  SeededRandom random_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_CANCELLED_POLLS_H_
