#ifndef TWINQ_CLIENT_LOAD_REPORT_TERMINAL_PLOT_H_
#define TWINQ_CLIENT_LOAD_REPORT_TERMINAL_PLOT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "client/load/engine/latency_histogram.h"

namespace twinq::load {

// One line of a plot.
struct Bar {
  std::string group;  // Told once for lines in a row that have the same.
  std::string label;
  double value = 0;  // Not negative.
  std::string text;  // The value as people read it.
};

enum class Scale : uint8_t {
  kLinear,       // From 0.
  kLogarithmic,  // From the power of ten below the least value.
};

// The bars beneath each other, at most 100 columns wide.
std::string RenderBars(absl::string_view title, absl::Span<const Bar> bars, Scale scale);

// A distribution and whose it is.
struct NamedLatency {
  std::string name;
  const LatencyHistogram& histogram;
};

// From the median to the maximum, on a logarithmic scale: the tail is what one looks for.
std::string RenderLatencies(absl::string_view title, absl::Span<const NamedLatency> latencies);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_REPORT_TERMINAL_PLOT_H_
