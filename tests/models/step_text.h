#ifndef TWINQ_TESTS_MODELS_STEP_TEXT_H_
#define TWINQ_TESTS_MODELS_STEP_TEXT_H_

#include <string>
#include <vector>

#include "core/base/timestamp.h"
#include "core/model/queue_kind.h"
#include "tests/models/queue_steps.h"

namespace twinq::model {

// Steps and what came of them in the language of step_script.h, so that they can be read, and kept
// as scripts. Reading them back gives the same steps.

// "queue fifo delay=5s in_flight_max=3".
std::string QueueText(QueueKind kind, const QueueSetup& setup);
// One line, without what came of it. Times are rounded to nothing.
std::string StepText(const Step& step, QueueKind kind);

// How much is said about each message of an answer.
enum class Detail : uint8_t { kName, kAll };

// The parts of an outcome. Spans count from `begin`, when the script began, and from `now`, when
// the step was taken.
struct OutcomeParts {
  std::string result;                // Of the step itself; empty if there is nothing to say.
  std::vector<std::string> answers;  // "w1: m1 m2".
  std::string counts;                // "counts 1 2 0".
  std::string next;                  // "next 30s".
};
struct OutcomeTimes {
  Timestamp begin;
  Timestamp now;
};
OutcomeParts PartsOf(const Step& step, const Outcome& outcome, const OutcomeTimes& times,
                     Detail detail);
// All of them, with "; " between.
std::string OutcomeText(const Step& step, const Outcome& outcome, const OutcomeTimes& times);

// "ok", "duplicate of NAME" or the error. `sent` is the name of the entry if it was to be sent.
std::string ResultText(const EntryResult& result, const std::string& sent);
// "m1", "m1*2", "m1{first=5s}": as much of it as is asked for.
struct DeliveredDetail {
  bool receive_count = false;
  std::vector<std::string> keys = {};  // sent, first, group.
};
std::string DeliveredText(const Delivered& delivered, Timestamp begin,
                          const DeliveredDetail& detail);

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_STEP_TEXT_H_
