#include "client/load/report/result_plots.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

#include "client/load/report/figures.h"
#include "client/load/report/run_report.h"
#include "client/load/report/svg_plot.h"

namespace twinq::load {
namespace {

constexpr double kStepsPerDecade = 40;
constexpr double kThroughputPoints = 120;
// What is the least that a logarithm is taken of.
constexpr double kLeastMs = 0.001;

double LogMs(absl::Duration span) {
  return std::log10(std::max(absl::ToDoubleMilliseconds(span), kLeastMs));
}

// 1 for 90 %, 2 for 99 %, and so on, up to the last message.
double DecadesOf(const LatencyHistogram& histogram) {
  return std::log10(static_cast<double>(std::max<int64_t>(histogram.count(), 10)));
}

Curve CurveOf(const NamedLatency& latency) {
  Curve curve = {.css_class = CssClassOf(latency.name), .points = {}};
  if (latency.histogram.count() == 0) return curve;
  const double decades = DecadesOf(latency.histogram);
  for (int step = 0; step <= decades * kStepsPerDecade; ++step) {
    const double x = step / kStepsPerDecade;
    const double share = std::clamp(1 - std::pow(10, -x), 1e-9, 1.0);
    curve.points.push_back({x, LogMs(latency.histogram.Percentile(share))});
  }
  curve.points.push_back({decades, LogMs(latency.histogram.Percentile(1))});
  return curve;
}

Axis ShareAxis(double decades) {
  constexpr std::array<const char*, 8> kTexts = {"0 %",     "90 %",     "99 %",      "99.9 %",
                                                 "99.99 %", "99.999 %", "99.9999 %", "…"};
  Axis axis = {.title = "share of messages", .from = 0, .to = decades, .ticks = {}};
  // The last text needs room to its left and right.
  for (size_t decade = 0; static_cast<double>(decade) <= decades && decade < kTexts.size();
       ++decade) {
    axis.ticks.push_back({static_cast<double>(decade), kTexts.at(decade)});
  }
  return axis;
}

Axis LatencyAxis(absl::Span<const Curve> curves) {
  double least = 10;
  double most = -10;
  for (const Curve& curve : curves) {
    for (const Point& point : curve.points) {
      least = std::min(least, point.y);
      most = std::max(most, point.y);
    }
  }
  Axis axis = {.title = "latency", .from = std::floor(least), .to = std::ceil(most), .ticks = {}};
  if (least > most) axis = {.title = "latency", .from = 0, .to = 1, .ticks = {}};
  if (axis.to <= axis.from) axis.to = axis.from + 1;
  for (int decade = static_cast<int>(axis.from); decade <= static_cast<int>(axis.to); ++decade) {
    const double ms = std::pow(10, decade);
    axis.ticks.push_back({static_cast<double>(decade), ms >= 1000
                                                           ? absl::StrFormat("%g s", ms / 1000)
                                                           : absl::StrFormat("%g ms", ms)});
  }
  return axis;
}

// The tenths of a second of sending, some of them together if there are many.
Curve ThroughputOf(const RunResult& result) {
  const std::vector<int64_t>& counts = result.measurements.received.counts();
  const auto sending = static_cast<size_t>(result.sending / Timeline::kWidth);
  const size_t used = std::min(sending, counts.size());
  const auto together =
      static_cast<size_t>(std::max(1.0, std::ceil(static_cast<double>(used) / kThroughputPoints)));
  const double seconds = absl::ToDoubleSeconds(Timeline::kWidth) * static_cast<double>(together);
  Curve curve = {.css_class = CssClassOf(NameOf(result.kind)), .points = {}};
  for (size_t begin = 0; begin + together <= used; begin += together) {
    int64_t count = 0;
    for (size_t i = begin; i < begin + together; ++i) count += counts[i];
    const double middle =
        absl::ToDoubleSeconds(Timeline::kWidth) * static_cast<double>(begin) + seconds / 2;
    curve.points.push_back({middle, static_cast<double>(count) / seconds});
  }
  return curve;
}

// 0 and some round numbers up to at least `most`, with the unit behind each.
Axis LinearAxis(const std::string& title, double most, const std::string& unit) {
  const double power = std::pow(10, std::floor(std::log10(std::max(most, 1e-3))));
  double step = power;
  if (most / power < 2) step = power / 2;
  if (most / power > 5) step = power * 2;
  Axis axis = {.title = title, .from = 0, .to = std::ceil(most / step) * step, .ticks = {}};
  const auto steps = static_cast<int>(std::lround(axis.to / step));
  for (int i = 0; i <= steps; ++i) {
    const double at = i * step;
    const bool is_whole = step >= 1;
    const std::string text =
        is_whole ? WithThousands(std::llround(at)) : absl::StrFormat("%.2g", at);
    axis.ticks.push_back({at, absl::StrCat(text, unit)});
  }
  return axis;
}

}  // namespace

std::string PlotLatencies(const std::string& label, absl::Span<const NamedLatency> latencies) {
  std::vector<Curve> curves;
  double decades = 1;
  for (const NamedLatency& latency : latencies) {
    curves.push_back(CurveOf(latency));
    decades = std::max(decades, DecadesOf(latency.histogram));
  }
  return RenderSvg(label, ShareAxis(decades), LatencyAxis(curves), curves);
}

std::string PlotThroughput(absl::Span<const RunResult> results) {
  std::vector<Curve> curves;
  double seconds = 0.1;
  double most = 1;
  for (const RunResult& result : results) {
    curves.push_back(ThroughputOf(result));
    seconds = std::max(seconds, absl::ToDoubleSeconds(result.sending));
    for (const Point& point : curves.back().points) most = std::max(most, point.y);
  }
  Axis time = LinearAxis("time of sending", seconds, " s");
  time.to = seconds;
  std::erase_if(time.ticks, [&](const Tick& tick) { return tick.at > seconds; });
  return RenderSvg("messages a second over time", time, LinearAxis("messages/s", most, ""), curves);
}

std::string CssClassOf(const std::string& kind_name) {
  return kind_name == "FIFO" ? "fifo" : "standard";
}

}  // namespace twinq::load
