#ifndef TWINQ_CLIENT_LOAD_REPORT_LATENCY_REPORT_H_
#define TWINQ_CLIENT_LOAD_REPORT_LATENCY_REPORT_H_

#include <string>

#include "absl/types/span.h"

#include "client/load/engine/latency_run.h"

namespace twinq::load {

// What one message at a time takes, for each kind, as a table and a plot of at most 100 columns.
std::string RenderLatencyResults(absl::Span<const LatencyResult> results);

// The same as a list in one line of JSON; spans are milliseconds.
std::string JsonOfLatencies(absl::Span<const LatencyResult> results);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_LATENCY_REPORT_H_
