#include "tests/models/shrink.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "tests/models/step_script.h"

namespace twinq::model {
namespace {

constexpr int kTrialsMax = 20'000;

using Steps = std::vector<TimedStep>;

class Shrinker {
 public:
  explicit Shrinker(Disagreement disagreement) : best_(std::move(disagreement)) {}

  Disagreement Run();

 private:
  // Keeps the steps, or the subject, if the two still disagree.
  bool Try(const Steps& steps) { return Try(best_.subject, steps); }
  bool Try(const Subject& subject, const Steps& steps);
  bool TrySubject(const Subject& subject) { return Try(subject, best_.steps); }

  // Each says whether it has made anything smaller.
  bool DropSteps();
  bool DropEntries();
  template <typename StepType, typename Entries>
  bool DropEntriesOf(Entries StepType::*entries);
  bool ShortenPauses();
  bool ShortenPause(size_t step);
  bool SimplifyReceives();
  bool SimplifyEntries();
  bool SimplifySubject();
  bool SimplifySetup();
  void Rename();
  // Whether `change` makes a smaller step that still disagrees, for any step of that type.
  template <typename StepType, typename Change>
  bool TryEach(const Change& change);

  Disagreement best_;
  int trials_ = 0;
};

bool Shrinker::Try(const Subject& subject, const Steps& steps) {
  if (trials_ >= kTrialsMax) return false;
  ++trials_;
  std::optional<Disagreement> smaller = RunSteps(subject, steps);
  if (!smaller) return false;
  best_ = *std::move(smaller);
  return true;
}

Disagreement Shrinker::Run() {
  SimplifySubject();
  bool progress = true;
  while (progress && trials_ < kTrialsMax) {
    progress = DropSteps();
    progress = DropEntries() || progress;
    progress = ShortenPauses() || progress;
    progress = SimplifyReceives() || progress;
    progress = SimplifyEntries() || progress;
    progress = SimplifySetup() || progress;
    progress = SimplifySubject() || progress;
  }
  Rename();
  return std::move(best_);
}

// Runs of steps, long ones first.
bool Shrinker::DropSteps() {
  bool progress = false;
  for (size_t length = std::max<size_t>(best_.steps.size() / 2, 1); length > 0; length /= 2) {
    size_t first = 0;
    while (first < best_.steps.size()) {
      Steps fewer = best_.steps;
      const size_t end = std::min(first + length, fewer.size());
      const auto begin = fewer.begin();
      fewer.erase(begin + static_cast<std::ptrdiff_t>(first),
                  begin + static_cast<std::ptrdiff_t>(end));
      if (Try(fewer)) {
        progress = true;
      } else {
        first += length;
      }
    }
  }
  return progress;
}

template <typename StepType, typename Entries>
bool Shrinker::DropEntriesOf(Entries StepType::*entries) {
  bool progress = false;
  for (size_t i = 0; i < best_.steps.size(); ++i) {
    for (size_t entry = 0;;) {
      Steps fewer = best_.steps;
      auto* step = i < fewer.size() ? std::get_if<StepType>(&fewer[i].step) : nullptr;
      if (step == nullptr || (step->*entries).size() < 2 || entry >= (step->*entries).size()) break;
      (step->*entries).erase((step->*entries).begin() + static_cast<std::ptrdiff_t>(entry));
      const bool is_smaller = Try(fewer);
      progress = is_smaller || progress;
      if (!is_smaller) ++entry;
    }
  }
  return progress;
}

bool Shrinker::DropEntries() {
  bool progress = DropEntriesOf(&Send::entries);
  progress = DropEntriesOf(&Delete::handles) || progress;
  progress = DropEntriesOf(&ChangeVisibility::entries) || progress;
  return DropEntriesOf(&Release::handles) || progress;
}

bool Shrinker::ShortenPauses() {
  bool progress = false;
  for (size_t i = 0; i < best_.steps.size(); ++i) progress = ShortenPause(i) || progress;
  return progress;
}

// None at all, or whole seconds; with all that comes later earlier too, or not.
bool Shrinker::ShortenPause(size_t step) {
  const Timestamp before = step == 0 ? kScriptBegin : best_.steps[step - 1].at;
  const absl::Duration pause = best_.steps[step].at - before;
  if (pause == absl::ZeroDuration()) return false;
  for (const absl::Duration shorter : {absl::ZeroDuration(), absl::Seconds(1), absl::Seconds(60),
                                       absl::Floor(pause, absl::Seconds(1))}) {
    if (shorter >= pause) continue;
    Steps shifted = best_.steps;
    for (size_t i = step; i < shifted.size(); ++i)
      shifted[i].at = shifted[i].at + (shorter - pause);
    if (Try(shifted)) return true;
    Steps alone = best_.steps;
    alone[step].at = before + shorter;
    if (Try(alone)) return true;
  }
  return false;
}

template <typename StepType, typename Change>
bool Shrinker::TryEach(const Change& change) {
  bool progress = false;
  for (size_t i = 0; i < best_.steps.size(); ++i) {
    Steps changed = best_.steps;
    auto* step = std::get_if<StepType>(&changed[i].step);
    if (step != nullptr && change(*step)) progress = Try(changed) || progress;
  }
  return progress;
}

bool Shrinker::SimplifyReceives() {
  bool progress = TryEach<Receive>(
      [](Receive& receive) { return std::exchange(receive.visibility, std::nullopt).has_value(); });
  progress = TryEach<Receive>([](Receive& receive) {
               return std::exchange(receive.wait, std::nullopt).has_value();
             }) ||
             progress;
  return TryEach<Receive>(
             [](Receive& receive) { return std::exchange(receive.messages_max, 1) != 1; }) ||
         progress;
}

bool Shrinker::SimplifyEntries() {
  bool progress = TryEach<Send>([](Send& send) {
    bool any = false;
    for (Sending& entry : send.entries) any = std::exchange(entry.bytes, 1u) != 1 || any;
    return any;
  });
  progress = TryEach<Send>([](Send& send) {
               bool any = false;
               for (Sending& entry : send.entries) {
                 any = std::exchange(entry.delay, std::nullopt).has_value() || any;
                 any = std::exchange(entry.malformed, std::nullopt).has_value() || any;
               }
               return any;
             }) ||
             progress;
  return TryEach<Send>([](Send& send) {
           bool any = false;
           for (Sending& entry : send.entries) {
             if (!entry.dedup_id || *entry.dedup_id == entry.name) continue;
             entry.dedup_id = entry.name;
             any = true;
           }
           return any;
         }) ||
         progress;
}

bool Shrinker::SimplifySubject() {
  if (best_.subject.engine.habit == SteppedBroker::Habit::kPlain) return false;
  Subject plain = best_.subject;
  plain.engine.habit = SteppedBroker::Habit::kPlain;
  if (TrySubject(plain)) return true;
  // Other draws may need fewer steps.
  for (uint64_t seed = 1; seed <= 8 && seed < best_.subject.engine.seed; ++seed) {
    Subject other = best_.subject;
    other.engine.seed = seed;
    if (TrySubject(other)) return true;
  }
  return false;
}

// One attribute at a time as it usually is.
bool Shrinker::SimplifySetup() {
  bool progress = false;
  const auto try_setup = [&](auto member, const auto& usual) {
    Subject simpler = best_.subject;
    if (simpler.setup.attributes.*member == usual) return;
    simpler.setup.attributes.*member = usual;
    progress = TrySubject(simpler) || progress;
  };
  const QueueAttributes usual;
  try_setup(&QueueAttributes::delay, usual.delay);
  try_setup(&QueueAttributes::message_bytes_max, usual.message_bytes_max);
  try_setup(&QueueAttributes::retention, usual.retention);
  try_setup(&QueueAttributes::receive_wait, usual.receive_wait);
  try_setup(&QueueAttributes::visibility_timeout, usual.visibility_timeout);
  try_setup(&QueueAttributes::content_based_dedup, usual.content_based_dedup);
  try_setup(&QueueAttributes::dedup_scope, usual.dedup_scope);
  Subject simpler = best_.subject;
  if (simpler.setup.in_flight_max != kInFlightMax) {
    simpler.setup.in_flight_max = kInFlightMax;
    progress = TrySubject(simpler) || progress;
  }
  return progress;
}

// Messages and waiters count from 1.
void Shrinker::Rename() {
  std::map<std::string, std::string> names;
  std::map<uint64_t, uint64_t> waiters;
  const auto rename = [&](std::string& name) {
    if (const auto renamed = names.find(name); renamed != names.end()) name = renamed->second;
  };
  Steps steps = best_.steps;
  for (TimedStep& timed : steps) {
    if (auto* send = std::get_if<Send>(&timed.step)) {
      for (Sending& entry : send->entries) {
        const std::string number = absl::StrCat("m", names.size() + 1);
        names[entry.name] = entry.group.empty() ? number : absl::StrCat(entry.group, "-", number);
        rename(entry.name);
        rename(entry.content);
        if (entry.dedup_id) rename(*entry.dedup_id);
      }
    } else if (auto* receive = std::get_if<Receive>(&timed.step)) {
      receive->waiter = waiters.emplace(receive->waiter, waiters.size() + 1).first->second;
    } else if (auto* cancel = std::get_if<CancelWaiter>(&timed.step)) {
      cancel->waiter = waiters.emplace(cancel->waiter, waiters.size() + 1).first->second;
    } else if (auto* request = std::get_if<Delete>(&timed.step)) {
      for (Handle& handle : request->handles) rename(handle.message);
    } else if (auto* release = std::get_if<Release>(&timed.step)) {
      for (Handle& handle : release->handles) rename(handle.message);
    } else if (auto* change = std::get_if<ChangeVisibility>(&timed.step)) {
      for (ChangeVisibility::Entry& entry : change->entries) rename(entry.handle.message);
    }
  }
  trials_ = 0;
  Try(steps);
}

}  // namespace

Disagreement Shrink(Disagreement disagreement) { return Shrinker(std::move(disagreement)).Run(); }

}  // namespace twinq::model
