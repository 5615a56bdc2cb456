#ifndef TWINQ_TESTS_SOAK_HOSTILE_CLIENT_H_
#define TWINQ_TESTS_SOAK_HOSTILE_CLIENT_H_

#include <string>
#include <utility>

#include "tests/soak/stop_sign.h"
#include "tests/soak/tally.h"

namespace twinq::soak {

// The queues that hostile clients may do to what they like. Nothing is ever in kPolledQueue;
// kLargeQueue has kLargeMessages of the greatest size, whose visibility timeout is 0.
inline constexpr char kPolledQueue[] = "polled";
inline constexpr char kLargeQueue[] = "large";
inline constexpr char kForgedQueue[] = "forged";
inline constexpr int kLargeMessages = 10;

// What hostile clients are let loose on.
struct Target {
  std::string grpc_address;
  std::string metrics_address;
  const StopSign& stop;  // Raised when they are to end.
};

// One way of doing wrong to a server.
//
// Thread-safety: one thread at a time; the tally, any.
class HostileClient {
 public:
  HostileClient(std::string name, const Target& target) : target_(target), name_(std::move(name)) {}
  virtual ~HostileClient() = default;
  HostileClient(const HostileClient&) = delete;
  HostileClient& operator=(const HostileClient&) = delete;

  // Does it once, for some seconds at most, and less when the sign is raised. Leaves nothing in the
  // server but what the queues above have then.
  virtual void Misbehave() = 0;

  const std::string& name() const { return name_; }
  const Tally& tally() const { return tally_; }

 protected:
  const Target& target() const { return target_; }
  void Count(Fate fate) { tally_.Add(fate); }

 private:
  const Target& target_;
  const std::string name_;
  Tally tally_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_HOSTILE_CLIENT_H_
