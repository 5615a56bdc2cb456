#ifndef TWINQ_CLIENT_LOAD_REPORT_GENERATOR_SHARE_H_
#define TWINQ_CLIENT_LOAD_REPORT_GENERATOR_SHARE_H_

#include <string>

#include "client/load/engine/run_result.h"
#include "client/load/engine/workload.h"

namespace twinq::load {

// Whether the figures are the server's or the generator's own.

// Of all processors' time while messages were sent: what the generator took, from 0 to 1.
double GeneratorShare(const RunResult& result);

// What the generator took, and what it could do if it had all processors to itself and the server
// cost nothing: a line or two.
std::string DescribeGenerator(const RunResult& result);

// A warning if the generator limited the run; else empty. It did if it fell behind the rate it was
// asked for, or if the processors were used up and most of their time was its own.
std::string GeneratorWarning(const RunResult& result, const Workload& workload);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_GENERATOR_SHARE_H_
