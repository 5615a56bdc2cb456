#include "tests/server/scenarios/json_pattern.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include <boost/json.hpp>

namespace twinq::api {
namespace {

namespace json = boost::json;

absl::string_view ViewOf(const json::string& text) { return {text.data(), text.size()}; }

std::string Join(const std::string& path, absl::string_view member) {
  return path.empty() ? std::string(member) : absl::StrCat(path, ".", member);
}

bool IsUuid(absl::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    const bool is_digit = absl::ascii_isdigit(static_cast<unsigned char>(text[i])) ||
                          (text[i] >= 'a' && text[i] <= 'f');
    if (is_hyphen ? text[i] != '-' : !is_digit) return false;
  }
  return true;
}

bool IsMeantBy(absl::string_view pattern, absl::string_view text) {
  if (pattern == "<text>") return !text.empty();
  if (pattern == "<uuid>") return IsUuid(text);
  if (pattern == "<digits>") {
    return !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
  }
  return pattern == text;
}

std::string Difference(const json::value& pattern, const json::value& value,
                       const std::string& path);

std::string DifferenceOfObjects(const json::object& pattern, const json::object& value,
                                const std::string& path) {
  for (const auto& member : pattern) {
    const std::string at = Join(path, {member.key().data(), member.key().size()});
    const json::value* other = value.if_contains(member.key());
    if (other == nullptr) return absl::StrCat(at, ": is missing");
    if (std::string found = Difference(member.value(), *other, at); !found.empty()) return found;
  }
  for (const auto& member : value) {
    if (pattern.contains(member.key())) continue;
    return absl::StrCat(Join(path, {member.key().data(), member.key().size()}),
                        ": is not expected");
  }
  return "";
}

std::string DifferenceOfArrays(const json::array& pattern, const json::array& value,
                               const std::string& path) {
  if (pattern.size() != value.size()) {
    return absl::StrCat(path, ": ", value.size(), " elements instead of ", pattern.size());
  }
  for (size_t i = 0; i < value.size(); ++i) {
    std::string found = Difference(pattern[i], value[i], Join(path, absl::StrCat(i)));
    if (!found.empty()) return found;
  }
  return "";
}

std::string Difference(const json::value& pattern, const json::value& value,
                       const std::string& path) {
  if (pattern.is_object() && value.is_object()) {
    return DifferenceOfObjects(pattern.get_object(), value.get_object(), path);
  }
  if (pattern.is_array() && value.is_array()) {
    return DifferenceOfArrays(pattern.get_array(), value.get_array(), path);
  }
  const bool is_meant = pattern.is_string() && value.is_string()
                            ? IsMeantBy(ViewOf(pattern.get_string()), ViewOf(value.get_string()))
                            : pattern == value;
  if (is_meant) return "";
  return absl::StrCat(path, ": ", json::serialize(value), " instead of ", json::serialize(pattern));
}

std::optional<json::value> Parse(absl::string_view text) {
  json::error_code error;
  json::value value = json::parse({text.data(), text.size()}, error);
  if (error) return std::nullopt;
  return value;
}

const json::value* MemberOf(const json::value& value, absl::string_view name) {
  if (value.is_object()) return value.get_object().if_contains({name.data(), name.size()});
  size_t index = 0;
  if (!value.is_array() || !absl::SimpleAtoi(name, &index)) return nullptr;
  return value.get_array().if_contains(index);
}

}  // namespace

std::string DifferenceFrom(absl::string_view pattern, absl::string_view document) {
  const std::optional<json::value> expected = Parse(pattern);
  if (!expected.has_value()) return "what is expected is no JSON";
  const std::optional<json::value> actual = Parse(document);
  if (!actual.has_value()) return "the answer is no JSON";
  return Difference(*expected, *actual, "");
}

std::optional<std::string> StringAt(absl::string_view document, absl::string_view path) {
  const std::optional<json::value> parsed = Parse(document);
  const json::value* value = parsed.has_value() ? &*parsed : nullptr;
  for (const absl::string_view name : absl::StrSplit(path, '.')) {
    if (value != nullptr) value = MemberOf(*value, name);
  }
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(ViewOf(value->get_string()));
}

}  // namespace twinq::api
