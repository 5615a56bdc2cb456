#include "client/load/report/terminal_plot.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

#include "client/load/report/figures.h"
#include "client/load/report/shares.h"

namespace twinq::load {
namespace {

constexpr int kBarColumns = 60;
constexpr absl::string_view kBlock = "█";

struct Range {
  double least = 0;
  double most = 0;
};

Range RangeOf(absl::Span<const Bar> bars) {
  Range range;
  for (const Bar& bar : bars) {
    range.most = std::max(range.most, bar.value);
    if (bar.value > 0) range.least = range.least > 0 ? std::min(range.least, bar.value) : bar.value;
  }
  return range;
}

int Columns(double value, const Range& range, Scale scale) {
  if (value <= 0) return 0;
  double share = value / range.most;
  if (scale == Scale::kLogarithmic) {
    const double floor = std::floor(std::log10(range.least) - 0.05);
    share = (std::log10(value) - floor) / (std::log10(range.most) - floor);
  }
  return std::max(1, static_cast<int>(std::lround(share * kBarColumns)));
}

size_t WidthOf(absl::Span<const Bar> bars, std::string Bar::*text) {
  size_t width = 0;
  for (const Bar& bar : bars) width = std::max(width, (bar.*text).size());
  return width;
}

}  // namespace

std::string RenderBars(absl::string_view title, absl::Span<const Bar> bars, Scale scale) {
  const Range range = RangeOf(bars);
  const size_t group_width = WidthOf(bars, &Bar::group);
  const size_t label_width = WidthOf(bars, &Bar::label);
  std::string plot =
      absl::StrCat(title, scale == Scale::kLogarithmic ? ", on a logarithmic scale\n" : "\n");
  for (size_t i = 0; i < bars.size(); ++i) {
    const bool is_told = i > 0 && bars[i - 1].group == bars[i].group;
    absl::StrAppendFormat(&plot, "  %-*s %-*s ", group_width, is_told ? "" : bars[i].group,
                          label_width, bars[i].label);
    for (int column = 0; column < Columns(bars[i].value, range, scale); ++column) {
      absl::StrAppend(&plot, kBlock);
    }
    absl::StrAppend(&plot, " ", bars[i].text, "\n");
  }
  return plot;
}

std::string RenderLatencies(absl::string_view title, absl::Span<const NamedLatency> latencies) {
  std::vector<Bar> bars;
  for (const NamedShare& share : kShares) {
    for (const NamedLatency& latency : latencies) {
      const absl::Duration span = latency.histogram.Percentile(share.share);
      bars.push_back({.group = std::string(share.name),
                      .label = latency.name,
                      .value = absl::ToDoubleMilliseconds(span),
                      .text = LatencyText(span)});
    }
  }
  return RenderBars(title, bars, Scale::kLogarithmic);
}

}  // namespace twinq::load
