#include "wire/json_text.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <boost/json.hpp>

namespace twinq::wire {
namespace {

namespace json = boost::json;

// The parser bounds how deep values lie in one another.
bool IsFinite(const json::value& value) {
  if (const json::object* object = value.if_object()) {
    return std::all_of(object->begin(), object->end(),
                       [](const json::key_value_pair& member) { return IsFinite(member.value()); });
  }
  if (const json::array* array = value.if_array()) {
    return std::all_of(array->begin(), array->end(), IsFinite);
  }
  return !value.is_double() || std::isfinite(value.get_double());
}

}  // namespace

std::optional<json::object> ParseJsonObject(absl::string_view text) {
  json::error_code error;
  json::value value = json::parse({text.data(), text.size()}, error);
  if (error || !value.is_object() || !IsFinite(value)) return std::nullopt;
  return std::move(value.get_object());
}

}  // namespace twinq::wire
