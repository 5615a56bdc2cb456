#ifndef TWINQ_SIM_HISTORY_HOLDS_H_
#define TWINQ_SIM_HISTORY_HOLDS_H_

#include <vector>

#include "core/base/timestamp.h"
#include "sim/history/evidence.h"
#include "sim/history/violations.h"

namespace twinq::history {

// For each delivery of a stored message, until when at least its consumer holds it: the earliest of
// the request time + visibility, as changed since; the sending of a delete or purge that may have
// been carried out; the end of retention; and a crash that may have forgotten the receive. Fills in
// these deliveries' places in `held_until`.
//
// Cost: for a message with d deliveries and c changes of visibility, O(d·c).
void FindHolds(const Evidence& evidence, StoredNumber number, std::vector<Timestamp>& held_until);

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_HOLDS_H_
