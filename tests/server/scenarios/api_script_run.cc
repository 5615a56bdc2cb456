#include "tests/server/scenarios/api_script_run.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "google/protobuf/util/json_util.h"

#include "core/base/status_macros.h"
#include "server/api/action.h"
#include "tests/server/scenarios/json_pattern.h"

namespace twinq::api {
namespace {

using google::protobuf::Message;
namespace json = google::protobuf::util;

// gRPC's codes by their names.
std::string CodeName(absl::StatusCode code) { return absl::StatusCodeToString(code); }

const Action* FindAction(absl::string_view name) {
  const auto actions = Actions();
  const auto found = std::find_if(actions.begin(), actions.end(),
                                  [&](const Action& action) { return action.name == name; });
  return found == actions.end() ? nullptr : &*found;
}

bool IsVariableCharacter(char c) {
  return c == '_' || absl::ascii_islower(static_cast<unsigned char>(c));
}

// "repeat(ab,3)" at the beginning of the text becomes "ababab".
std::optional<std::string> TakeRepetition(absl::string_view& text) {
  absl::string_view rest = text;
  const size_t end = rest.find(')');
  if (!absl::ConsumePrefix(&rest, "repeat(") || end == absl::string_view::npos) return std::nullopt;
  const std::pair<absl::string_view, absl::string_view> sides =
      absl::StrSplit(text.substr(7, end - 7), ',');
  int count = 0;
  if (!absl::SimpleAtoi(sides.second, &count)) return std::nullopt;
  std::string repeated;
  for (int i = 0; i < count; ++i) repeated.append(sides.first.data(), sides.first.size());
  text.remove_prefix(end + 1);
  return repeated;
}

class Run {
 public:
  explicit Run(ApiTransport& transport) : transport_(transport) {
    variables_["address"] = transport.address();
  }

  absl::Status Take(const AdvanceStep& step) {
    transport_.Advance(step.span);
    return absl::OkStatus();
  }

  absl::Status Take(const NameStep& step) {
    const std::optional<std::string> value = StringAt(answer_, step.path);
    if (!value.has_value()) {
      return absl::NotFoundError(absl::StrCat("no text at ", step.path, " in ", answer_));
    }
    variables_[step.variable] = *value;
    return absl::OkStatus();
  }

  absl::Status Take(const ApiCallStep& step) {
    const Action* action = FindAction(step.action);
    if (action == nullptr) return absl::NotFoundError(absl::StrCat("no action ", step.action));
    TWINQ_ASSIGN_OR_RETURN(const std::string request_json, FillIn(step.request));
    const std::unique_ptr<Message> request(action->request->New());
    const auto parsed = json::JsonStringToMessage(request_json, request.get());
    if (!parsed.ok()) return absl::InvalidArgumentError(parsed.ToString());
    const std::unique_ptr<Message> response(action->response->New());
    const ApiTransport::Answer answer = transport_.Call(step.action, *request, *response);
    answer_.clear();
    if (!json::MessageToJsonString(*response, &answer_).ok()) {
      return absl::InternalError("the response has no JSON form");
    }
    return Compare(step, answer);
  }

 private:
  // With the values of variables, and repetitions, in place of their names.
  absl::StatusOr<std::string> FillIn(absl::string_view text) const {
    std::string filled;
    while (!text.empty()) {
      if (!absl::ConsumePrefix(&text, "$") || absl::StartsWith(text, "$")) {
        filled += text.front();  // "$$" stands for "$".
        text.remove_prefix(1);
      } else if (const std::optional<std::string> repeated = TakeRepetition(text)) {
        filled += *repeated;
      } else {
        const auto end = std::find_if_not(text.begin(), text.end(), IsVariableCharacter);
        const auto name = text.substr(0, static_cast<size_t>(end - text.begin()));
        const auto value = variables_.find(std::string(name));
        if (value == variables_.end()) {
          return absl::NotFoundError(absl::StrCat("nothing is called $", name));
        }
        filled += value->second;
        text.remove_prefix(name.size());
      }
    }
    return filled;
  }

  absl::Status Compare(const ApiCallStep& step, const ApiTransport::Answer& answer) const {
    const std::string actual =
        answer.code == absl::StatusCode::kOk
            ? answer_
            : absl::StrCat(answer.error_name, " ", CodeName(answer.code), " ", answer.text);
    const auto* error = std::get_if<ExpectedError>(&step.expected);
    if (error != nullptr) {
      TWINQ_ASSIGN_OR_RETURN(const std::string text, FillIn(error->text));
      const std::string expected = absl::StrCat(error->name, " ", error->code, " ", text);
      return actual == expected ? absl::OkStatus() : Unlike(expected, actual, "");
    }
    const auto* wanted = std::get_if<ExpectedAnswer>(&step.expected);
    if (answer.code != absl::StatusCode::kOk) {
      return Unlike(wanted == nullptr ? "success" : wanted->json, actual, "");
    }
    if (wanted == nullptr) return absl::OkStatus();
    TWINQ_ASSIGN_OR_RETURN(const std::string expected, FillIn(wanted->json));
    const std::string difference = DifferenceFrom(expected, actual);
    return difference.empty() ? absl::OkStatus() : Unlike(expected, actual, difference);
  }

  static absl::Status Unlike(absl::string_view expected, absl::string_view actual,
                             absl::string_view difference) {
    return absl::FailedPreconditionError(
        absl::StrCat("\n  expected: ", expected, "\n  actual:   ", actual,
                     difference.empty() ? "" : "\n  at:       ", difference));
  }

  ApiTransport& transport_;
  std::map<std::string, std::string> variables_;
  std::string answer_;  // The last, in JSON.
};

std::string Summary(const ApiStep& step) {
  const auto* call = std::get_if<ApiCallStep>(&step.what);
  return call == nullptr ? "" : absl::StrCat(" ", call->action, " ", call->request.substr(0, 200));
}

}  // namespace

std::string RunApiScript(const ApiScript& script, ApiTransport& transport) {
  Run run(transport);
  for (const ApiStep& step : script.steps) {
    const absl::Status taken =
        std::visit([&](const auto& what) { return run.Take(what); }, step.what);
    if (!taken.ok()) {
      return absl::StrCat(script.file, ":", step.line, ":", Summary(step), " ", taken.message());
    }
  }
  return "";
}

}  // namespace twinq::api
