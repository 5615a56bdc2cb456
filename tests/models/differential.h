#ifndef TWINQ_TESTS_MODELS_DIFFERENTIAL_H_
#define TWINQ_TESTS_MODELS_DIFFERENTIAL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/queue_kind.h"
#include "tests/models/coverage.h"
#include "tests/models/queue_steps.h"
#include "tests/models/random_steps.h"
#include "tests/models/stepped_broker.h"

namespace twinq::model {

// The engine and the model of its kind, side by side.

// What both are made with.
struct Subject {
  QueueKind kind = QueueKind::kStandard;
  QueueSetup setup;
  SteppedBroker::Options engine;
};

// The steps after the last of which the two do not say the same.
struct Disagreement {
  Subject subject;
  std::vector<TimedStep> steps;
  Outcome model;  // Of the last step.
  Outcome engine;
  std::string fault;  // The engine's, if it has one.
};

// The model of this kind. `coverage`, of the same kind, may be null.
std::unique_ptr<SteppedQueue> NewModel(QueueKind kind, const QueueSetup& setup, Coverage* coverage);

// Takes that many steps of this seed with both.
std::optional<Disagreement> RunRandomSteps(QueueKind kind, uint64_t seed, size_t steps,
                                           Coverage& coverage);

// Takes these steps with both. What does not make sense in them is left out: handles that were
// never issued, and steps without entries.
std::optional<Disagreement> RunSteps(const Subject& subject, const std::vector<TimedStep>& steps);

// The steps as a script that asks for what the model says, so that it can be kept.
std::string ScriptOf(const Disagreement& disagreement, const std::string& title);
// The script, and what either said to its last step.
std::string ReportOf(const Disagreement& disagreement, const std::string& title);

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_DIFFERENTIAL_H_
