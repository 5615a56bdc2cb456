#ifndef TWINQ_CLIENT_LOAD_REPORT_RUN_REPORT_H_
#define TWINQ_CLIENT_LOAD_REPORT_RUN_REPORT_H_

#include <string>
#include <vector>

#include "absl/types/span.h"

#include "client/load/engine/run_result.h"
#include "client/load/engine/workload.h"

namespace twinq::load {

// A figure of the report: what it is called, its value in each result, and why the kinds differ.
struct ReportRow {
  std::string label = {};
  std::vector<std::string> values = {};
  std::string why = {};
};

// What was done, as a sentence of some lines.
std::string DescribeWorkload(const Workload& workload);

// The figures of one result, or of the same workload on several queues side by side. Causes of
// duplicates that no result has are left out.
std::vector<ReportRow> RowsOf(absl::Span<const RunResult> results);

// The rows as a table for a terminal, at most 100 columns wide.
std::string RenderTable(absl::Span<const RunResult> results);

// What the queue did and had promised not to do, a sentence each, with the story of the first
// messages concerned; empty if it kept its promises.
std::vector<std::string> ViolationsOf(const RunResult& result);

// "standard" or "FIFO".
std::string NameOf(client::QueueKind kind);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_RUN_REPORT_H_
