#ifndef TWINQ_SIM_HISTORY_EVENT_FIELDS_H_
#define TWINQ_SIM_HISTORY_EVENT_FIELDS_H_

#include <type_traits>

#include "absl/strings/string_view.h"

#include "sim/history/event.h"
#include "sim/history/history.h"

namespace twinq::history {

// The text form of an event, said once for writing and reading: the word that its line begins with,
// and its fields by name, in their order. A visitor is called with each name and field.

inline constexpr absl::string_view kSendWord = "send";
inline constexpr absl::string_view kDeliveryWord = "delivery";
inline constexpr absl::string_view kEmptyReceiveWord = "receive";
inline constexpr absl::string_view kDeleteWord = "delete";
inline constexpr absl::string_view kChangeWord = "change";
inline constexpr absl::string_view kPurgeWord = "purge";
inline constexpr absl::string_view kIncidentWord = "incident";
inline constexpr absl::string_view kEndWord = "end";

template <typename Visitor, typename CallOf>
void VisitCall(Visitor&& visit, CallOf& call) {
  visit("asked", call.asked_at);
  visit("answered", call.answered_at);
  visit("client", call.client);
  visit("call", call.number);
}

// `Event` may be const. One function, so that the compiler refuses an event that has no text.
template <typename Visitor, typename Event>
void VisitFields(Visitor&& visit, Event& event) {
  using Plain = std::remove_const_t<Event>;
  if constexpr (std::is_same_v<Plain, Incident>) {
    visit("at", event.at);
    visit("what", event.kind);
    visit("client", event.client);
  } else if constexpr (std::is_same_v<Plain, End>) {
    visit("at", event.at);
    visit("remaining", event.remaining);
  } else {
    VisitCall(visit, event.call);
    if constexpr (std::is_same_v<Plain, Send>) {
      visit("message", event.message);
      visit("group", event.group);
      visit("dedup", event.dedup);
      visit("outcome", event.outcome);
      visit("id", event.id);
      visit("sequence", event.sequence);
    } else if constexpr (std::is_same_v<Plain, Delivery>) {
      visit("message", event.message);
      visit("id", event.id);
      visit("sequence", event.sequence);
      visit("count", event.receive_count);
      visit("handle", event.handle);
      visit("visibility", event.visibility);
    } else if constexpr (std::is_same_v<Plain, Delete>) {
      visit("handle", event.handle);
      visit("outcome", event.outcome);
    } else if constexpr (std::is_same_v<Plain, VisibilityChange>) {
      visit("handle", event.handle);
      visit("visibility", event.visibility);
      visit("purpose", event.purpose);
      visit("outcome", event.outcome);
    } else {
      static_assert(std::is_same_v<Plain, EmptyReceive> || std::is_same_v<Plain, Purge>);
      visit("outcome", event.outcome);
    }
  }
}

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_EVENT_FIELDS_H_
