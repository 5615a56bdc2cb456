#ifndef TWINQ_CLIENT_LOAD_REPORT_SWEEP_REPORT_H_
#define TWINQ_CLIENT_LOAD_REPORT_SWEEP_REPORT_H_

#include <string>
#include <vector>

#include "client/load/engine/run_result.h"

namespace twinq::load {

// What a workload came to with one value of the flag that is varied.
struct SweepStep {
  std::string value;
  RunResult result;
};

// The steps as a table, a line each, and plots of throughput and latency; at most 100 columns.
std::string RenderSweep(const std::string& flag, const std::vector<SweepStep>& steps);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_SWEEP_REPORT_H_
