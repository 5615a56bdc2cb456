#ifndef TWINQ_SIM_HISTORY_EVENT_WORDS_H_
#define TWINQ_SIM_HISTORY_EVENT_WORDS_H_

#include <array>
#include <cstddef>

#include "absl/strings/string_view.h"

#include "sim/history/event.h"

namespace twinq::history {

// The words of the text form that stand for values.

inline constexpr absl::string_view kNever = "never";
inline constexpr absl::string_view kNoName = "none";
inline constexpr absl::string_view kOwnName = "own";
inline constexpr absl::string_view kNamePrefix = "id/";

// By the value of the enumeration.
inline constexpr std::array<absl::string_view, 3> kOutcomeWords = {"done", "refused", "unknown"};
inline constexpr std::array<absl::string_view, 2> kPurposeWords = {"extend", "release"};
inline constexpr std::array<absl::string_view, 4> kIncidentWords = {
    "server_crashed", "server_started", "client_crashed", "client_started"};

constexpr absl::string_view WordOf(Outcome outcome) {
  return kOutcomeWords.at(static_cast<size_t>(outcome));
}
constexpr absl::string_view WordOf(VisibilityChange::Purpose purpose) {
  return kPurposeWords.at(static_cast<size_t>(purpose));
}
constexpr absl::string_view WordOf(Incident::Kind kind) {
  return kIncidentWords.at(static_cast<size_t>(kind));
}

}  // namespace twinq::history

#endif  // TWINQ_SIM_HISTORY_EVENT_WORDS_H_
