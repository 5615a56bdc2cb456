#ifndef TWINQ_SIM_HISTORY_JUDGES_H_
#define TWINQ_SIM_HISTORY_JUDGES_H_

#include "sim/history/evidence.h"
#include "sim/history/violations.h"

namespace twinq::history {

// The parts of the judgement; rule.h says what each rule is and proves. All are O(n log n).

// kUnexpected, kUndead.
void JudgeDeliveries(const Evidence& evidence, Violations& violations);
// kMessageHeldTwice, kReceiveCount.
void JudgeRedeliveries(const Evidence& evidence, Violations& violations);
// kLost, kVanished.
void JudgeLoss(const Evidence& evidence, Violations& violations);
// kStoredTwice, kSwallowed.
void JudgeStorage(const Evidence& evidence, Violations& violations);
// kSequence. REQUIRES: a FIFO queue.
void JudgeSequences(const Evidence& evidence, Violations& violations);
// kGroupHeldTwice, kOutOfOrder: what a FIFO queue promises. Of a standard queue they are found all
// the same, as far as the times of the sends prove an order.
void JudgeGroups(const Evidence& evidence, Violations& violations);

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_JUDGES_H_
