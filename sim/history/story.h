#ifndef TWINQ_SIM_HISTORY_STORY_H_
#define TWINQ_SIM_HISTORY_STORY_H_

#include <string>
#include <vector>

#include "sim/history/evidence.h"
#include "sim/history/violations.h"

namespace twinq::history {

// The proof of the violation, in one sentence that names the message.
std::string ProofOf(const Violation& violation, const Evidence& evidence);

// What is known of the message concerned and the other one, if the rule is of two: all attempts to
// send them and what was done with all that was stored of them, the purges, and the server's
// crashes and starts, in the order in which they were asked; lines of the text form. Of very long
// stories the middle is left out.
std::vector<std::string> StoryOf(const Violation& violation, const Evidence& evidence);

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_STORY_H_
