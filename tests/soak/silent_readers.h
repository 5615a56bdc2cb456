#ifndef TWINQ_TESTS_SOAK_SILENT_READERS_H_
#define TWINQ_TESTS_SOAK_SILENT_READERS_H_

#include "tests/soak/hostile_client.h"

namespace twinq::soak {

// Asks for ten messages of the greatest size, again and again, and does not take the answers: on
// one connection nothing is read, on another no window is opened.
class SilentReaders : public HostileClient {
 public:
  explicit SilentReaders(const Target& target)
      : HostileClient("receives of 10 x 1 MiB, never read", target) {}

  void Misbehave() override;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_SILENT_READERS_H_
