#ifndef TWINQ_SIM_HISTORY_OUTAGES_H_
#define TWINQ_SIM_HISTORY_OUTAGES_H_

#include <cstddef>
#include <vector>

#include "core/base/timestamp.h"
#include "sim/history/event.h"

namespace twinq::history {

// The server's crashes: when each may have happened.
class Outages {
 public:
  // `incidents` in the order of time.
  explicit Outages(const std::vector<Incident>& incidents);

  // From when on what the server did at `time` or later may be forgotten; not before `time`.
  // Infinite if no crash may have come after it. Rises with `time`.
  Timestamp ForgottenFrom(Timestamp time) const;

 private:
  struct Outage {
    Timestamp crashed_at;  // Not later than the crash,
    Timestamp ended_at;    // and not earlier than the start after it.
  };

  std::vector<Outage> outages_;  // In the order of time, apart from each other.
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_OUTAGES_H_
