#include "sim/history/history_parser.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"

#include "core/base/status_macros.h"
#include "core/base/timestamp.h"
#include "core/model/group_id.h"
#include "core/model/message_id.h"
#include "core/model/sequence_number.h"
#include "sim/history/event.h"
#include "sim/history/event_fields.h"
#include "sim/history/event_words.h"
#include "sim/history/history_writer.h"

namespace twinq::history {
namespace {

template <typename Enum, size_t kSize>
bool ParseWord(absl::string_view text, const std::array<absl::string_view, kSize>& words,
               Enum& value) {
  for (size_t i = 0; i < kSize; ++i) {
    if (words[i] != text) continue;
    value = static_cast<Enum>(i);
    return true;
  }
  return false;
}

// Whether `text` is the number as it is written: no sign, blank or leading zero that could have
// come from somewhere else.
template <typename Number>
bool ParseNumber(absl::string_view text, Number& number) {
  return absl::SimpleAtoi(text, &number) && absl::StrCat(number) == text;
}

bool ParseMessageId(absl::string_view text, MessageId& id) {
  std::string digits;
  for (const char digit : text) {
    if (digit != '-') digits += digit;
  }
  uint64_t high = 0;
  uint64_t low = 0;
  if (digits.size() != 32 || !absl::SimpleHexAtoi(digits.substr(0, 16), &high) ||
      !absl::SimpleHexAtoi(digits.substr(16), &low)) {
    return false;
  }
  id = MessageId::FromBits(high, low);
  return id.ToText() == text;
}

// Takes ` name=value` off the line for each field that it is called with, until one is wrong.
class FieldReader {
 public:
  FieldReader(absl::string_view line, NameTable& names) : line_(line), names_(names) {}

  template <typename Field>
  void operator()(absl::string_view name, Field& field) {
    if (!status_.ok()) return;
    if (!absl::ConsumePrefix(&line_, absl::StrCat(" ", name, "="))) {
      const absl::string_view found = line_.substr(0, line_.find(' ', 1));
      status_ = absl::InvalidArgumentError(
          absl::StrCat("field ", name, " is missing",
                       found.empty() ? "" : absl::StrCat(", there is \"", found.substr(1), "\"")));
      return;
    }
    const absl::string_view value = line_.substr(0, line_.find(' '));
    line_.remove_prefix(value.size());
    if (Read(value, field)) return;
    status_ =
        absl::InvalidArgumentError(absl::StrCat("field ", name, " cannot be \"", value, "\""));
  }

  absl::Status Finish() const {
    if (status_.ok() && !line_.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("no field is to follow, there is \"", absl::StripPrefix(line_, " "), "\""));
    }
    return status_;
  }

