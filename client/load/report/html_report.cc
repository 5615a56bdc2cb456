#include "client/load/report/html_report.h"

#include <functional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

#include "client/load/report/figures.h"
#include "client/load/report/generator_share.h"
#include "client/load/report/html_style.h"
#include "client/load/report/result_plots.h"
#include "client/load/report/run_report.h"
#include "client/load/report/svg_plot.h"

namespace twinq::load {
namespace {

using Results = absl::Span<const RunResult>;

std::string Section(const std::string& title, const std::string& remark,
                    const std::string& content) {
  const std::string paragraph = remark.empty() ? "" : absl::StrCat("<p>", remark, "</p>\n");
  return absl::StrCat("<section>\n<h2>", title, "</h2>\n", paragraph, content, "</section>\n");
}

std::string Legend(Results results) {
  std::string legend = "<ul class=\"legend\">";
  for (const RunResult& result : results) {
    const std::string name = NameOf(result.kind);
    const char* line = result.kind == client::QueueKind::kFifo ? "╌╌" : "━━";
    absl::StrAppendFormat(&legend, "<li class=\"%s\">%s %s</li>", CssClassOf(name), line, name);
  }
  return absl::StrCat(legend, "</ul>\n");
}

std::string Latencies(
    Results results, const std::string& title, const std::string& remark,
    const std::function<const LatencyHistogram&(const Measurements&)>& histogram) {
  std::vector<NamedLatency> latencies;
  for (const RunResult& result : results) {
    latencies.push_back({NameOf(result.kind), histogram(result.measurements)});
  }
  return Section(title, remark, absl::StrCat(Legend(results), PlotLatencies(title, latencies)));
}

std::string Figures(Results results) {
  std::string table = "<table>\n<thead><tr><th></th>";
  for (const RunResult& result : results) {
    absl::StrAppend(&table, "<th class=\"value\">", NameOf(result.kind), "</th>");
  }
  absl::StrAppend(&table, "<th class=\"why\">", results.size() > 1 ? "why" : "", "</th></tr>",
                  "</thead>\n<tbody>\n");
  for (const ReportRow& row : RowsOf(results)) {
    const char* css_class = absl::StartsWith(row.label, " ") ? " class=\"sub\"" : "";
    absl::StrAppend(&table, "<tr", css_class, "><th>", EscapeHtml(row.label), "</th>");
    for (const std::string& value : row.values) {
      absl::StrAppend(&table, "<td class=\"value\">", EscapeHtml(value), "</td>");
    }
    absl::StrAppend(&table, "<td class=\"why\">", EscapeHtml(row.why), "</td></tr>\n");
  }
  return Section("What became of the messages", "", absl::StrCat(table, "</tbody>\n</table>\n"));
}

std::string Verdict(Results results) {
  std::string text;
  for (const RunResult& result : results) {
    for (const std::string& violation : ViolationsOf(result)) {
      absl::StrAppend(&text, "<p class=\"violation\">VIOLATION: ", EscapeHtml(violation), "</p>\n");
    }
  }
  if (!text.empty()) return text;
  return "<p class=\"verdict\">Every promise was kept: nothing lost, nothing given to two "
         "consumers that was promised to one.</p>\n";
}

std::string Conditions(Results results, const Workload& workload, const std::string& server) {
  const RunResult& first = results.front();
  std::vector<std::pair<std::string, std::string>> facts = {
      {"server", server},
      {"sending", absl::FormatDuration(absl::Trunc(first.sending, absl::Milliseconds(1)))},
      {"pace", workload.rate_per_s.has_value() ? absl::StrFormat("%g/s", *workload.rate_per_s)
                                               : "as fast as answered"},
      {"producers", absl::StrCat(workload.producers)},
      {"consumers", absl::StrCat(workload.consumers)},
      {"messages a call", absl::StrCat(workload.batch)},
      {"groups", absl::StrCat(workload.groups, ", skew ", workload.group_skew)},
      {"body", absl::StrCat(WithThousands(static_cast<int64_t>(workload.body_bytes)), " bytes")},
      {"visibility timeout", absl::FormatDuration(workload.visibility_timeout)},
      {"processing", absl::FormatDuration(workload.processing)},
      {"acks lost", absl::StrFormat("%g %%", workload.lose_ack * 100)},
      {"sends repeated", absl::StrFormat("%g %%", workload.retry_send * 100)},
      {"crashes", absl::StrFormat("%g %% of messages", workload.crash * 100)},
      {"seed", absl::StrCat(workload.seed)}};
  if (first.server.has_value()) {
    const std::string& durability = first.server->durability;
    facts.emplace_back("version", first.server->version);
    facts.emplace_back("storage", first.server->storage);
    facts.emplace_back("durability", durability.empty() ? "none" : durability);
  }
  std::string list = "<dl>\n";
  for (const auto& [name, value] : facts) {
    absl::StrAppend(&list, "<div><dt>", name, "</dt><dd>", EscapeHtml(value), "</dd></div>\n");
  }
  std::string remark;
  for (const RunResult& result : results) {
    absl::StrAppend(&remark, EscapeHtml(DescribeGenerator(result)), ". ",
                    EscapeHtml(GeneratorWarning(result, workload)), "<br>");
  }
  return Section("Conditions", remark, absl::StrCat(list, "</dl>\n"));
}

}  // namespace

std::string RenderHtml(Results results, const Workload& workload, const std::string& server) {
  const std::string title =
      results.size() > 1 ? "Standard and FIFO, side by side"
                         : absl::StrCat("One ", NameOf(results[0].kind), " queue under load");
  return absl::StrCat(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>twinq: ",
      title, "</title>\n<style>", kHtmlStyle, "</style>\n</head>\n<body>\n<h1>", title, "</h1>\n",
      Verdict(results), Figures(results),
      Latencies(results, "End-to-end latency",
                "From when a message was due to its first delivery. Each step to the right is a "
                "tenth of the messages that are left: the tail has as much room as the rest.",
                [](const Measurements& m) -> const LatencyHistogram& { return m.end_to_end; }),
      Latencies(results, "Send latency", "From when a message was due to the server's answer.",
                [](const Measurements& m) -> const LatencyHistogram& { return m.send; }),
      Section("Throughput", "Messages received for the first time, while others were sent.",
              absl::StrCat(Legend(results), PlotThroughput(results))),
      Conditions(results, workload, server), "</body>\n</html>\n");
}

}  // namespace twinq::load
