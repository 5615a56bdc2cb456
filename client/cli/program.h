#ifndef TWINQ_CLIENT_CLI_PROGRAM_H_
#define TWINQ_CLIENT_CLI_PROGRAM_H_

#include <cstdio>
#include <string>
#include <vector>

#include "client/cli/exit_code.h"

namespace twinq::cli {

// The streams of a process, and which of them a person sees.
struct Streams {
  std::FILE* in;
  std::FILE* out;
  std::FILE* error;
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool error_is_terminal = false;
};

// The program `twinq`, but for its process: parses `arguments` (without the program's name), calls
// the server, prints answers to `out` and complaints to `error`. The environment variables
// TWINQ_SERVER and TWINQ_COLOR stand in for --server and --color.
ExitCode RunProgram(const std::vector<std::string>& arguments, const Streams& streams);

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_PROGRAM_H_
