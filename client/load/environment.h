#ifndef TWINQ_CLIENT_LOAD_ENVIRONMENT_H_
#define TWINQ_CLIENT_LOAD_ENVIRONMENT_H_

#include <cstdio>

#include "core/base/clock.h"
#include "core/base/random.h"

namespace twinq::load {

// What a script learns from the program; `twinq-load --help` says the same in words.
enum class ExitCode : int {
  kOk = 0,
  kViolation = 1,  // A queue broke a promise.
  kUsage = 2,      // The command line is wrong.
  kFailed = 3,     // No server, it refused a call, or a file could not be written.
};

// What the program has from its process. Must outlive the call.
struct Environment {
  const Clock& clock;
  Random& entropy;  // For names of queues, and for the seed if none is given.
  std::FILE* out;
  std::FILE* error;
  std::FILE* terminal = nullptr;  // For live progress; null: there is none.
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENVIRONMENT_H_
