#ifndef TWINQ_SIM_HISTORY_PURGES_H_
#define TWINQ_SIM_HISTORY_PURGES_H_

#include <vector>

#include "core/base/timestamp.h"
#include "sim/history/event.h"

namespace twinq::history {

// The purges of the queue: what they have or may have removed.
//
// Cost: O(purges) a question; SQS refuses more than one a minute.
class Purges {
 public:
  explicit Purges(const std::vector<Purge>& purges);

  // Whether one may have been carried out at some time in [from, until].
  bool MayComeBetween(Timestamp from, Timestamp until) const;
  // From when on, not before `time`, what was there at `time` may have been purged.
  Timestamp MayComeFrom(Timestamp time) const;
  // The earliest answer to a purge that was asked after `time`, so that what was stored by then is
  // provably gone from that answer on; Infinite if there is none.
  Timestamp DoneAfter(Timestamp time) const;

 private:
  std::vector<Purge> purges_;  // Those not refused.
};

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_PURGES_H_
