#include "platform/log_line.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

#include "core/base/check.h"

namespace twinq::platform {
namespace {

struct Character {
  uint32_t code = 0;
  size_t bytes = 0;
};

// The shortest form of a sequence of so many bytes is for codes from here on.
constexpr std::array<uint32_t, 5> kLeastCode = {0, 0, 0x80, 0x800, 0x10000};

size_t SequenceBytes(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >> 5 == 0x6) return 2;
  if (lead >> 4 == 0xE) return 3;
  if (lead >> 3 == 0x1E) return 4;
  return 0;
}

// The character at the beginning of the text, which is not empty; nothing if that is not UTF-8.
std::optional<Character> FirstOf(absl::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const size_t bytes = SequenceBytes(lead);
  if (bytes == 0 || bytes > text.size()) return std::nullopt;
  uint32_t code = bytes == 1 ? lead : lead & (0x7Fu >> bytes);
  for (const char next : text.substr(1, bytes - 1)) {
    const auto byte = static_cast<unsigned char>(next);
    if (byte >> 6 != 0x2) return std::nullopt;
    code = code << 6 | (byte & 0x3F);
  }
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeastCode[bytes] || code > 0x10FFFF || is_surrogate) return std::nullopt;
  return Character{.code = code, .bytes = bytes};
}

// Controls, and the two other characters at which some readers end a line.
bool MustBeEscaped(uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

std::string Escaped(uint32_t code) {
  switch (code) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return absl::StrFormat("\\u%04x", code);
  }
}

// A JSON string. What is not UTF-8 becomes U+FFFD, byte by byte.
std::string Quoted(absl::string_view text) {
  std::string quoted = "\"";
  while (!text.empty()) {
    const std::optional<Character> character = FirstOf(text);
    const size_t bytes = character ? character->bytes : 1;
    if (!character) {
      quoted += "\xEF\xBF\xBD";
    } else if (MustBeEscaped(character->code)) {
      quoted += Escaped(character->code);
    } else {
      if (character->code == '"' || character->code == '\\') quoted += '\\';
      quoted += std::string(text.substr(0, bytes));
    }
    text.remove_prefix(bytes);
  }
  return quoted + '"';
}

bool NeedsNoQuotes(char character) {
  return character > ' ' && character < 0x7F && character != '"' && character != '\\' &&
         character != '=';
}

std::string TextOf(LogFormat format, const LogField::Value& value) {
  if (const auto* text = std::get_if<absl::string_view>(&value)) {
    return format == LogFormat::kJson ? Quoted(*text) : LogText(*text);
  }
  if (const auto* span = std::get_if<absl::Duration>(&value)) {
    return absl::StrFormat("%.3f", absl::ToDoubleSeconds(*span));
  }
  if (const auto* number = std::get_if<int64_t>(&value)) return absl::StrCat(*number);
  return absl::StrCat(std::get<uint64_t>(value));
}

}  // namespace

absl::string_view NameOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

std::string LogText(absl::string_view text) {
  const bool is_word = !text.empty() && std::all_of(text.begin(), text.end(), NeedsNoQuotes);
  return is_word ? std::string(text) : Quoted(text);
}

std::string LogLine(LogFormat format, absl::Time time, LogLevel level, absl::string_view event,
                    absl::Span<const LogField> fields) {
  const bool is_json = format == LogFormat::kJson;
  std::string line = is_json ? "{" : "";
  const auto append = [&](const LogField& field) {
    if (line.size() > 1) line += is_json ? ',' : ' ';
    const std::string value = TextOf(format, field.value());
    if (is_json) {
      absl::StrAppend(&line, "\"", field.name(), "\":", value);
    } else {
      absl::StrAppend(&line, field.name(), "=", value);
    }
  };
  append({"time", absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone())});
  append({"level", NameOf(level)});
  append({"event", event});
  for (const LogField& field : fields) append(field);
  return line + (is_json ? "}\n" : "\n");
}

}  // namespace twinq::platform
