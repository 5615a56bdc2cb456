#ifndef TWINQ_TESTS_SOAK_PROBE_H_
#define TWINQ_TESTS_SOAK_PROBE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "core/base/clock.h"
#include "tests/crash/call.h"
#include "tests/crash/service_client.h"
#include "tests/crash/shared_queue.h"
#include "tests/soak/host_faults.h"
#include "tests/soak/stop_sign.h"

namespace twinq::soak {

// A client that behaves, on a queue of its own: each 50 ms it sends a message, receives it and
// deletes it. It complains of each call that is refused, has no answer or a wrong one, or takes
// longer than kCallMax; kSlowDiskCallMax while the disk is slow.
//
// Thread-safety: one thread at a time.
class Probe {
 public:
  static constexpr absl::Duration kCallMax = absl::Seconds(5);
  static constexpr absl::Duration kSlowDiskCallMax = absl::Seconds(8);

  // The queue must be there. Borrows all.
  Probe(const std::string& queue, const crash::Surroundings& surroundings,
        const HostFaults& faults);

  // Until the sign is raised.
  void Run(const StopSign& stop);

  // How long each three calls together took, while the disk was not slow.
  const std::vector<absl::Duration>& rounds() const { return rounds_; }
  const std::vector<absl::Duration>& slow_disk_rounds() const { return slow_disk_rounds_; }

 private:
  void RunOnce();
  // One call. The response; empty if there was none, which has been complained of.
  template <typename Response, typename Request>
  Response Call(absl::string_view action, const Request& request);
  void Complain(absl::string_view action, absl::string_view of) const;

  const std::string queue_;
  const crash::Surroundings& surroundings_;
  const HostFaults& faults_;
  crash::ServiceClient service_;
  int64_t messages_ = 0;
  std::vector<absl::Duration> rounds_;
  std::vector<absl::Duration> slow_disk_rounds_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_PROBE_H_
