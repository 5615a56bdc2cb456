#ifndef TWINQ_TESTS_SERVER_SCENARIOS_API_SCRIPT_RUN_H_
#define TWINQ_TESTS_SERVER_SCENARIOS_API_SCRIPT_RUN_H_

#include <string>

#include "tests/server/scenarios/api_script.h"
#include "tests/server/scenarios/api_transport.h"

namespace twinq::api {

// Takes the steps of the script until one does not come out as it says, and tells of that one:
// file, line, what was asked, expected and answered. Empty: all came out.
std::string RunApiScript(const ApiScript& script, ApiTransport& transport);

}  // namespace twinq::api

#endif  // TWINQ_TESTS_SERVER_SCENARIOS_API_SCRIPT_RUN_H_
