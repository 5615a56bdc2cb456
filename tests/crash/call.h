#ifndef TWINQ_TESTS_CRASH_CALL_H_
#define TWINQ_TESTS_CRASH_CALL_H_

#include <string>

#include "sim/history/event.h"
#include "sim/history/recorder.h"

namespace twinq::crash {

// What a client knows of a call that it has made.
template <typename Response>
struct Answer {
  history::CallTimes times = {};
  history::Outcome outcome = history::Outcome::kUnknown;
  std::string error;  // If refused: the name of the SQS error.
  std::string text;   // Unless done: what was said of it.
  Response response;  // If done.
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CALL_H_
