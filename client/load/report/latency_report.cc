#include "client/load/report/latency_report.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "client/load/report/figures.h"
#include "client/load/report/json_latency.h"
#include "client/load/report/run_report.h"
#include "client/load/report/shares.h"
#include "client/load/report/terminal_plot.h"

namespace twinq::load {
namespace {

std::string LineOf(const std::string& name, const LatencyHistogram& histogram) {
  std::string line = absl::StrFormat("%-26s", name);
  for (const NamedShare& share : kShares) {
    absl::StrAppendFormat(&line, "%11s", LatencyText(histogram.Percentile(share.share)));
  }
  return absl::StrCat(line, "\n");
}

}  // namespace

std::string RenderLatencyResults(absl::Span<const LatencyResult> results) {
  std::string text = absl::StrFormat("%-26s", "");
  for (const NamedShare& share : kShares) absl::StrAppendFormat(&text, "%11s", share.name);
  absl::StrAppend(&text, "\n");
  std::vector<NamedLatency> wake_ups;
  for (const LatencyResult& result : results) {
    const std::string kind = NameOf(result.kind);
    absl::StrAppend(&text, LineOf(absl::StrCat(kind, ", send"), result.send));
    absl::StrAppend(&text, LineOf(absl::StrCat(kind, ", send to receive"), result.send_to_receive));
    wake_ups.push_back({kind, result.send_to_receive});
  }
  return absl::StrCat(text, "\n", RenderLatencies("send to receive", wake_ups));
}

std::string JsonOfLatencies(absl::Span<const LatencyResult> results) {
  boost::json::array list;
  for (const LatencyResult& result : results) {
    list.push_back(
        boost::json::object{{"kind", result.kind == client::QueueKind::kFifo ? "fifo" : "standard"},
                            {"sent", result.send.count()},
                            {"send_latency_ms", JsonOf(result.send)},
                            {"send_to_receive_latency_ms", JsonOf(result.send_to_receive)}});
  }
  return boost::json::serialize(list);
}

}  // namespace twinq::load
