#ifndef TWINQ_CLIENT_LOAD_REPORT_RESULT_PLOTS_H_
#define TWINQ_CLIENT_LOAD_REPORT_RESULT_PLOTS_H_

#include <string>

#include "absl/types/span.h"

#include "client/load/engine/run_result.h"
#include "client/load/report/terminal_plot.h"

namespace twinq::load {

// Plots of results as SVG elements; a curve has the class `standard` or `fifo`.

// Latency over the share of messages that it does not exceed. Both axes are logarithmic, the
// latter in what is left to all: each step to the right is a tenth of the messages, so the tail has
// as much room as the rest.
std::string PlotLatencies(const std::string& label, absl::Span<const NamedLatency> latencies);

// First deliveries a second over the time of sending.
std::string PlotThroughput(absl::Span<const RunResult> results);

// The class of the curve of that name.
std::string CssClassOf(const std::string& kind_name);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_RESULT_PLOTS_H_
