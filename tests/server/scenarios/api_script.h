#ifndef TWINQ_TESTS_SERVER_SCENARIOS_API_SCRIPT_H_
#define TWINQ_TESTS_SERVER_SCENARIOS_API_SCRIPT_H_

#include <ostream>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace twinq::api {

// Scripts of API calls; tests/scenarios/api/README.md explains the language.

// A call that must succeed, with whichever answer.
struct AnySuccess {};
// The answer, in the JSON form of the response; strings may be patterns.
struct ExpectedAnswer {
  std::string json;
};
struct ExpectedError {
  std::string name;  // As SQS's JSON spells it.
  std::string code;  // gRPC's, as in "NOT_FOUND".
  std::string text;
};

struct ApiCallStep {
  std::string action;
  std::string request;  // In JSON.
  std::variant<AnySuccess, ExpectedAnswer, ExpectedError> expected = AnySuccess();
};
// A member of the last answer gets a name: "Messages.0.ReceiptHandle".
struct NameStep {
  std::string variable;  // Without the "$".
  std::string path;
};
struct AdvanceStep {
  absl::Duration span;
};

struct ApiStep {
  int line = 0;  // In its file, from 1.
  std::variant<ApiCallStep, NameStep, AdvanceStep> what;
};

struct ApiScript {
  std::string file;  // As it was given to ParseApiScripts().
  std::string title;
  std::vector<ApiStep> steps;  // Those before the first script of the file included.
};

inline std::ostream& operator<<(std::ostream& out, const ApiScript& script) {
  return out << script.file << ": " << script.title;
}

// InvalidArgument, with file and line, if the text does not follow the language, or holds no
// script.
absl::StatusOr<std::vector<ApiScript>> ParseApiScripts(absl::string_view text,
                                                       absl::string_view file_name);

}  // namespace twinq::api

#endif  // TWINQ_TESTS_SERVER_SCENARIOS_API_SCRIPT_H_
