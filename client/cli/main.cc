#include <cstdio>

#include "client/cli/program.h"

int main(int argc, char** argv) {
  return static_cast<int>(twinq::cli::RunProgram({argv + 1, argv + argc}, stdout, stderr));
}
