#include "tests/models/step_text.h"

#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"

namespace twinq::model {
namespace {

template <typename Value>
void AppendIf(const std::optional<Value>& value, const char* name, std::string& text) {
  if constexpr (std::is_same_v<Value, absl::Duration>) {
    if (value) absl::StrAppend(&text, " ", name, "=", absl::FormatDuration(*value));
  } else {
    if (value) absl::StrAppend(&text, " ", name, "=", *value);
  }
}

std::optional<std::string> SwitchText(const std::optional<bool>& on) {
  if (!on) return std::nullopt;
  return *on ? "on" : "off";
}

std::optional<std::string> ScopeText(const std::optional<DedupScope>& scope) {
  if (!scope) return std::nullopt;
  return *scope == DedupScope::kQueue ? "queue" : "group";
}

// " delay=5s retention=1m": with a space before each.
std::string AttributesText(const GivenQueueAttributes& given) {
  std::string text;
  AppendIf(given.delay, "delay", text);
  AppendIf(given.message_bytes_max, "bytes_max", text);
  AppendIf(given.retention, "retention", text);
  AppendIf(given.receive_wait, "receive_wait", text);
  AppendIf(given.visibility_timeout, "visibility", text);
  AppendIf(SwitchText(given.content_based_dedup), "content_dedup", text);
  AppendIf(ScopeText(given.dedup_scope), "dedup_scope", text);
  return text;
}

template <typename Value>
std::optional<Value> Unless(const Value& usual, const Value& value) {
  return value == usual ? std::nullopt : std::make_optional(value);
}

std::string SendingText(const Sending& entry, QueueKind kind) {
  std::string text = entry.name;
  std::vector<std::string> details;
  if (kind == QueueKind::kFifo) {
    if (entry.dedup_id != entry.name) absl::StrAppend(&text, "=", entry.dedup_id.value_or(""));
    if (entry.group != entry.name.substr(0, entry.name.find('-'))) {
      details.push_back(absl::StrCat("group=", entry.group));
    }
  }
  if (entry.content != entry.name) absl::StrAppend(&text, "~", entry.content);
  if (entry.bytes != Sending().bytes) details.push_back(absl::StrCat("bytes=", entry.bytes));
  if (entry.delay) details.push_back(absl::StrCat("delay=", absl::FormatDuration(*entry.delay)));
  if (entry.malformed) {
    details.push_back(absl::StrCat("malformed=", ApiErrorCodeName(*entry.malformed)));
  }
  if (!details.empty()) absl::StrAppend(&text, "[", absl::StrJoin(details, ","), "]");
  return text;
}

std::string HandleText(const Handle& handle) {
  if (handle.origin == Handle::Origin::kOtherQueue) return "other-queue";
  return absl::StrCat(handle.message, "/", handle.delivery);
}

template <typename Items, typename TextOf>
std::string Joined(const char* verb, const Items& items, const TextOf& text_of) {
  std::string text = verb;
  for (const auto& item : items) absl::StrAppend(&text, " ", text_of(item));
  return text;
}

// One overload per step.
class StepWriter {
 public:
  explicit StepWriter(QueueKind kind) : kind_(kind) {}

  std::string operator()(const Send& send) const {
    return Joined("send", send.entries,
                  [&](const Sending& entry) { return SendingText(entry, kind_); });
  }
  std::string operator()(const Receive& receive) const {
    std::string text = absl::StrCat("receive ", receive.messages_max);
    if (receive.visibility) absl::StrAppend(&text, " ", absl::FormatDuration(*receive.visibility));
    AppendIf(receive.wait, "wait", text);
    return absl::StrCat(text, " as w", receive.waiter);
  }
  std::string operator()(const Delete& request) const {
    return Joined("delete", request.handles, HandleText);
  }
  std::string operator()(const ChangeVisibility& change) const {
    return Joined("change", change.entries, [](const ChangeVisibility::Entry& entry) {
      return absl::StrCat(HandleText(entry.handle), " ", absl::FormatDuration(entry.visibility));
    });
  }
  std::string operator()(const Release& release) const {
    return Joined("release", release.handles, HandleText);
  }
  std::string operator()(const CancelWaiter& cancel) const {
    return absl::StrCat("cancel w", cancel.waiter);
  }
  std::string operator()(const Purge&) const { return "purge"; }
  std::string operator()(const SetAttributes& set) const {
    return absl::StrCat("set", AttributesText(set.attributes));
  }
  std::string operator()(const Look&) const { return "look"; }

