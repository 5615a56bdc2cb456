#include <cstdio>
#include <unistd.h>

#include "client/load/program.h"
#include "platform/entropy.h"
#include "platform/system_clock.h"

int main(int argc, char** argv) {
  const twinq::platform::SystemClock clock;
  twinq::platform::Entropy entropy;
  return static_cast<int>(twinq::load::RunProgram(
      {argv + 1, argv + argc}, {.clock = clock,
                                .entropy = entropy,
                                .out = stdout,
                                .error = stderr,
                                .terminal = isatty(STDERR_FILENO) == 1 ? stderr : nullptr}));
}
