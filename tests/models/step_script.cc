#include "tests/models/step_script.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "core/base/status_macros.h"

namespace twinq::model {
namespace {

using Words = std::vector<std::string>;

// Receives without a name of their own are given numbers from here.
constexpr uint64_t kFirstUnnamedWaiter = 1'000'000;

absl::Status Wrong(absl::string_view what, absl::string_view word) {
  return absl::InvalidArgumentError(absl::StrCat(what, ": '", word, "'"));
}

absl::StatusOr<absl::Duration> ParseSpan(const std::string& word) {
  absl::Duration span;
  if (!absl::ParseDuration(word, &span) || span < absl::ZeroDuration()) {
    return Wrong("no span of time", word);
  }
  return span;
}

template <typename Number>
absl::StatusOr<Number> ParseNumber(absl::string_view word) {
  Number number = 0;
  if (!absl::SimpleAtoi(word, &number)) return Wrong("no number", word);
  return number;
}

absl::StatusOr<ApiErrorCode> ParseError(absl::string_view word) {
  for (int code = 0; code <= static_cast<int>(ApiErrorCode::kShuttingDown); ++code) {
    if (ApiErrorCodeName(static_cast<ApiErrorCode>(code)) == word) {
      return static_cast<ApiErrorCode>(code);
    }
  }
  return Wrong("no error", word);
}

// "w7" names the waiter 7.
absl::StatusOr<uint64_t> ParseWaiter(absl::string_view word) {
  if (!absl::ConsumePrefix(&word, "w")) return Wrong("no waiter", word);
  return ParseNumber<uint64_t>(word);
}

// NAME=VALUE, which is there. The name is empty if there is no "=".
std::pair<std::string, std::string> Assignment(absl::string_view word) {
  const size_t equals = word.find('=');
  if (equals == absl::string_view::npos) return {"", std::string(word)};
  return {std::string(word.substr(0, equals)), std::string(word.substr(equals + 1))};
}

absl::StatusOr<bool> ParseSwitch(absl::string_view word) {
  if (word != "on" && word != "off") return Wrong("neither on nor off", word);
  return word == "on";
}

absl::StatusOr<DedupScope> ParseScope(absl::string_view word) {
  if (word != "queue" && word != "group") return Wrong("neither queue nor group", word);
  return word == "queue" ? DedupScope::kQueue : DedupScope::kMessageGroup;
}

absl::Status ParseAttribute(const std::string& word, QueueKind kind, GivenQueueAttributes& given) {
  const auto [name, value] = Assignment(word);
  if (name == "delay") {
    TWINQ_ASSIGN_OR_RETURN(given.delay, ParseSpan(value));
  } else if (name == "bytes_max") {
    TWINQ_ASSIGN_OR_RETURN(given.message_bytes_max, ParseNumber<uint32_t>(value));
  } else if (name == "retention") {
    TWINQ_ASSIGN_OR_RETURN(given.retention, ParseSpan(value));
  } else if (name == "receive_wait") {
    TWINQ_ASSIGN_OR_RETURN(given.receive_wait, ParseSpan(value));
  } else if (name == "visibility") {
    TWINQ_ASSIGN_OR_RETURN(given.visibility_timeout, ParseSpan(value));
  } else if (name == "content_dedup" && kind == QueueKind::kFifo) {
    TWINQ_ASSIGN_OR_RETURN(given.content_based_dedup, ParseSwitch(value));
  } else if (name == "dedup_scope" && kind == QueueKind::kFifo) {
    TWINQ_ASSIGN_OR_RETURN(given.dedup_scope, ParseScope(value));
  } else {
    return Wrong("no attribute of such a queue", word);
  }
  return absl::OkStatus();
}

absl::Status ParseDetail(const std::string& word, QueueKind kind, Sending& entry) {
  const auto [name, value] = Assignment(word);
  if (name == "bytes") {
    TWINQ_ASSIGN_OR_RETURN(entry.bytes, ParseNumber<uint32_t>(value));
  } else if (name == "malformed") {
    TWINQ_ASSIGN_OR_RETURN(entry.malformed, ParseError(value));
  } else if (name == "delay" && kind == QueueKind::kStandard) {
    TWINQ_ASSIGN_OR_RETURN(entry.delay, ParseSpan(value));
  } else if (name == "group" && kind == QueueKind::kFifo) {
    entry.group = value;
  } else {
    return Wrong("no detail of such a message", word);
  }
  return absl::OkStatus();
}

// NAME=DEDUP~CONTENT[DETAIL,…], of which all but the name may be missing.
absl::StatusOr<Sending> ParseSending(absl::string_view word, QueueKind kind) {
  Sending entry;
  std::vector<absl::string_view> details;
  if (absl::ConsumeSuffix(&word, "]")) {
    const size_t bracket = word.find('[');
    if (bracket == absl::string_view::npos) return Wrong("] without [", word);
    details = absl::StrSplit(word.substr(bracket + 1), ',');
    word = word.substr(0, bracket);
  }
  const size_t name_end = std::min(word.find_first_of("=~"), word.size());
  const size_t id_end = std::min(word.find('~'), word.size());
  entry.name = std::string(word.substr(0, name_end));
  if (entry.name.empty()) return Wrong("no name", word);
  entry.content = id_end < word.size() ? std::string(word.substr(id_end + 1)) : entry.name;
  if (kind == QueueKind::kFifo) {
    entry.group = entry.name.substr(0, entry.name.find('-'));
    entry.dedup_id = entry.name;
    if (name_end < id_end) {
      entry.dedup_id = std::string(word.substr(name_end + 1, id_end - name_end - 1));
    }
    if (entry.dedup_id->empty()) entry.dedup_id.reset();
  } else if (name_end < id_end) {
    return Wrong("a deduplication id on a standard queue", word);
  }
  for (const absl::string_view detail : details) {
    TWINQ_RETURN_IF_ERROR(ParseDetail(std::string(detail), kind, entry));
  }
  return entry;
}

absl::StatusOr<Handle> ParseHandle(const std::string& word) {
  if (word == "other-queue") return Handle{.message = "", .origin = Handle::Origin::kOtherQueue};
  Handle handle{.message = word, .delivery = kNewestDelivery};
  const size_t slash = word.find('/');
  if (slash != std::string::npos) {
    handle.message = word.substr(0, slash);
    TWINQ_ASSIGN_OR_RETURN(handle.delivery, ParseNumber<uint32_t>(word.substr(slash + 1)));
    if (handle.delivery == kNewestDelivery) return Wrong("deliveries count from 1", word);
  }
  return handle;
}

absl::StatusOr<std::vector<Handle>> ParseHandles(const Words& words) {
  std::vector<Handle> handles;
  for (const std::string& word : words) {
    TWINQ_ASSIGN_OR_RETURN(handles.emplace_back(), ParseHandle(word));
  }
  return handles;
}

absl::StatusOr<Step> ParseSend(const Words& words, QueueKind kind) {
  Send send;
  for (const std::string& word : words) {
    TWINQ_ASSIGN_OR_RETURN(send.entries.emplace_back(), ParseSending(word, kind));
  }
  return Step(std::move(send));
}

absl::StatusOr<Step> ParseReceive(const Words& words, uint64_t unnamed_waiter) {
  Receive receive;
  receive.waiter = unnamed_waiter;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (i == 0 && absl::c_all_of(word, absl::ascii_isdigit)) {
      TWINQ_ASSIGN_OR_RETURN(receive.messages_max, ParseNumber<int>(word));
    } else if (absl::StartsWith(word, "wait=")) {
      TWINQ_ASSIGN_OR_RETURN(receive.wait, ParseSpan(word.substr(5)));
    } else if (word == "as" && i + 2 == words.size()) {
      TWINQ_ASSIGN_OR_RETURN(receive.waiter, ParseWaiter(words[++i]));
    } else {
      TWINQ_ASSIGN_OR_RETURN(receive.visibility, ParseSpan(word));
    }
  }
  return Step(receive);
}

absl::StatusOr<Step> ParseChange(const Words& words) {
  ChangeVisibility change;
  if (words.size() % 2 != 0) return Wrong("a handle and a span each", words.back());
  for (size_t i = 0; i < words.size(); i += 2) {
    ChangeVisibility::Entry& entry = change.entries.emplace_back();
    TWINQ_ASSIGN_OR_RETURN(entry.handle, ParseHandle(words[i]));
    TWINQ_ASSIGN_OR_RETURN(entry.visibility, ParseSpan(words[i + 1]));
  }
  return Step(std::move(change));
}

absl::StatusOr<Step> ParseSet(const Words& words, QueueKind kind) {
  SetAttributes set;
  for (const std::string& word : words) {
    TWINQ_RETURN_IF_ERROR(ParseAttribute(word, kind, set.attributes));
  }
  return Step(set);
}

// The fewest and the most words that may follow each verb.
struct Verb {
  absl::string_view name;
  size_t words_min;
  size_t words_max;
};
constexpr size_t kEntriesMax = static_cast<size_t>(kBatchEntriesMax);
constexpr std::array kVerbs = {Verb{"send", 1, kEntriesMax},
                               Verb{"receive", 0, 5},
                               Verb{"delete", 1, kEntriesMax},
                               Verb{"change", 2, 2 * kEntriesMax},
                               Verb{"release", 1, kEntriesMax},
                               Verb{"cancel", 1, 1},
                               Verb{"set", 1, 7},
                               Verb{"purge", 0, 0},
                               Verb{"look", 0, 0},
                               Verb{"wait", 1, 1}};

absl::Status CheckVerb(absl::string_view name, size_t words) {
  const auto* const verb = std::find_if(kVerbs.begin(), kVerbs.end(),
                                        [&](const Verb& known) { return known.name == name; });
  if (verb == kVerbs.end()) return Wrong("no such step", name);
  if (words < verb->words_min) return Wrong("too little behind", name);
  return words > verb->words_max ? Wrong("too much behind", name) : absl::OkStatus();
}

absl::StatusOr<Step> ParseStep(const std::string& verb, const Words& words, QueueKind kind,
                               uint64_t unnamed_waiter) {
  if (verb == "send") return ParseSend(words, kind);
  if (verb == "receive") return ParseReceive(words, unnamed_waiter);
  if (verb == "change") return ParseChange(words);
  if (verb == "set") return ParseSet(words, kind);
  if (verb == "purge") return Step(Purge{});
  if (verb == "cancel") {
    TWINQ_ASSIGN_OR_RETURN(const uint64_t waiter, ParseWaiter(words[0]));
    return Step(CancelWaiter{.waiter = waiter});
  }
  if (verb == "look" || verb == "wait") return Step(Look{});
  TWINQ_ASSIGN_OR_RETURN(std::vector<Handle> handles, ParseHandles(words));
  if (verb == "release") return Step(Release{.handles = std::move(handles)});
  return Step(Delete{.handles = std::move(handles)});
}

absl::Status ParseLine(absl::string_view text, int number, StepScript& script) {
  ScriptLine& line = script.lines.emplace_back();
  line.number = number;
  line.text = std::string(text);
  const size_t arrow = text.find("=>");
  if (arrow != absl::string_view::npos) {
    line.expected = std::string(absl::StripAsciiWhitespace(text.substr(arrow + 2)));
    text = text.substr(0, arrow);
  }
  Words words = absl::StrSplit(text, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  if (!words.empty() && words[0][0] == '+') {
    TWINQ_ASSIGN_OR_RETURN(line.pause, ParseSpan(words[0].substr(1)));
    words.erase(words.begin());
  }
  if (words.empty()) return Wrong("no step in", text);
  const std::string verb = words[0];
  words.erase(words.begin());
  TWINQ_RETURN_IF_ERROR(CheckVerb(verb, words.size()));
  if (verb == "wait") {
    TWINQ_ASSIGN_OR_RETURN(const absl::Duration pause, ParseSpan(words[0]));
    line.pause += pause;
  }
  TWINQ_ASSIGN_OR_RETURN(line.step, ParseStep(verb, words, script.kind,
                                              kFirstUnnamedWaiter + static_cast<uint64_t>(number)));
  return absl::OkStatus();
}

// One word behind the kind of a queue.
absl::Status ParseSetting(const std::string& word, StepScript& script,
                          GivenQueueAttributes& given) {
  const auto [name, value] = Assignment(word);
  if (name == "in_flight_max") {
    TWINQ_ASSIGN_OR_RETURN(script.setup.in_flight_max, ParseNumber<size_t>(value));
    return absl::OkStatus();
  }
  if (word != "exact") return ParseAttribute(word, script.kind, given);
  script.time = StepScript::Time::kStandsStill;
  return absl::OkStatus();
}

absl::Status ParseQueue(absl::string_view text, StepScript& script) {
  const Words words = absl::StrSplit(text, absl::ByAnyChar(" \t"), absl::SkipEmpty());
  if (words.size() < 2 || words[0] != "queue") return Wrong("a row begins with its queue", text);
  if (words[1] != "standard" && words[1] != "fifo") return Wrong("no kind of queue", words[1]);
  script.kind = words[1] == "fifo" ? QueueKind::kFifo : QueueKind::kStandard;
  GivenQueueAttributes given;
  for (size_t i = 2; i < words.size(); ++i) {
    TWINQ_RETURN_IF_ERROR(ParseSetting(words[i], script, given));
  }
  script.setup.attributes = given.Over(QueueAttributes());
  return absl::OkStatus();
}

// Where the reader is: which line must come next.
enum class Place : uint8_t { kBetween, kQueue, kSteps };

}  // namespace

absl::StatusOr<std::vector<StepScript>> ParseScripts(absl::string_view text,
                                                     absl::string_view file_name) {
  std::vector<StepScript> scripts;
  Place place = Place::kBetween;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    absl::Status status;
    if (absl::ConsumePrefix(&line, "row ")) {
      if (place == Place::kQueue) status = Wrong("a row without its queue before", line);
      scripts.emplace_back().title = std::string(absl::StripAsciiWhitespace(line));
      place = Place::kQueue;
    } else if (place == Place::kBetween) {
      status = Wrong("before the first row", line);
    } else if (place == Place::kQueue) {
      status = ParseQueue(line, scripts.back());
      place = Place::kSteps;
    } else {
      status = ParseLine(line, number, scripts.back());
    }
    if (!status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(file_name, ":", number, ": ", status.message()));
    }
  }
  const auto is_empty = [](const StepScript& script) { return script.lines.empty(); };
  if (scripts.empty() || std::any_of(scripts.begin(), scripts.end(), is_empty)) {
    return absl::InvalidArgumentError(
        absl::StrCat(file_name, ":", number, ": no row, or one without steps"));
  }
  return scripts;
}

}  // namespace twinq::model
