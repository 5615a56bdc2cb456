#ifndef TWINQ_TESTS_MODELS_SCRIPT_RUN_H_
#define TWINQ_TESTS_MODELS_SCRIPT_RUN_H_

#include <string>
#include <vector>

#include "absl/time/time.h"

#include "tests/models/queue_steps.h"
#include "tests/models/step_script.h"

namespace twinq::model {

// Takes the script's steps with `queue`, made as its setup says, and returns one text per line that
// came out otherwise: the line, what was asked and what came. `tick` passes before each line; if
// there is any, "next" is not asked, and instants are as exact as milliseconds.
std::vector<std::string> RunScript(const StepScript& script, absl::Duration tick,
                                   SteppedQueue& queue);

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_SCRIPT_RUN_H_
