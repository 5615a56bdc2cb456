#ifndef TWINQ_CLIENT_LOAD_SWEEP_COMMAND_H_
#define TWINQ_CLIENT_LOAD_SWEEP_COMMAND_H_

#include <string>
#include <vector>

#include "client/load/arguments.h"
#include "client/load/environment.h"

namespace twinq::load {

// One flag, and the values that it takes one after the other.
struct Sweep {
  std::string flag;  // Without its dashes.
  std::vector<std::string> values;
};

// Reads FLAG=VALUE,VALUE,…; a flag without a name or values if the text is none.
Sweep ParseSweep(const std::string& text);

// Adds --sweep to a verb that has all the options of `run`, with a check that there is such a flag.
void AddSweepOption(CLI::App& verb, Sweep& sweep);

// What each value asks for, beside all else that was parsed into `arguments`. A value that its
// option refuses is thrown by CLI11, as by a command line.
std::vector<Arguments> ArgumentsOfSteps(CLI::App& verb, const Sweep& sweep, Arguments& arguments);

// Loads a new queue for each step, and reports on all of them.
ExitCode SweepQueues(const Sweep& sweep, const std::vector<Arguments>& steps,
                     const Environment& environment);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_SWEEP_COMMAND_H_
