#include "tests/crash/clients/story.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "core/base/timestamp.h"
#include "tests/crash/message_text.h"

namespace twinq::crash {
namespace {

using Line = std::pair<Timestamp, std::string>;

const char* NameOf(LoggedCall::Kind kind) {
  switch (kind) {
    case LoggedCall::Kind::kReceive:
      return "receive";
    case LoggedCall::Kind::kDelete:
      return "delete";
    case LoggedCall::Kind::kChange:
      break;
  }
  return "change visibility";
}

const char* NameOf(history::Outcome outcome) {
  switch (outcome) {
    case history::Outcome::kDone:
      return "done";
    case history::Outcome::kRefused:
      return "refused";
    case history::Outcome::kUnknown:
      break;
  }
  return "without an answer";
}

const char* NameOf(LoggedHandling::Ending ending) {
  return ending == LoggedHandling::Ending::kOk ? "ok" : "failed";
}

void AddCall(const LoggedCall& call, history::Outcome outcome, const std::string& who,
             std::vector<Line>& lines) {
  lines.emplace_back(call.asked_at, absl::StrCat(who, " asks: ", NameOf(call.kind), " ",
                                                 absl::FormatDuration(call.visibility)));
  if (call.ended_at == Timestamp::Infinite()) return;
  lines.emplace_back(call.ended_at,
                     absl::StrCat(who, " is answered: ", NameOf(call.kind), " ", NameOf(outcome)));
}

void AddConsumer(const ConsumerLife& life, const history::MessageName& message,
                 std::vector<Line>& lines) {
  const std::string who = absl::StrCat("consumer ", life.client);
  absl::flat_hash_set<HandleDigest> handles;
  for (const LoggedCall& call : life.log.calls) {
    for (const LoggedDelivery& delivery : call.deliveries) {
      if (delivery.message != message) continue;
      handles.insert(delivery.handle);
      AddCall(call, call.outcome, who, lines);
    }
  }
  if (handles.empty()) return;
  for (const LoggedCall& call : life.log.calls) {
    for (size_t i = 0; i < call.handles.size(); ++i) {
      if (handles.contains(call.handles[i])) AddCall(call, call.entries[i], who, lines);
    }
  }
  for (const LoggedHandling& handling : life.log.handlings) {
    if (handling.message != message) continue;
    lines.emplace_back(handling.begin, absl::StrCat(who, " handles it"));
    if (handling.ending == LoggedHandling::Ending::kNone) continue;
    lines.emplace_back(handling.end,
                       absl::StrCat(who, " has handled it: ", NameOf(handling.ending)));
  }
  if (life.killed_at != Timestamp::Infinite()) {
    lines.emplace_back(life.killed_at, absl::StrCat(who, " is killed"));
  }
}

}  // namespace

std::string StoryOf(const HandlingRecord& record, const history::MessageName& message) {
  std::vector<Line> lines;
  for (const SourcedMessage& sent : record.messages) {
    if (sent.name != message) continue;
    lines.emplace_back(sent.asked_at, absl::StrCat("sent, group ", sent.group));
    if (sent.answered_at == Timestamp::Infinite()) continue;
    lines.emplace_back(sent.answered_at, absl::StrCat("its send is ", NameOf(sent.outcome)));
  }
  for (const ConsumerLife& life : record.consumers) AddConsumer(life, message, lines);
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.first < b.first; });
  if (!lines.empty()) {
    const Timestamp first = lines.front().first;
    const Timestamp last = lines.back().first;
    for (const history::Incident& incident : record.incidents) {
      if (incident.at < first || incident.at > last) continue;
      const bool is_crash = incident.kind == history::Incident::Kind::kServerCrashed;
      lines.emplace_back(incident.at, is_crash ? "the server is killed" : "the server is back");
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const Line& a, const Line& b) { return a.first < b.first; });
  }
  std::string text = absl::StrCat("message ", TextOf(message), "\n");
  for (const auto& [at, line] : lines) {
    absl::StrAppendFormat(&text, "  %.6f s  %s\n", absl::ToDoubleSeconds(at - lines.front().first),
                          line);
  }
  return text;
}

}  // namespace twinq::crash
