#ifndef TWINQ_TESTS_SOAK_FORGED_HANDLES_H_
#define TWINQ_TESTS_SOAK_FORGED_HANDLES_H_

#include <cstdint>
#include <string>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "tests/soak/hostile_client.h"
#include "tests/soak/known_calls.h"

namespace twinq::soak {

// Deletes, and changes the visibility of, messages that it has not received: by handles that are
// made up, that were changed in one place, or that are of another queue's message.
class ForgedHandles : public HostileClient {
 public:
  // Borrows the clock. The handles of kForgedQueue are also tried on `other_queue`.
  ForgedHandles(std::string other_queue, const Target& target, uint64_t seed, const Clock& clock)
      : HostileClient("forged receipt handles", target),
        other_queue_(std::move(other_queue)),
        random_(seed),
        calls_(target.grpc_address, clock) {}

  void Misbehave() override;

 private:
  // A handle of a message that is in flight, and that is deleted in the end; empty if there is
  // none.
  std::string GenuineHandle();
  std::string Forge(std::string handle);
  void Use(const std::string& queue, const std::string& handle);

  const std::string other_queue_;
  SeededRandom random_;
  KnownCalls calls_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_FORGED_HANDLES_H_
