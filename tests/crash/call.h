#ifndef TWINQ_TESTS_CRASH_CALL_H_
#define TWINQ_TESTS_CRASH_CALL_H_

#include <string>

#include "grpcpp/client_context.h"
#include "grpcpp/support/status.h"

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

// What a finished call came to, and the name of the SQS error if it was refused: only an answer of
// the service tells that it has had no effect.
struct Verdict {
  history::Outcome outcome = history::Outcome::kUnknown;
  std::string error;
};
Verdict VerdictOf(const grpc::Status& status, const grpc::ClientContext& context);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CALL_H_
