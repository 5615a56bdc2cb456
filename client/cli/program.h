#ifndef TWINQ_CLIENT_CLI_PROGRAM_H_
#define TWINQ_CLIENT_CLI_PROGRAM_H_

#include <cstdio>
#include <string>
#include <vector>

#include "client/cli/exit_code.h"

namespace twinq::cli {

// The program `twinq`, but for its process: parses `arguments` (without the program's name), calls
// the server, prints answers to `out` and complaints to `error`. The environment variable
// TWINQ_SERVER stands in for --server.
ExitCode RunProgram(const std::vector<std::string>& arguments, std::FILE* out, std::FILE* error);

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_PROGRAM_H_
