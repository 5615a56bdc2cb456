#include "sim/history/history_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "core/base/check.h"
#include "core/base/timestamp.h"
#include "core/model/message_id.h"
#include "core/model/sequence_number.h"
#include "sim/history/event_fields.h"
#include "sim/history/event_words.h"

namespace twinq::history {
namespace {

// Appends ` name=value` for each field that it is called with.
class FieldWriter {
 public:
  FieldWriter(absl::string_view word, const History& history) : line_(word), history_(history) {}

  template <typename Field>
  void operator()(absl::string_view name, const Field& field) {
    absl::StrAppend(&line_, " ", name, "=");
    Append(field);
  }

  std::string&& Take() { return std::move(line_); }

 private:
  void Append(Timestamp time) {
    if (time == Timestamp::Infinite()) {
      absl::StrAppend(&line_, kNever);
    } else {
      absl::StrAppend(&line_, time.nanos());
    }
  }
  void Append(uint32_t number) { absl::StrAppend(&line_, number); }
  void Append(const MessageName& name) { absl::StrAppend(&line_, name.producer, ":", name.number); }
  void Append(NameId name) {
    if (name == NameId::kNone) {
      absl::StrAppend(&line_, kNoName);
    } else if (name == NameId::kOwn) {
      absl::StrAppend(&line_, kOwnName);
    } else {
      absl::StrAppend(&line_, kNamePrefix, history_.NameText(name));
    }
  }
  void Append(Outcome outcome) { absl::StrAppend(&line_, WordOf(outcome)); }
  void Append(VisibilityChange::Purpose purpose) { absl::StrAppend(&line_, WordOf(purpose)); }
  void Append(Incident::Kind kind) { absl::StrAppend(&line_, WordOf(kind)); }
  void Append(const MessageId& id) { absl::StrAppend(&line_, id.ToText()); }
  void Append(SequenceNumber sequence) { absl::StrAppend(&line_, sequence.value()); }
  void Append(HandleNumber handle) { absl::StrAppend(&line_, static_cast<uint64_t>(handle)); }
  void Append(absl::Duration span) { absl::StrAppend(&line_, absl::ToInt64Nanoseconds(span)); }
  void Append(const std::optional<uint64_t>& remaining) {
    if (remaining) {
      absl::StrAppend(&line_, *remaining);
    } else {
      absl::StrAppend(&line_, WordOf(Outcome::kUnknown));
    }
  }

  std::string line_;
  const History& history_;
};

template <typename Event>
std::string Line(absl::string_view word, const Event& event, const History& history) {
  FieldWriter writer(word, history);
  VisitFields(writer, event);
  return writer.Take();
}

template <typename Event>
Timestamp TimeOf(const Event& event) {
  return event.call.asked_at;
}
Timestamp TimeOf(const Incident& event) { return event.at; }

// The next event of one kind.
template <typename Event>
class Cursor {
 public:
  explicit Cursor(const std::vector<Event>& events) : events_(events) {}

  Timestamp time() const {
    return next_ < events_.size() ? TimeOf(events_[next_]) : Timestamp::Infinite();
  }
  bool is_at_end() const { return next_ == events_.size(); }
  // Gives the line if this kind's next event is the one of that time.
  bool WriteIfAt(Timestamp time, const History& history,
                 absl::FunctionRef<void(absl::string_view)> write) {
    if (is_at_end() || TimeOf(events_[next_]) != time) return false;
    write(LineOf(events_[next_++], history));
    return true;
  }

 private:
  const std::vector<Event>& events_;
  size_t next_ = 0;
};

}  // namespace

void WriteHistory(const History& history, absl::FunctionRef<void(absl::string_view)> write) {
  write(kFormatLine);
  Cursor incidents(history.incidents);
  Cursor sends(history.sends);
  Cursor deliveries(history.deliveries);
  Cursor empty_receives(history.empty_receives);
  Cursor deletes(history.deletes);
  Cursor changes(history.changes);
  Cursor purges(history.purges);
  for (size_t left = history.events(); left > 0; --left) {
    const Timestamp time =
        std::min({incidents.time(), sends.time(), deliveries.time(), empty_receives.time(),
                  deletes.time(), changes.time(), purges.time()});
    const bool is_written =
        incidents.WriteIfAt(time, history, write) || sends.WriteIfAt(time, history, write) ||
        deliveries.WriteIfAt(time, history, write) ||
        empty_receives.WriteIfAt(time, history, write) || deletes.WriteIfAt(time, history, write) ||
        changes.WriteIfAt(time, history, write) || purges.WriteIfAt(time, history, write);
    TWINQ_CHECK(is_written);
  }
  write(Line(kEndWord, history.end, history));
}

std::string LineOf(const Send& event, const History& history) {
  return Line(kSendWord, event, history);
}
std::string LineOf(const Delivery& event, const History& history) {
  return Line(kDeliveryWord, event, history);
}
std::string LineOf(const EmptyReceive& event, const History& history) {
  return Line(kEmptyReceiveWord, event, history);
}
std::string LineOf(const Delete& event, const History& history) {
  return Line(kDeleteWord, event, history);
}
std::string LineOf(const VisibilityChange& event, const History& history) {
  return Line(kChangeWord, event, history);
}
std::string LineOf(const Purge& event, const History& history) {
  return Line(kPurgeWord, event, history);
}
std::string LineOf(const Incident& event, const History& history) {
  return Line(kIncidentWord, event, history);
}

}  // namespace twinq::history