 private:
  QueueKind kind_;
};

std::string MessagesText(const std::vector<Delivered>& messages, Timestamp begin, Detail detail) {
  if (messages.empty()) return "nothing";
  DeliveredDetail wanted;
  if (detail == Detail::kAll) wanted = {.receive_count = true, .keys = {"sent", "first", "group"}};
  return absl::StrJoin(messages, " ", [&](std::string* text, const Delivered& delivered) {
    absl::StrAppend(text, DeliveredText(delivered, begin, wanted));
  });
}

std::string StepResultText(const Step& step, const Outcome& outcome, Timestamp begin,
                           Detail detail) {
  if (outcome.refused) return absl::StrCat("refused ", ApiErrorCodeName(*outcome.refused));
  if (outcome.waits) return "waits";
  if (std::holds_alternative<Receive>(step)) return MessagesText(outcome.messages, begin, detail);
  const Send* send = std::get_if<Send>(&step);
  std::vector<std::string> results;
  for (size_t i = 0; i < outcome.results.size(); ++i) {
    const bool was_sent = send != nullptr && i < send->entries.size();
    results.push_back(ResultText(outcome.results[i], was_sent ? send->entries[i].name : ""));
  }
  const bool all_equal = !results.empty() && absl::c_all_of(results, [&](const std::string& one) {
    return one == results[0];
  });
  return all_equal ? results[0] : absl::StrJoin(results, ", ");
}

}  // namespace

std::string QueueText(QueueKind kind, const QueueSetup& setup) {
  const QueueAttributes usual;
  const QueueAttributes& attributes = setup.attributes;
  const GivenQueueAttributes given = {
      .delay = Unless(usual.delay, attributes.delay),
      .message_bytes_max = Unless(usual.message_bytes_max, attributes.message_bytes_max),
      .retention = Unless(usual.retention, attributes.retention),
      .receive_wait = Unless(usual.receive_wait, attributes.receive_wait),
      .visibility_timeout = Unless(usual.visibility_timeout, attributes.visibility_timeout),
      .content_based_dedup = Unless(usual.content_based_dedup, attributes.content_based_dedup),
      .dedup_scope = Unless(usual.dedup_scope, attributes.dedup_scope)};
  std::string text = kind == QueueKind::kFifo ? "queue fifo" : "queue standard";
  absl::StrAppend(&text, AttributesText(given));
  AppendIf(Unless(QueueSetup().in_flight_max, setup.in_flight_max), "in_flight_max", text);
  return text;
}

std::string StepText(const Step& step, QueueKind kind) {
  return std::visit(StepWriter(kind), step);
}

OutcomeParts PartsOf(const Step& step, const Outcome& outcome, const OutcomeTimes& times,
                     Detail detail) {
  OutcomeParts parts;
  parts.result = StepResultText(step, outcome, times.begin, detail);
  for (const Answer& answer : outcome.answers) {
    parts.answers.push_back(
        absl::StrCat("w", answer.waiter, ": ", MessagesText(answer.messages, times.begin, detail)));
  }
  parts.counts = absl::StrCat("counts ", outcome.counts.available, " ", outcome.counts.in_flight,
                              " ", outcome.counts.delayed);
  parts.next = outcome.next_deadline == Timestamp::Infinite()
                   ? "next never"
                   : "next " + absl::FormatDuration(outcome.next_deadline - times.now);
  return parts;
}

std::string OutcomeText(const Step& step, const Outcome& outcome, const OutcomeTimes& times) {
  OutcomeParts parts = PartsOf(step, outcome, times, Detail::kAll);
  std::vector<std::string> all;
  if (!parts.result.empty()) all.push_back(parts.result);
  all.insert(all.end(), parts.answers.begin(), parts.answers.end());
  all.insert(all.end(), {parts.counts, parts.next});
  return absl::StrJoin(all, "; ");
}

std::string ResultText(const EntryResult& result, const std::string& sent) {
  if (result.error) return std::string(ApiErrorCodeName(*result.error));
  return result.stored == sent ? "ok" : absl::StrCat("duplicate of ", result.stored);
}

std::string DeliveredText(const Delivered& delivered, Timestamp begin,
                          const DeliveredDetail& detail) {
  std::string text = delivered.message;
  if (detail.receive_count) absl::StrAppend(&text, "*", delivered.receive_count);
  std::vector<std::string> pairs;
  for (const std::string& key : detail.keys) {
    std::string value;
    if (key == "sent") value = absl::FormatDuration(delivered.sent_at - begin);
    if (key == "first") {
      value =
          absl::FormatDuration(absl::Milliseconds(delivered.first_received_ms - begin.millis()));
    }
    if (key == "group") value = delivered.group;
    pairs.push_back(absl::StrCat(key, "=", value));
  }
  if (!pairs.empty()) absl::StrAppend(&text, "{", absl::StrJoin(pairs, ","), "}");
  return text;
}

}  // namespace twinq::model