 private:
  static bool Read(absl::string_view text, Timestamp& time) {
    int64_t nanos = 0;
    if (text == kNever) {
      time = Timestamp::Infinite();
      return true;
    }
    if (!ParseNumber(text, nanos)) return false;
    time = Timestamp::FromNanos(nanos);
    return time != Timestamp::Infinite();
  }
  static bool Read(absl::string_view text, uint32_t& number) { return ParseNumber(text, number); }
  static bool Read(absl::string_view text, MessageName& name) {
    const size_t colon = text.find(':');
    return colon != absl::string_view::npos && ParseNumber(text.substr(0, colon), name.producer) &&
           ParseNumber(text.substr(colon + 1), name.number);
  }
  bool Read(absl::string_view text, NameId& name) {
    if (text == kNoName) {
      name = NameId::kNone;
    } else if (text == kOwnName) {
      name = NameId::kOwn;
    } else if (absl::ConsumePrefix(&text, kNamePrefix) && HasGroupIdSyntax(text)) {
      name = names_.Number(text);
    } else {
      return false;
    }
    return true;
  }
  static bool Read(absl::string_view text, Outcome& outcome) {
    return ParseWord(text, kOutcomeWords, outcome);
  }
  static bool Read(absl::string_view text, VisibilityChange::Purpose& purpose) {
    return ParseWord(text, kPurposeWords, purpose);
  }
  static bool Read(absl::string_view text, Incident::Kind& kind) {
    return ParseWord(text, kIncidentWords, kind);
  }
  static bool Read(absl::string_view text, MessageId& id) { return ParseMessageId(text, id); }
  static bool Read(absl::string_view text, SequenceNumber& sequence) {
    uint64_t value = 0;
    if (!ParseNumber(text, value)) return false;
    sequence = SequenceNumber(value);
    return true;
  }
  static bool Read(absl::string_view text, HandleNumber& handle) {
    uint64_t value = 0;
    if (!ParseNumber(text, value)) return false;
    handle = static_cast<HandleNumber>(value);
    return true;
  }
  static bool Read(absl::string_view text, absl::Duration& span) {
    int64_t nanos = 0;
    if (!ParseNumber(text, nanos) || nanos < 0) return false;
    span = absl::Nanoseconds(nanos);
    return true;
  }
  static bool Read(absl::string_view text, std::optional<uint64_t>& remaining) {
    uint64_t value = 0;
    if (text == WordOf(Outcome::kUnknown)) {
      remaining.reset();
      return true;
    }
    if (!ParseNumber(text, value)) return false;
    remaining = value;
    return true;
  }

  absl::string_view line_;
  NameTable& names_;
  absl::Status status_;
};

template <typename Event>
absl::Status ReadEvent(absl::string_view fields, NameTable& names, Event& event) {
  FieldReader reader(fields, names);
  VisitFields(reader, event);
  return reader.Finish();
}

template <typename Event>
absl::Status ReadInto(absl::string_view fields, NameTable& names, std::vector<Event>& events) {
  return ReadEvent(fields, names, events.emplace_back());
}

}  // namespace

absl::Status HistoryParser::AddLine(absl::string_view line) {
  ++lines_;
  absl::Status parsed = Parse(line);
  if (parsed.ok()) return parsed;
  return absl::InvalidArgumentError(absl::StrCat("line ", lines_, ": ", parsed.message()));
}

absl::StatusOr<History> HistoryParser::Finish() {
  if (!has_ended_) {
    return absl::InvalidArgumentError(
        absl::StrCat("line ", lines_ + 1, ": missing, the last line is to be the end"));
  }
  history_.names = names_.texts();
  SortByTime(history_);
  TWINQ_RETURN_IF_ERROR(Validate(history_));
  return std::move(history_);
}

absl::Status HistoryParser::Parse(absl::string_view line) {
  if (lines_ == 1) {
    if (line == kFormatLine) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrCat("is to be \"", kFormatLine, "\""));
  }
  if (has_ended_) return absl::InvalidArgumentError("follows the end");
  const absl::string_view word = line.substr(0, line.find(' '));
  return ParseEvent(word, line.substr(word.size()));
}

absl::Status HistoryParser::ParseEvent(absl::string_view word, absl::string_view fields) {
  if (word == kSendWord) return ReadInto(fields, names_, history_.sends);
  if (word == kDeliveryWord) return ReadInto(fields, names_, history_.deliveries);
  if (word == kEmptyReceiveWord) return ReadInto(fields, names_, history_.empty_receives);
  if (word == kDeleteWord) return ReadInto(fields, names_, history_.deletes);
  if (word == kChangeWord) return ReadInto(fields, names_, history_.changes);
  if (word == kPurgeWord) return ReadInto(fields, names_, history_.purges);
  if (word == kIncidentWord) return ReadInto(fields, names_, history_.incidents);
  if (word == kEndWord) {
    has_ended_ = true;
    return ReadEvent(fields, names_, history_.end);
  }
  return absl::InvalidArgumentError(absl::StrCat("\"", word, "\" is no event"));
}

}  // namespace twinq::history
