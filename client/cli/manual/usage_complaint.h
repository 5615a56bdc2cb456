#ifndef TWINQ_CLIENT_CLI_MANUAL_USAGE_COMPLAINT_H_
#define TWINQ_CLIENT_CLI_MANUAL_USAGE_COMPLAINT_H_

#include <string>

#include "CLI/App.hpp"

namespace twinq::cli {

// What is wrong with a command line that the parser did not take, and where to read how it should
// be; no newline at the end. REQUIRES: `problem` is what `program` threw, and no call for help.
std::string UsageComplaint(const CLI::App& program, const CLI::ParseError& problem);

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_MANUAL_USAGE_COMPLAINT_H_
