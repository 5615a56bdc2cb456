#ifndef TWINQ_CLIENT_LOAD_LATENCY_COMMAND_H_
#define TWINQ_CLIENT_LOAD_LATENCY_COMMAND_H_

#include "client/load/arguments.h"
#include "client/load/environment.h"

namespace twinq::load {

// Measures what one message at a time takes through a queue of each kind, and reports on it.
ExitCode MeasureLatencies(const Arguments& arguments, const Environment& environment);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_LATENCY_COMMAND_H_
