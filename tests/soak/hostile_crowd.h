#ifndef TWINQ_TESTS_SOAK_HOSTILE_CROWD_H_
#define TWINQ_TESTS_SOAK_HOSTILE_CROWD_H_

#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "platform/thread.h"
#include "tests/crash/server_process.h"
#include "tests/soak/hostile_client.h"
#include "tests/soak/stop_sign.h"

namespace twinq::soak {

// One hostile client of each kind, each on a thread of its own, all at once.
//
// Thread-safety: one thread at a time.
class HostileCrowd {
 public:
  struct Options {
    crash::ServerAddresses server;
    int polls = 0;            // That are held open at once on one connection.
    std::string other_queue;  // That forged handles are tried on, too.
  };

  // Begins at once. Borrows the clock.
  HostileCrowd(const Options& options, Random& random, const Clock& clock);
  ~HostileCrowd() { Stop(); }
  HostileCrowd(const HostileCrowd&) = delete;
  HostileCrowd& operator=(const HostileCrowd&) = delete;

  // Ends all of them and waits until they have ended.
  void Stop();

  // REQUIRES: stopped.
  const std::vector<std::unique_ptr<HostileClient>>& clients() const { return clients_; }

 private:
  StopSign stop_;
  const Target target_;
  std::vector<std::unique_ptr<HostileClient>> clients_;
  std::vector<platform::Thread> threads_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_HOSTILE_CROWD_H_
