#ifndef TWINQ_TESTS_SERVER_SCENARIOS_SHOWN_ERRORS_H_
#define TWINQ_TESTS_SERVER_SCENARIOS_SHOWN_ERRORS_H_

#include <set>
#include <string>
#include <vector>

#include "tests/server/scenarios/api_script.h"

namespace twinq::api {

// The rows of the error table that no step of the scripts expects, by the names of their codes: be
// it as the refusal of a call, or of an entry of a batch.
std::set<std::string> ErrorsWithoutScript(const std::vector<ApiScript>& scripts);

}  // namespace twinq::api

#endif  // TWINQ_TESTS_SERVER_SCENARIOS_SHOWN_ERRORS_H_
