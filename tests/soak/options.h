#ifndef TWINQ_TESTS_SOAK_OPTIONS_H_
#define TWINQ_TESTS_SOAK_OPTIONS_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"

#include "tests/crash/options.h"

namespace twinq::soak {

// What a soak is asked for.
struct Options {
  uint64_t seed = 0;  // Of all random draws. The moments of threads are not repeatable.
  absl::Duration length = absl::Minutes(2);
  std::string server_program;  // Path of twinqd.
  std::string library_dir;     // Where the libraries are that stand in for disk and clock.
  std::string keep_dir;        // Where everything is written and kept; empty: nowhere.
};

// How a soak is divided. Every cycle is like the first.
struct Schedule {
  int cycles = 2;
  absl::Duration hostile;  // Of each cycle; what remains is for draining.
  int polls = 0;           // That are held open at once on one connection.
};

// Cycles of about a minute, but two at least.
Schedule ScheduleOf(absl::Duration length);

// `fresh_seed` is taken if the arguments give none.
std::variant<Options, crash::ExitNow> ParseOptions(const std::vector<std::string>& arguments,
                                                   uint64_t fresh_seed);

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_OPTIONS_H_
