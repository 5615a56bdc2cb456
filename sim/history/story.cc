#include "sim/history/story.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"

#include "sim/history/history_writer.h"

namespace twinq::history {
namespace {

constexpr size_t kLinesMax = 60;

struct Line {
  Timestamp at;
  std::string text;
};

std::string TextOf(Timestamp time) {
  return time == Timestamp::Infinite() ? "never" : absl::StrCat(time.nanos());
}

class Storyteller {
 public:
  explicit Storyteller(const Evidence& evidence) : evidence_(evidence) {}

  void TellOf(uint32_t logical) {
    const History& history = evidence_.history;
    for (const uint32_t i : evidence_.attempts(logical)) Tell(history.sends[i]);
    for (const StoredNumber copy : evidence_.copies(logical)) {
      // Sends of other messages, if this one was taken for their original.
      for (const uint32_t i : evidence_.acknowledgements(copy)) {
        const auto own = evidence_.attempts(logical);
        if (std::find(own.begin(), own.end(), i) == own.end()) Tell(history.sends[i]);
      }
      for (const uint32_t i : evidence_.deliveries(copy)) Tell(history.deliveries[i]);
      for (const uint32_t i : evidence_.deletes(copy)) Tell(history.deletes[i]);
      for (const uint32_t i : evidence_.changes(copy)) Tell(history.changes[i]);
    }
  }

  // What is of no single message. Crashes are told if they come within the story.
  void TellOfQueue() {
    for (const Purge& purge : evidence_.history.purges) Tell(purge);
    const auto earlier = [](const Line& one, const Line& other) { return one.at < other.at; };
    const auto [first, last] = std::minmax_element(lines_.begin(), lines_.end(), earlier);
    if (first == lines_.end()) return;
    const Timestamp begin = first->at;
    const Timestamp end = last->at;
    for (const Incident& incident : evidence_.history.incidents) {
      if (incident.at < begin || incident.at > end) continue;
      lines_.push_back({incident.at, LineOf(incident, evidence_.history)});
    }
  }

  std::vector<std::string> Take() {
    std::stable_sort(lines_.begin(), lines_.end(),
                     [](const Line& one, const Line& other) { return one.at < other.at; });
    std::vector<std::string> texts;
    const size_t skipped = lines_.size() > kLinesMax ? lines_.size() - kLinesMax : 0;
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (skipped > 0 && i == kLinesMax / 2) {
        texts.push_back(absl::StrCat("(", skipped, " more)"));
        i += skipped;
      }
      texts.push_back(std::move(lines_[i].text));
    }
    return texts;
  }

 private:
  template <typename Event>
  void Tell(const Event& event) {
    lines_.push_back({event.call.asked_at, LineOf(event, evidence_.history)});
  }

  const Evidence& evidence_;
  std::vector<Line> lines_;
};

// The name of the stored message, for a sentence.
std::string NameOfStored(StoredNumber number, const Evidence& evidence) {
  const Stored& stored = evidence.stored[number];
  const auto deliveries = evidence.deliveries(number);
  const MessageName& name =
      deliveries.empty() ? evidence.history.sends[evidence.acknowledgements(number).front()].message
                         : evidence.history.deliveries[deliveries.front()].message;
  return absl::StrCat("message ", name.producer, ":", name.number, " (", stored.id.ToText(), ")");
}

}  // namespace

std::string ProofOf(const Violation& violation, const Evidence& evidence) {
  std::string text = NameOfStored(violation.stored, evidence);
  if (violation.other != kNoStored) {
    absl::StrAppend(&text, " and ", NameOfStored(violation.other, evidence));
  }
  absl::StrAppend(
      &text, ": ",
      absl::Substitute(ProofOf(violation.rule), TextOf(violation.a), TextOf(violation.b)));
  return text;
}

std::vector<std::string> StoryOf(const Violation& violation, const Evidence& evidence) {
  Storyteller storyteller(evidence);
  const uint32_t logical = evidence.stored[violation.stored].logical;
  storyteller.TellOf(logical);
  if (violation.other != kNoStored) {
    const uint32_t other = evidence.stored[violation.other].logical;
    if (other != logical) storyteller.TellOf(other);
  }
  storyteller.TellOfQueue();
  return storyteller.Take();
}

}  // namespace twinq::history
