#include "server/api/message_attributes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

#include "core/model/limits.h"
#include "server/api/message_text.h"
#include "server/api/request_checks.h"

namespace twinq::api {
namespace {

constexpr absl::string_view kString = "String";
constexpr absl::string_view kNumber = "Number";
constexpr absl::string_view kBinary = "Binary";

// What stands before the label of a type.
absl::string_view BaseOf(absl::string_view type) { return type.substr(0, type.find('.')); }

bool ContinuesCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

size_t Characters(absl::string_view utf8) {
  return utf8.size() -
         static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), ContinuesCharacter));
}

// The service takes letters of other scripts, too.
bool IsNameCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_isalnum(byte) || c == '_' || c == '-' || c == '.' || byte >= 0x80;
}

bool IsName(absl::string_view text) {
  return !text.empty() && Characters(text) <= kMessageAttributeNameCharactersMax &&
         std::all_of(text.begin(), text.end(), IsNameCharacter) && text.front() != '.' &&
         text.back() != '.' && !absl::StrContains(text, "..");
}

bool IsUserAttributeName(absl::string_view name) {
  return IsName(name) && !absl::StartsWithIgnoreCase(name, "aws.") &&
         !absl::StartsWithIgnoreCase(name, "amazon.");
}

bool IsType(absl::string_view type) {
  const absl::string_view base = BaseOf(type);
  return IsName(type) && (base == kString || base == kNumber || base == kBinary);
}

// Decimal digits with a sign, a point and an exponent, if you like.
class NumberText {
 public:
  explicit NumberText(absl::string_view text) : rest_(text) {}

  bool IsNumber() {
    SkipSign();
    size_t digits = SkipDigits();
    if (absl::ConsumePrefix(&rest_, ".")) digits += SkipDigits();
    if (digits == 0) return false;
    if (absl::ConsumePrefix(&rest_, "e") || absl::ConsumePrefix(&rest_, "E")) {
      SkipSign();
      if (SkipDigits() == 0) return false;
    }
    return rest_.empty();
  }

 private:
  void SkipSign() {
    if (!absl::ConsumePrefix(&rest_, "-")) absl::ConsumePrefix(&rest_, "+");
  }
  size_t SkipDigits() {
    size_t digits = 0;
    for (; !rest_.empty() && absl::ascii_isdigit(static_cast<unsigned char>(rest_.front()));
         ++digits) {
      rest_.remove_prefix(1);
    }
    return digits;
  }

  absl::string_view rest_;
};

ApiError Refused(ApiErrorCode code, absl::string_view name, absl::string_view type = {}) {
  return {.code = code, .parameter = std::string(name), .value = std::string(type)};
}

std::optional<ApiError> CheckText(absl::string_view name, absl::string_view base,
                                  absl::string_view text) {
  if (!HasOnlyPermittedCharacters(text)) {
    return Refused(ApiErrorCode::kMessageAttributeCharacters, name);
  }
  if (base == kNumber && !NumberText(text).IsNumber()) {
    return Refused(ApiErrorCode::kMessageAttributeNotNumber, name);
  }
  return std::nullopt;
}

// Of an attribute whose name is in order.
std::optional<ApiError> CheckValue(absl::string_view name,
                                   const v1::MessageAttributeValue& attribute) {
  if (attribute.data_type().empty()) {
    return Refused(ApiErrorCode::kMissingMessageAttributeType, name);
  }
  if (!IsType(attribute.data_type())) {
    return Refused(ApiErrorCode::kInvalidMessageAttributeType, name);
  }
  if (attribute.string_list_values_size() > 0 || attribute.binary_list_values_size() > 0) {
    return Refused(ApiErrorCode::kMessageAttributeList, name);
  }
  const absl::string_view base = BaseOf(attribute.data_type());
  const bool is_binary = base == kBinary;
  const std::string& value = is_binary ? attribute.binary_value() : attribute.string_value();
  const std::string& other = is_binary ? attribute.string_value() : attribute.binary_value();
  if (value.empty()) return Refused(ApiErrorCode::kEmptyMessageAttribute, name, base);
  if (!other.empty()) return Refused(ApiErrorCode::kTwoMessageAttributeValues, name);
  return is_binary ? std::nullopt : CheckText(name, base, value);
}

MessageAttribute ViewOf(absl::string_view name, const v1::MessageAttributeValue& attribute) {
  const bool is_binary = BaseOf(attribute.data_type()) == kBinary;
  return {name, attribute.data_type(),
          is_binary ? attribute.binary_value() : attribute.string_value()};
}

}  // namespace

size_t CountedBytes(const AttributeMap& attributes) {
  size_t bytes = 0;
  for (const auto& [name, attribute] : attributes) {
    bytes += name.size() + attribute.data_type().size() + attribute.string_value().size() +
             attribute.binary_value().size();
  }
  return bytes;
}

std::variant<MessageAttributes, ApiError> ParseMessageAttributes(const AttributeMap& attributes) {
  if (attributes.size() > kMessageAttributesMax) {
    return BadValue(ApiErrorCode::kTooManyMessageAttributes, absl::StrCat(attributes.size()));
  }
  std::vector<const AttributeMap::value_type*> by_name;
  for (const auto& attribute : attributes) by_name.push_back(&attribute);
  std::sort(by_name.begin(), by_name.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  MessageAttributes parsed;
  for (const auto* attribute : by_name) {
    const auto& [name, value] = *attribute;
    if (!IsUserAttributeName(name)) {
      return BadValue(ApiErrorCode::kInvalidMessageAttributeName, name);
    }
    if (auto error = CheckValue(name, value)) return *std::move(error);
    parsed.push_back(ViewOf(name, value));
  }
  return parsed;
}

std::variant<std::optional<absl::string_view>, ApiError> ParseSystemAttributes(
    const AttributeMap& attributes) {
  constexpr absl::string_view kTraceHeader = "AWSTraceHeader";
  std::optional<absl::string_view> header;
  for (const auto& [name, attribute] : attributes) {
    const bool is_right = name == kTraceHeader && attribute.data_type() == kString &&
                          attribute.string_value().size() <= kTraceHeaderBytesMax &&
                          !CheckValue(name, attribute).has_value();
    if (!is_right) return BadValue(ApiErrorCode::kInvalidMessageSystemAttribute, name);
    header = attribute.string_value();
  }
  return header;
}

AttributeFilter::AttributeFilter(const google::protobuf::RepeatedPtrField<std::string>& names) {
  for (absl::string_view name : names) {
    if (name == "All" || name == "*" || name == ".*") {
      takes_all_ = true;
    } else if (absl::ConsumeSuffix(&name, ".*")) {
      prefixes_.insert(name);
    } else {
      exact_.insert(name);
    }
  }
}

bool AttributeFilter::Takes(absl::string_view name) const {
  if (takes_all_ || exact_.contains(name)) return true;
  for (size_t size = 0; !prefixes_.empty() && size <= name.size(); ++size) {
    if (prefixes_.contains(name.substr(0, size))) return true;
  }
  return false;
}

void AddAttribute(const MessageAttribute& attribute, AttributeMap& attributes) {
  v1::MessageAttributeValue& added = attributes[std::string(attribute.name)];
  added.set_data_type(std::string(attribute.type));
  const bool is_binary = BaseOf(attribute.type) == kBinary;
  (is_binary ? *added.mutable_binary_value() : *added.mutable_string_value())
      .assign(attribute.value.data(), attribute.value.size());
}

}  // namespace twinq::api
