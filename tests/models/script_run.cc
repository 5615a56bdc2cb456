#include "tests/models/script_run.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "core/base/timestamp.h"
#include "tests/models/step_text.h"

namespace twinq::model {
namespace {

// What a line asks for, part by part.
struct Expectation {
  std::optional<std::string> result;
  std::vector<std::string> answers;
  std::optional<std::string> counts;
  std::optional<std::string> next;
};

bool IsAnswer(absl::string_view part) {
  const size_t colon = part.find(':');
  return part[0] == 'w' && colon > 1 && colon != absl::string_view::npos &&
         absl::c_all_of(part.substr(1, colon - 1), absl::ascii_isdigit);
}

// "ok, ok" is "ok": one that stands for all.
std::string OneIfEqual(const std::string& result) {
  const std::vector<std::string> ones = absl::StrSplit(result, ", ");
  const bool all_equal =
      absl::c_all_of(ones, [&](const std::string& one) { return one == ones[0]; });
  return all_equal ? ones[0] : result;
}

// Spans as we write them: "60s" is "1m".
std::string CanonicalSpan(absl::string_view text) {
  absl::Duration span;
  if (!absl::ParseDuration(std::string(text), &span)) return std::string(text);
  return absl::FormatDuration(span);
}

// "m1{sent=60s,group=g}" with its spans as we write them.
std::string CanonicalMessage(absl::string_view word) {
  const size_t brace = word.find('{');
  if (brace == absl::string_view::npos || !absl::ConsumeSuffix(&word, "}")) {
    return std::string(word);
  }
  std::vector<std::string> pairs;
  for (const absl::string_view pair : absl::StrSplit(word.substr(brace + 1), ',')) {
    const size_t equals = std::min(pair.find('='), pair.size() - 1);
    const absl::string_view key = pair.substr(0, equals);
    const absl::string_view value = pair.substr(equals + 1);
    pairs.push_back(
        absl::StrCat(key, "=", key == "group" ? std::string(value) : CanonicalSpan(value)));
  }
  return absl::StrCat(word.substr(0, brace), "{", absl::StrJoin(pairs, ","), "}");
}

// One space between words, none around, and spans as we write them.
std::string Canonical(absl::string_view part) {
  std::vector<std::string> words = absl::StrSplit(part, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  for (std::string& word : words) word = CanonicalMessage(word);
  if (words[0] == "next" && words.size() == 2) words[1] = CanonicalSpan(words[1]);
  return absl::StrJoin(words, " ");
}

Expectation Split(absl::string_view expected) {
  Expectation asked;
  for (const absl::string_view written : absl::StrSplit(expected, ';', absl::SkipWhitespace())) {
    const std::string part = Canonical(written);
    if (IsAnswer(part)) {
      asked.answers.push_back(part);
    } else if (absl::StartsWith(part, "counts ")) {
      asked.counts = part;
    } else if (absl::StartsWith(part, "next ")) {
      asked.next = part;
    } else {
      asked.result = OneIfEqual(part);
    }
  }
  return asked;
}

// How much a word such as "m1*2{first=5s}" asks about its message.
DeliveredDetail DetailOf(const std::string& word) {
  DeliveredDetail detail{.receive_count = absl::StrContains(word, '*')};
  if (absl::EndsWith(word, "}") && absl::StrContains(word, '{')) {
    const std::string inside = word.substr(word.find('{') + 1);
    for (const absl::string_view pair : absl::StrSplit(inside, ',')) {
      detail.keys.emplace_back(pair.substr(0, pair.find('=')));
    }
  }
  return detail;
}

class Runner {
 public:
  Runner(const StepScript& script, absl::Duration tick, SteppedQueue& queue)
      : script_(script), tick_(tick), queue_(queue), now_(begin_) {}

  std::vector<std::string> Run() {
    for (const ScriptLine& line : script_.lines) RunLine(line);
    return std::move(failures_);
  }

 private:
  bool Ticks() const { return tick_ > absl::ZeroDuration(); }
  void RunLine(const ScriptLine& line);
  // Numbers what stands for the newest handle. Whether the handles were issued.
  bool Resolve(Handle& handle) const;
  bool Resolve(Step& step) const;
  void Learn(const std::vector<Delivered>& messages);
  bool IsAsAsked(const Step& step, const Outcome& outcome, const Expectation& asked) const;
  bool IsResultAsAsked(const Step& step, const Outcome& outcome,
                       const std::optional<std::string>& asked) const;
  std::string MessagesAsAsked(const std::vector<Delivered>& messages,
                              absl::string_view asked) const;
  bool AreAnswersAsAsked(const Outcome& outcome, const Expectation& asked) const;

  const StepScript& script_;
  const absl::Duration tick_;
  SteppedQueue& queue_;
  const Timestamp begin_ = kScriptBegin;
  Timestamp now_;
  std::map<std::string, uint32_t> deliveries_;  // How many each message has had.
  std::vector<std::string> failures_;
};

void Runner::RunLine(const ScriptLine& line) {
  now_ = now_ + line.pause + tick_;
  Step step = line.step;
  if (!Resolve(step)) {
    failures_.push_back(absl::StrCat("line ", line.number, ": ", line.text,
                                     "\n  a handle of what was not received"));
    return;
  }
  const Outcome outcome = queue_.Run(now_, step);
  Learn(outcome.messages);
  for (const Answer& answer : outcome.answers) Learn(answer.messages);

  if (IsAsAsked(step, outcome, Split(line.expected.value_or("")))) return;
  failures_.push_back(absl::StrCat("line ", line.number, ": ", line.text, "\n  came: ",
                                   OutcomeText(step, outcome, {.begin = begin_, .now = now_})));
}

bool Runner::Resolve(Handle& handle) const {
  if (handle.origin == Handle::Origin::kOtherQueue) return true;
  const auto known = deliveries_.find(handle.message);
  if (known == deliveries_.end()) return false;
  if (handle.delivery == kNewestDelivery) handle.delivery = known->second;
  return handle.delivery <= known->second;
}

bool Runner::Resolve(Step& step) const {
  bool all_known = true;
  const auto resolve = [&](Handle& handle) { all_known = Resolve(handle) && all_known; };
  if (auto* request = std::get_if<Delete>(&step)) absl::c_for_each(request->handles, resolve);
  if (auto* release = std::get_if<Release>(&step)) absl::c_for_each(release->handles, resolve);
  if (auto* change = std::get_if<ChangeVisibility>(&step)) {
    for (ChangeVisibility::Entry& entry : change->entries) resolve(entry.handle);
  }
  return all_known;
}

void Runner::Learn(const std::vector<Delivered>& messages) {
  for (const Delivered& message : messages) {
    deliveries_[message.message] = message.receive_count;
  }
}

bool Runner::IsAsAsked(const Step& step, const Outcome& outcome, const Expectation& asked) const {
  const OutcomeParts parts = PartsOf(step, outcome, {.begin = begin_, .now = now_}, Detail::kName);
  return IsResultAsAsked(step, outcome, asked.result) && AreAnswersAsAsked(outcome, asked) &&
         (!asked.counts || parts.counts == *asked.counts) &&
         (!asked.next || Ticks() || parts.next == *asked.next);
}

// A receive of which nothing is asked may bring anything but an error.
bool Runner::IsResultAsAsked(const Step& step, const Outcome& outcome,
                             const std::optional<std::string>& asked) const {
  if (std::holds_alternative<Receive>(step) && !outcome.refused && !outcome.waits) {
    return !asked || MessagesAsAsked(outcome.messages, *asked) == *asked;
  }
  if (outcome.waits && !asked) return true;
  const OutcomeParts parts = PartsOf(step, outcome, {.begin = begin_, .now = now_}, Detail::kName);
  return parts.result == asked.value_or("ok") ||
         (parts.result.empty() && asked.value_or("ok") == "ok");
}

bool Runner::AreAnswersAsAsked(const Outcome& outcome, const Expectation& asked) const {
  if (outcome.answers.size() != asked.answers.size()) return false;
  for (size_t i = 0; i < outcome.answers.size(); ++i) {
    const Answer& answer = outcome.answers[i];
    const std::string name = absl::StrCat("w", answer.waiter, ": ");
    const absl::string_view words = absl::StripPrefix(asked.answers[i], name);
    if (name + MessagesAsAsked(answer.messages, words) != asked.answers[i]) return false;
  }
  return true;
}

// The messages, each with as much detail as the word in its place asks for.
std::string Runner::MessagesAsAsked(const std::vector<Delivered>& messages,
                                    absl::string_view asked) const {
  if (messages.empty()) return "nothing";
  const std::vector<std::string> words = absl::StrSplit(asked, ' ');
  std::vector<std::string> texts;
  for (size_t i = 0; i < messages.size(); ++i) {
    Delivered message = messages[i];
    if (Ticks()) message.sent_at = Timestamp::FromNanos(message.sent_at.millis() * 1'000'000);
    texts.push_back(DeliveredText(message, begin_, DetailOf(i < words.size() ? words[i] : "")));
  }
  return absl::StrJoin(texts, " ");
}

}  // namespace

std::vector<std::string> RunScript(const StepScript& script, absl::Duration tick,
                                   SteppedQueue& queue) {
  return Runner(script, tick, queue).Run();
}

}  // namespace twinq::model
