#include "server/runtime/config_file.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

#include "core/base/status_macros.h"
#include "platform/log_line.h"

namespace twinq {
namespace {

bool IsBlankOrComment(absl::string_view text) {
  text = absl::StripLeadingAsciiWhitespace(text);
  return text.empty() || text[0] == '#';
}

bool IsControl(char character) {
  return absl::ascii_iscntrl(static_cast<unsigned char>(character)) && character != '\t';
}

bool IsBlank(char character) { return absl::ascii_isspace(static_cast<unsigned char>(character)); }

absl::string_view WithoutComment(absl::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const bool begins_word = i == 0 || IsBlank(text[i - 1]);
    if (text[i] == '#' && begins_word) return text.substr(0, i);
  }
  return text;
}

// The text begins with the opening quote.
absl::StatusOr<std::string> ParseQuoted(absl::string_view text) {
  std::string value;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      if (IsBlankOrComment(text.substr(i + 1))) return value;
      return absl::InvalidArgumentError("there is something behind the closing quote");
    }
    if (text[i] == '\\') {
      ++i;
      if (i == text.size() || (text[i] != '"' && text[i] != '\\')) {
        return absl::InvalidArgumentError("in quotes a \\ stands before \" or \\ only");
      }
    }
    value += text[i];
  }
  return absl::InvalidArgumentError("the closing quote is missing");
}

absl::StatusOr<std::string> ParseValue(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  if (!text.empty() && text[0] == '"') return ParseQuoted(text);
  std::string value(absl::StripAsciiWhitespace(WithoutComment(text)));
  if (value.empty()) return absl::InvalidArgumentError("there is no value");
  return value;
}

// REQUIRES: there is something besides a comment in the line.
absl::StatusOr<ConfigLine> ParseLine(absl::string_view line, int number) {
  if (std::any_of(line.begin(), line.end(), IsControl)) {
    return absl::InvalidArgumentError("there is a control character");
  }
  const size_t equals = line.find('=');
  const absl::string_view name = absl::StripAsciiWhitespace(line.substr(0, equals));
  if (equals == absl::string_view::npos || name.empty()) {
    return absl::InvalidArgumentError("this is not name = value");
  }
  TWINQ_ASSIGN_OR_RETURN(std::string value, ParseValue(line.substr(equals + 1)));
  return ConfigLine{.number = number, .name = std::string(name), .value = std::move(value)};
}

}  // namespace

absl::StatusOr<std::vector<ConfigLine>> ParseConfigFile(absl::string_view path,
                                                        absl::string_view contents) {
  std::vector<ConfigLine> lines;
  int number = 0;
  for (const absl::string_view text : absl::StrSplit(contents, '\n')) {
    ++number;
    if (IsBlankOrComment(text)) continue;
    absl::StatusOr<ConfigLine> line = ParseLine(absl::StripTrailingAsciiWhitespace(text), number);
    if (!line.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ":", number, ": ", line.status().message()));
    }
    lines.push_back(*std::move(line));
  }
  return lines;
}

std::string ConfigText(absl::string_view value) {
  std::string shown = platform::LogText(value);
  const bool is_word = shown[0] != '"' && !absl::StrContains(shown, '#');
  if (is_word) return shown;
  // No file can say it.
  if (std::any_of(value.begin(), value.end(), IsControl)) return shown;
  return absl::StrCat("\"", absl::StrReplaceAll(value, {{"\"", "\\\""}, {"\\", "\\\\"}}), "\"");
}

}  // namespace twinq
