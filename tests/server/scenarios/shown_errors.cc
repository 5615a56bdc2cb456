#include "tests/server/scenarios/shown_errors.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include <boost/json.hpp>

#include "core/model/api_error.h"
#include "server/api/error_table.h"

namespace twinq::api {
namespace {

namespace json = boost::json;

// An error as a script has it: under either of its names.
struct Shown {
  std::string name;
  std::string text;
};

void AddFailedEntries(const std::string& answer, std::vector<Shown>& shown) {
  json::error_code error;
  const json::value parsed = json::parse(answer, error);
  const json::value* failed =
      error || !parsed.is_object() ? nullptr : parsed.get_object().if_contains("Failed");
  if (failed == nullptr || !failed->is_array()) return;
  for (const json::value& entry : failed->get_array()) {
    const json::value* code = entry.as_object().if_contains("Code");
    const json::value* text = entry.as_object().if_contains("Message");
    if (code == nullptr || text == nullptr) continue;
    shown.push_back({std::string(code->as_string()), std::string(text->as_string())});
  }
}

std::vector<Shown> ShownIn(const std::vector<ApiScript>& scripts) {
  std::vector<Shown> shown;
  for (const ApiScript& script : scripts) {
    for (const ApiStep& step : script.steps) {
      const auto* call = std::get_if<ApiCallStep>(&step.what);
      if (call == nullptr) continue;
      if (const auto* error = std::get_if<ExpectedError>(&call->expected)) {
        shown.push_back({error->name, error->text});
      } else if (const auto* answer = std::get_if<ExpectedAnswer>(&call->expected)) {
        AddFailedEntries(answer->json, shown);
      }
    }
  }
  return shown;
}

// Whether the text is the template with anything in the places of its facts.
bool IsFilledIn(absl::string_view text, absl::string_view form) {
  const std::string with_one_mark = absl::StrReplaceAll(form, {{"$p", "$v"}});
  std::vector<absl::string_view> pieces = absl::StrSplit(with_one_mark, "$v");
  if (!absl::ConsumePrefix(&text, pieces.front())) return false;
  if (pieces.size() == 1) return text.empty();
  if (!absl::ConsumeSuffix(&text, pieces.back())) return false;
  for (size_t i = 1; i + 1 < pieces.size(); ++i) {
    const size_t found = text.find(pieces[i]);
    if (found == absl::string_view::npos) return false;
    text.remove_prefix(found + pieces[i].size());
  }
  return true;
}

bool IsShown(const ErrorForm& form, const std::vector<Shown>& shown) {
  for (const Shown& error : shown) {
    const bool has_name = error.name == form.name.json || error.name == form.name.query;
    if (has_name && IsFilledIn(error.text, form.text)) return true;
  }
  return false;
}

}  // namespace

std::set<std::string> ErrorsWithoutScript(const std::vector<ApiScript>& scripts) {
  const std::vector<Shown> shown = ShownIn(scripts);
  std::set<std::string> missing;
  // The last of the enum; error_table_test.cc holds it to that.
  for (int i = 0; i <= static_cast<int>(ApiErrorCode::kShuttingDown); ++i) {
    const auto code = static_cast<ApiErrorCode>(i);
    if (!IsShown(FormOf(code), shown)) missing.emplace(ApiErrorCodeName(code));
  }
  return missing;
}

}  // namespace twinq::api
