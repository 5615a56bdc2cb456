#include "tests/models/differential.h"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "tests/models/fifo_model.h"
#include "tests/models/standard_model.h"
#include "tests/models/step_script.h"
#include "tests/models/step_text.h"

namespace twinq::model {
namespace {

// Both queues, and the handles that they have issued.
class Pair {
 public:
  Pair(const Subject& subject, Coverage* coverage)
      : subject_(subject),
        model_(NewModel(subject.kind, subject.setup, coverage)),
        engine_(subject.kind, subject.setup, subject.engine) {}

  // Whether both say the same.
  bool Take(const TimedStep& step);
  const Outcome& outcome() const { return model_outcome_; }
  // After a step in which they did not.
  Disagreement ToDisagreement(std::vector<TimedStep> steps) {
    return {.subject = subject_,
            .steps = std::move(steps),
            .model = std::move(model_outcome_),
            .engine = std::move(engine_outcome_),
            .fault = engine_.fault()};
  }

 private:
  const Subject subject_;
  std::unique_ptr<SteppedQueue> model_;
  SteppedBroker engine_;
  Outcome model_outcome_;
  Outcome engine_outcome_;
};

bool Pair::Take(const TimedStep& step) {
  model_outcome_ = model_->Run(step.at, step.step);
  engine_outcome_ = engine_.Run(step.at, step.step);
  return model_outcome_ == engine_outcome_ && engine_.fault().empty();
}

// How many deliveries each message has had.
using Deliveries = std::map<std::string, uint32_t>;

void Learn(const Outcome& outcome, Deliveries& deliveries) {
  const auto learn = [&](const std::vector<Delivered>& messages) {
    for (const Delivered& message : messages) {
      uint32_t& count = deliveries[message.message];
      count = std::max(count, message.receive_count);
    }
  };
  learn(outcome.messages);
  for (const Answer& answer : outcome.answers) learn(answer.messages);
}

bool WasIssued(const Handle& handle, const Deliveries& deliveries) {
  if (handle.origin == Handle::Origin::kOtherQueue) return true;
  const auto known = deliveries.find(handle.message);
  return known != deliveries.end() && handle.delivery <= known->second;
}

// Leaves out what makes no sense. Whether anything is left.
bool MakeSense(Step& step, const Deliveries& deliveries) {
  const auto is_unknown = [&](const Handle& handle) { return !WasIssued(handle, deliveries); };
  if (auto* send = std::get_if<Send>(&step)) return !send->entries.empty();
  if (auto* request = std::get_if<Delete>(&step)) {
    std::erase_if(request->handles, is_unknown);
    return !request->handles.empty();
  }
  if (auto* release = std::get_if<Release>(&step)) {
    std::erase_if(release->handles, is_unknown);
    return !release->handles.empty();
  }
  if (auto* change = std::get_if<ChangeVisibility>(&step)) {
    std::erase_if(change->entries,
                  [&](const ChangeVisibility::Entry& entry) { return is_unknown(entry.handle); });
    return !change->entries.empty();
  }
  return true;
}

// What came of a step that is not the last: little, so that it can be read.
std::string BriefText(const Step& step, const Outcome& outcome, const OutcomeTimes& times) {
  const OutcomeParts parts = PartsOf(step, outcome, times, Detail::kName);
  std::vector<std::string> texts = parts.answers;
  if (!parts.result.empty()) texts.insert(texts.begin(), parts.result);
  return absl::StrJoin(texts, "; ");
}

}  // namespace

std::unique_ptr<SteppedQueue> NewModel(QueueKind kind, const QueueSetup& setup,
                                       Coverage* coverage) {
  if (kind == QueueKind::kFifo) return std::make_unique<FifoModel>(setup, coverage);
  return std::make_unique<StandardModel>(setup, coverage);
}

std::optional<Disagreement> RunRandomSteps(QueueKind kind, uint64_t seed, size_t steps,
                                           Coverage& coverage) {
  RandomSteps random(kind, seed);
  Pair pair({.kind = kind,
             .setup = random.setup(),
             .engine = {.habit = SteppedBroker::Habit::kVaried, .seed = seed}},
            &coverage);
  std::vector<TimedStep> taken;
  taken.reserve(steps);
  for (size_t i = 0; i < steps; ++i) {
    taken.push_back(random.Next());
    if (!pair.Take(taken.back())) return pair.ToDisagreement(std::move(taken));
    random.Learn(pair.outcome());
  }
  return std::nullopt;
}

std::optional<Disagreement> RunSteps(const Subject& subject, const std::vector<TimedStep>& steps) {
  Pair pair(subject, nullptr);
  Deliveries deliveries;
  std::vector<TimedStep> taken;
  for (TimedStep step : steps) {
    if (!MakeSense(step.step, deliveries)) continue;
    taken.push_back(std::move(step));
    if (!pair.Take(taken.back())) return pair.ToDisagreement(std::move(taken));
    Learn(pair.outcome(), deliveries);
  }
  return std::nullopt;
}

std::string ScriptOf(const Disagreement& disagreement, const std::string& title) {
  const Subject& subject = disagreement.subject;
  std::string text =
      absl::StrCat("row ", title, "\n", QueueText(subject.kind, subject.setup), " exact\n");
  const std::unique_ptr<SteppedQueue> model = NewModel(subject.kind, subject.setup, nullptr);
  Timestamp before = kScriptBegin;
  for (size_t i = 0; i < disagreement.steps.size(); ++i) {
    const auto& [at, step] = disagreement.steps[i];
    const OutcomeTimes times = {.begin = kScriptBegin, .now = at};
    const Outcome outcome = model->Run(at, step);
    const bool is_last = i + 1 == disagreement.steps.size();
    const std::string came =
        is_last ? OutcomeText(step, outcome, times) : BriefText(step, outcome, times);
    if (at > before) absl::StrAppend(&text, "+", absl::FormatDuration(at - before), " ");
    absl::StrAppend(&text, StepText(step, subject.kind));
    if (!came.empty()) absl::StrAppend(&text, " => ", came);
    absl::StrAppend(&text, "\n");
    before = at;
  }
  return text;
}

std::string ReportOf(const Disagreement& disagreement, const std::string& title) {
  const TimedStep& last = disagreement.steps.back();
  const OutcomeTimes times = {.begin = kScriptBegin, .now = last.at};
  std::string text = ScriptOf(disagreement, title);
  absl::StrAppend(&text, "\nmodel:  ", OutcomeText(last.step, disagreement.model, times),
                  "\nengine: ", OutcomeText(last.step, disagreement.engine, times), "\n");
  if (!disagreement.fault.empty()) absl::StrAppend(&text, "fault:  ", disagreement.fault, "\n");
  if (disagreement.subject.engine.habit == SteppedBroker::Habit::kVaried) {
    absl::StrAppend(&text, "only with varied habits, seed ", disagreement.subject.engine.seed,
                    "\n");
  }
  return text;
}

}  // namespace twinq::model
