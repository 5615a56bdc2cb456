#ifndef TWINQ_SIM_HISTORY_FIRST_DELIVERIES_H_
#define TWINQ_SIM_HISTORY_FIRST_DELIVERIES_H_

#include <cstdint>

#include "sim/history/evidence.h"

namespace twinq::history {

// In which order logical messages first reached a consumer, whatever the queue promises: a figure
// to compare queues by. What is provably a broken promise is a violation (rule.h).
//
// A message's first delivery is that which was answered first. It is out of order if a later one of
// the same producer and message group came before it; its distance is how many came so.
struct FirstDeliveries {
  int64_t messages = 0;        // Logical messages that were delivered.
  int64_t further_copies = 0;  // Stored messages that were delivered, beyond the first of each.
  int64_t out_of_order = 0;
  // Of those out of order; 0 if there are none.
  double distance_mean = 0;
  int64_t distance_p99 = 0;
  int64_t distance_max = 0;

  friend bool operator==(const FirstDeliveries&, const FirstDeliveries&) = default;
};

// Messages that nobody sent are left out.
//
// Cost: O(n log n); some 40 bytes for each message.
FirstDeliveries CountFirstDeliveries(const Evidence& evidence);

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_FIRST_DELIVERIES_H_
