#include <cstdio>
#include <unistd.h>

#include "client/cli/program.h"

int main(int argc, char** argv) {
  return static_cast<int>(twinq::cli::RunProgram(
      {argv + 1, argv + argc}, {.in = stdin,
                                .out = stdout,
                                .error = stderr,
                                .in_is_terminal = isatty(STDIN_FILENO) == 1,
                                .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                                .error_is_terminal = isatty(STDERR_FILENO) == 1}));
}
