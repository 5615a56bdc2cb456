#ifndef TWINQ_CLIENT_LOAD_REPORT_COMPARISON_H_
#define TWINQ_CLIENT_LOAD_REPORT_COMPARISON_H_

#include <string>
#include <vector>

#include "client/load/engine/run_result.h"
#include "client/load/engine/workload.h"

namespace twinq::load {

// The same workload on both kinds of queue.
struct Comparison {
  RunResult standard;
  RunResult fifo;
};

// What was done, as a sentence of one or two lines.
std::string DescribeWorkload(const Workload& workload);

// The results side by side, each line with a sentence on why the columns differ. At most 100
// columns.
std::string RenderComparison(const Comparison& comparison);

// What the queues did and had promised not to do, a sentence each; empty if they kept their
// promises.
std::vector<std::string> Violations(const Comparison& comparison);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_COMPARISON_H_
