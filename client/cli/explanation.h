#ifndef TWINQ_CLIENT_CLI_EXPLANATION_H_
#define TWINQ_CLIENT_CLI_EXPLANATION_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "client/cli/exit_code.h"

namespace twinq::cli {

// What a failure is to a person and to a script.
struct Explanation {
  std::string text;  // What happened and what to do next; no newline at the end.
  ExitCode exit_code;
};

// Explains the failure of a call to the server at `address`. REQUIRES: `failure` is not OK.
Explanation Explain(const absl::Status& failure, absl::string_view address);

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_EXPLANATION_H_
