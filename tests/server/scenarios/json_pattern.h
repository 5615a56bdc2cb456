#ifndef TWINQ_TESTS_SERVER_SCENARIOS_JSON_PATTERN_H_
#define TWINQ_TESTS_SERVER_SCENARIOS_JSON_PATTERN_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace twinq::api {

// Whether a JSON document is what another one, the pattern, says: the same members, whatever their
// order, and the same elements, in their order. A string of the pattern may stand for values that
// are drawn: "<text>" for any that is not empty, "<uuid>" for an id, "<digits>" for a number.
// Returns where they differ first ("Messages.0.Body: …"), or that one is no JSON; empty: nowhere.
std::string DifferenceFrom(absl::string_view pattern, absl::string_view document);

// The string at a path such as "Messages.0.Body", if it is there.
std::optional<std::string> StringAt(absl::string_view document, absl::string_view path);

}  // namespace twinq::api

#endif  // TWINQ_TESTS_SERVER_SCENARIOS_JSON_PATTERN_H_
