#ifndef TWINQ_WIRE_JSON_TEXT_H_
#define TWINQ_WIRE_JSON_TEXT_H_

#include <optional>

#include "absl/strings/string_view.h"
#include <boost/json/object.hpp>

namespace twinq::wire {

// The JSON object that a text is, at most 32 levels deep; nothing if it is anything else. A number
// that no double holds is refused too: written again it would be no JSON.
std::optional<boost::json::object> ParseJsonObject(absl::string_view text);

}  // namespace twinq::wire

#endif  // TWINQ_WIRE_JSON_TEXT_H_
