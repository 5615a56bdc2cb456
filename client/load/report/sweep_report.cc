#include "client/load/report/sweep_report.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

#include "client/load/report/figures.h"
#include "client/load/report/terminal_plot.h"

namespace twinq::load {
namespace {

constexpr double kTail = 0.99;

std::string TableOf(const std::string& flag, const std::vector<SweepStep>& steps) {
  std::string table =
      absl::StrFormat("%-14s%12s%11s%11s%11s%11s%11s%9s\n", flag, "messages/s", "send p50",
                      "send p99", "e2e p50", "e2e p99", "duplicates", "lost");
  for (const SweepStep& step : steps) {
    const Measurements& measured = step.result.measurements;
    absl::StrAppendFormat(
        &table, "%-14s%12s%11s%11s%11s%11s%11s%9s\n", step.value,
        WithThousands(step.result.throughput_per_s), LatencyText(measured.send.Percentile(0.5)),
        LatencyText(measured.send.Percentile(kTail)),
        LatencyText(measured.end_to_end.Percentile(0.5)),
        LatencyText(measured.end_to_end.Percentile(kTail)),
        WithThousands(step.result.judged.duplicates()), WithThousands(step.result.judged.lost()));
  }
  return table;
}

}  // namespace

std::string RenderSweep(const std::string& flag, const std::vector<SweepStep>& steps) {
  std::vector<Bar> throughput;
  std::vector<Bar> latency;
  for (const SweepStep& step : steps) {
    const absl::Duration tail = step.result.measurements.end_to_end.Percentile(kTail);
    throughput.push_back({.group = flag,
                          .label = step.value,
                          .value = static_cast<double>(step.result.throughput_per_s),
                          .text = WithThousands(step.result.throughput_per_s)});
    latency.push_back({.group = flag,
                       .label = step.value,
                       .value = absl::ToDoubleMilliseconds(tail),
                       .text = LatencyText(tail)});
  }
  return absl::StrCat(TableOf(flag, steps), "\n",
                      RenderBars("messages/s", throughput, Scale::kLinear), "\n",
                      RenderBars("end to end p99", latency, Scale::kLogarithmic));
}

}  // namespace twinq::load
