#ifndef TWINQ_TESTS_SIM_HISTORY_TOY_RUN_H_
#define TWINQ_TESTS_SIM_HISTORY_TOY_RUN_H_

#include "sim/history/history.h"
#include "tests/sim/history/toy_workload.h"

namespace twinq::history {

// Lets clients work with an honest queue, in virtual time and concurrently, and returns the history
// that their recorders wrote.
History RunToy(const ToyWorkload& workload);

}  // namespace twinq::history

#endif  // TWINQ_TESTS_SIM_HISTORY_TOY_RUN_H_
