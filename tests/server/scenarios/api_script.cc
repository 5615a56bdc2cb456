#include "tests/server/scenarios/api_script.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

#include "core/base/status_macros.h"

namespace twinq::api {
namespace {

// A line with those that continue it, each with one space between.
struct Line {
  int number = 0;
  std::string text;
};

// Lines that say something. What is indented continues the line before.
absl::StatusOr<std::vector<Line>> JoinedLines(absl::string_view text) {
  std::vector<Line> lines;
  int number = 0;
  for (const absl::string_view raw : absl::StrSplit(text, '\n')) {
    ++number;
    const absl::string_view said = absl::StripAsciiWhitespace(raw);
    if (said.empty() || raw.front() == '#') continue;
    if (raw.front() != ' ') {
      lines.push_back({number, std::string(said)});
    } else if (lines.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(number, ": continues no line"));
    } else {
      absl::StrAppend(&lines.back().text, " ", said);
    }
  }
  return lines;
}

// Takes the first word off the text.
std::string TakeWord(absl::string_view& text) {
  const size_t end = std::min(text.find(' '), text.size());
  std::string word(text.substr(0, end));
  text = absl::StripLeadingAsciiWhitespace(text.substr(end));
  return word;
}

absl::StatusOr<ExpectedError> ParseError(absl::string_view text) {
  ExpectedError error;
  error.name = TakeWord(text);
  error.code = TakeWord(text);
  // In quotes, a text may end with a space.
  if (absl::ConsumePrefix(&text, "\"")) absl::ConsumeSuffix(&text, "\"");
  error.text = std::string(text);
  if (error.text.empty()) return absl::InvalidArgumentError("an error is: NAME CODE text");
  return error;
}

class Parser {
 public:
  explicit Parser(absl::string_view file) : file_(file) {}

  absl::Status Take(const Line& line) {
    absl::string_view rest = line.text;
    if (absl::ConsumePrefix(&rest, "script ")) {
      scripts_.push_back({.file = file_, .title = std::string(rest), .steps = first_steps_});
      return absl::OkStatus();
    }
    std::vector<ApiStep>& steps = scripts_.empty() ? first_steps_ : scripts_.back().steps;
    if (absl::ConsumePrefix(&rest, "=> ")) return TakeExpectation(rest, steps);
    TWINQ_ASSIGN_OR_RETURN(auto what, ParseStep(rest));
    steps.push_back({.line = line.number, .what = std::move(what)});
    return absl::OkStatus();
  }

  std::vector<ApiScript> TakeScripts() { return std::move(scripts_); }

 private:
  using What = decltype(ApiStep::what);

  static absl::StatusOr<What> ParseStep(absl::string_view text) {
    if (absl::ConsumePrefix(&text, "advance ")) {
      AdvanceStep step;
      if (absl::ParseDuration(text, &step.span)) return step;
      return absl::InvalidArgumentError(absl::StrCat("no span of time: ", text));
    }
    if (absl::ConsumePrefix(&text, "$")) {
      const std::pair<std::string, std::string> sides = absl::StrSplit(text, " = ");
      if (!sides.second.empty()) return NameStep{.variable = sides.first, .path = sides.second};
      return absl::InvalidArgumentError("a name is given by: $NAME = PATH");
    }
    ApiCallStep call;
    call.action = TakeWord(text);
    call.request = std::string(text);
    if (!absl::StartsWith(text, "{")) {
      return absl::InvalidArgumentError(absl::StrCat(call.action, " without a request"));
    }
    return call;
  }

  static absl::Status TakeExpectation(absl::string_view text, std::vector<ApiStep>& steps) {
    auto* call = steps.empty() ? nullptr : std::get_if<ApiCallStep>(&steps.back().what);
    if (call == nullptr || !std::holds_alternative<AnySuccess>(call->expected)) {
      return absl::InvalidArgumentError("an answer without its call");
    }
    if (absl::StartsWith(text, "{")) {
      call->expected = ExpectedAnswer{std::string(text)};
    } else {
      TWINQ_ASSIGN_OR_RETURN(call->expected, ParseError(text));
    }
    return absl::OkStatus();
  }

  const std::string file_;
  std::vector<ApiStep> first_steps_;
  std::vector<ApiScript> scripts_;
};

}  // namespace

absl::StatusOr<std::vector<ApiScript>> ParseApiScripts(absl::string_view text,
                                                       absl::string_view file_name) {
  const auto in_file = [&](absl::string_view what) {
    return absl::InvalidArgumentError(absl::StrCat(file_name, ":", what));
  };
  absl::StatusOr<std::vector<Line>> lines = JoinedLines(text);
  if (!lines.ok()) return in_file(lines.status().message());
  Parser parser(file_name);
  for (const Line& line : *lines) {
    const absl::Status taken = parser.Take(line);
    if (!taken.ok()) return in_file(absl::StrCat(line.number, ": ", taken.message()));
  }
  std::vector<ApiScript> scripts = parser.TakeScripts();
  if (scripts.empty()) return in_file(" there is no script in it");
  return scripts;
}

}  // namespace twinq::api
