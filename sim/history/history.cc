#include "sim/history/history.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq::history {
namespace {

template <typename Event>
void SortCalls(std::vector<Event>& events) {
  const auto asked_before = [](const Event& a, const Event& b) {
    return a.call.asked_at < b.call.asked_at;
  };
  if (std::is_sorted(events.begin(), events.end(), asked_before)) return;
  std::stable_sort(events.begin(), events.end(), asked_before);
}

absl::Status Wrong(absl::string_view what, const Call& call) {
  return absl::InvalidArgumentError(absl::StrCat(what, ": call ", call.number, " of client ",
                                                 call.client, ", asked at ",
                                                 call.asked_at.nanos()));
}

absl::Status ValidateCall(const Call& call, Outcome outcome, const End& end) {
  const bool is_answered = call.answered_at != Timestamp::Infinite();
  if (is_answered == (outcome == Outcome::kUnknown)) {
    return Wrong("an answer with unknown outcome, or an outcome without answer", call);
  }
  if (call.answered_at < call.asked_at) return Wrong("answered before it was asked", call);
  if (call.asked_at > end.at || (is_answered && call.answered_at > end.at)) {
    return Wrong("after the end", call);
  }
  return absl::OkStatus();
}

template <typename Event>
absl::Status ValidateCalls(const std::vector<Event>& events, const End& end) {
  for (const Event& event : events) {
    TWINQ_RETURN_IF_ERROR(ValidateCall(event.call, event.outcome, end));
  }
  return absl::OkStatus();
}

using Handles = absl::flat_hash_set<uint64_t>;

template <typename Event>
absl::Status ValidateHandles(const std::vector<Event>& events, const Handles& issued) {
  for (const Event& event : events) {
    if (!issued.contains(static_cast<uint64_t>(event.handle))) {
      return Wrong("a handle that no delivery issued", event.call);
    }
  }
  return absl::OkStatus();
}

absl::Status ValidateNames(const History& history) {
  const auto is_known = [&](NameId id) {
    return id == NameId::kNone || static_cast<size_t>(id) <= history.names.size();
  };
  for (const Send& send : history.sends) {
    if (!is_known(send.group)) return Wrong("an unknown group name", send.call);
    if (send.dedup != NameId::kOwn && !is_known(send.dedup)) {
      return Wrong("an unknown deduplication id", send.call);
    }
  }
  return absl::OkStatus();
}

}  // namespace

size_t History::events() const {
  return sends.size() + deliveries.size() + empty_receives.size() + deletes.size() +
         changes.size() + purges.size() + incidents.size();
}

absl::string_view History::NameText(NameId id) const {
  const auto number = static_cast<size_t>(id);
  TWINQ_CHECK(number >= 1 && number <= names.size());
  return names[number - 1];
}

void SortByTime(History& history) {
  SortCalls(history.sends);
  SortCalls(history.deliveries);
  SortCalls(history.empty_receives);
  SortCalls(history.deletes);
  SortCalls(history.changes);
  SortCalls(history.purges);
  std::stable_sort(history.incidents.begin(), history.incidents.end(),
                   [](const Incident& a, const Incident& b) { return a.at < b.at; });
}

absl::Status Validate(const History& history) {
  TWINQ_RETURN_IF_ERROR(ValidateCalls(history.sends, history.end));
  TWINQ_RETURN_IF_ERROR(ValidateCalls(history.empty_receives, history.end));
  TWINQ_RETURN_IF_ERROR(ValidateCalls(history.deletes, history.end));
  TWINQ_RETURN_IF_ERROR(ValidateCalls(history.changes, history.end));
  TWINQ_RETURN_IF_ERROR(ValidateCalls(history.purges, history.end));
  TWINQ_RETURN_IF_ERROR(ValidateNames(history));
  Handles issued;
  issued.reserve(history.deliveries.size());
  for (const Delivery& delivery : history.deliveries) {
    TWINQ_RETURN_IF_ERROR(ValidateCall(delivery.call, Outcome::kDone, history.end));
    if (delivery.handle == HandleNumber::kNone ||
        !issued.insert(static_cast<uint64_t>(delivery.handle)).second) {
      return Wrong("a delivery without a handle of its own", delivery.call);
    }
  }
  TWINQ_RETURN_IF_ERROR(ValidateHandles(history.deletes, issued));
  return ValidateHandles(history.changes, issued);
}

}  // namespace twinq::history
