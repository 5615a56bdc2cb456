#ifndef TWINQ_CLIENT_LOAD_PROGRAM_H_
#define TWINQ_CLIENT_LOAD_PROGRAM_H_

#include <string>
#include <vector>

#include "client/load/environment.h"

namespace twinq::load {

// The program `twinq-load`, but for its process. `arguments` are without the program's name.
ExitCode RunProgram(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_PROGRAM_H_
