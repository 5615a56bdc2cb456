#include "wire/json_object.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "wire/json_text.h"

namespace twinq::wire {
namespace {

namespace json = boost::json;

void AppendCanonical(const json::value& value, std::string& text);

void AppendCanonical(const json::object& object, std::string& text) {
  std::vector<const json::key_value_pair*> by_name;
  for (const json::key_value_pair& member : object) by_name.push_back(&member);
  std::sort(by_name.begin(), by_name.end(),
            [](const auto* a, const auto* b) { return a->key() < b->key(); });
  text += '{';
  for (const auto* member : by_name) {
    if (text.back() != '{') text += ',';
    text += json::serialize(json::string(member->key()));
    text += ':';
    AppendCanonical(member->value(), text);
  }
  text += '}';
}

void AppendCanonical(const json::array& array, std::string& text) {
  text += '[';
  for (const json::value& element : array) {
    if (text.back() != '[') text += ',';
    AppendCanonical(element, text);
  }
  text += ']';
}

// The parser bounds how deep values lie in one another.
void AppendCanonical(const json::value& value, std::string& text) {
  if (value.is_object()) return AppendCanonical(value.get_object(), text);
  if (value.is_array()) return AppendCanonical(value.get_array(), text);
  text += json::serialize(value);
}

}  // namespace

struct JsonObject::Parsed {
  const json::value* Find(absl::string_view name) const {
    return object.if_contains({name.data(), name.size()});
  }

  json::object object;
};

JsonObject::JsonObject(std::unique_ptr<Parsed> parsed) : parsed_(std::move(parsed)) {}
JsonObject::JsonObject(JsonObject&&) noexcept = default;
JsonObject& JsonObject::operator=(JsonObject&&) noexcept = default;
JsonObject::~JsonObject() = default;

std::optional<JsonObject> JsonObject::Parse(absl::string_view text) {
  std::optional<json::object> object = ParseJsonObject(text);
  if (!object.has_value()) return std::nullopt;
  return JsonObject(std::make_unique<Parsed>(Parsed{*std::move(object)}));
}

std::string JsonObject::Canonical() const {
  std::string text;
  AppendCanonical(parsed_->object, text);
  return text;
}

bool JsonObject::Has(absl::string_view name) const { return parsed_->Find(name) != nullptr; }

std::optional<std::string> JsonObject::String(absl::string_view name) const {
  const json::value* value = parsed_->Find(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::optional<std::string> JsonObject::Text(absl::string_view name) const {
  const json::value* value = parsed_->Find(name);
  if (value == nullptr) return std::nullopt;
  return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

std::optional<std::vector<std::string>> JsonObject::Strings(absl::string_view name) const {
  const json::value* value = parsed_->Find(name);
  if (value == nullptr || !value->is_array()) return std::nullopt;
  std::vector<std::string> strings;
  for (const json::value& element : value->get_array()) {
    if (!element.is_string()) return std::nullopt;
    strings.emplace_back(element.get_string());
  }
  return strings;
}

}  // namespace twinq::wire
