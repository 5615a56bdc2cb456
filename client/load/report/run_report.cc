#include "client/load/report/run_report.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "client/load/report/duplicate_causes.h"
#include "client/load/report/figures.h"
#include "client/load/report/shares.h"
#include "sim/history/rule.h"

namespace twinq::load {
namespace {

constexpr absl::string_view kUnknown = "n/a";

// Collects rows whose values are drawn from each result.
class Rows {
 public:
  explicit Rows(absl::Span<const RunResult> results) : results_(results) {}

  void Add(absl::string_view label, const std::function<std::string(const RunResult&)>& value,
           absl::string_view why) {
    ReportRow& row = rows_.emplace_back();
    row.label = std::string(label);
    row.why = std::string(why);
    for (const RunResult& result : results_) row.values.push_back(value(result));
  }
  void AddCount(absl::string_view label, const std::function<int64_t(const RunResult&)>& count,
                absl::string_view why) {
    Add(
        label, [&](const RunResult& result) { return WithThousands(count(result)); }, why);
  }

  absl::Span<const RunResult> results() const { return results_; }
  std::vector<ReportRow> Take() { return std::move(rows_); }

 private:
  absl::Span<const RunResult> results_;
  std::vector<ReportRow> rows_;
};

void AddCauses(Rows& rows) {
  if (rows.results().empty()) return;
  const std::vector<DuplicateCause> names = DuplicateCausesOf(rows.results().front());
  for (size_t i = 0; i < names.size(); ++i) {
    const auto count = [i](const RunResult& result) { return DuplicateCausesOf(result)[i].count; };
    const auto occurs = [&](const RunResult& result) { return count(result) != 0; };
    if (std::none_of(rows.results().begin(), rows.results().end(), occurs)) continue;
    rows.AddCount(absl::StrCat("  ", names[i].name), count, names[i].why);
  }
}

void AddCounts(Rows& rows) {
  rows.AddCount(
      "sent", [](const RunResult& r) { return r.sent; },
      "each message once, however often it was sent");
  rows.AddCount(
      "delivered", [](const RunResult& r) { return r.judged.delivered; },
      "each time a consumer got one: sent, plus duplicates");
  rows.AddCount(
      "deleted", [](const RunResult& r) { return r.judged.deleted; },
      "stored messages; standard: repeated sends too");
  rows.AddCount(
      "duplicates", [](const RunResult& r) { return r.judged.duplicates(); },
      "deliveries after a message's first, by cause:");
  AddCauses(rows);
  rows.AddCount(
      "out of order", [](const RunResult& r) { return r.judged.out_of_order; },
      "FIFO gives a group to one consumer at a time");
  rows.Add(
      "  overtaken by",
      [](const RunResult& r) {
        if (r.judged.out_of_order == 0) return std::string("-");
        return absl::StrFormat("%.1f (%d)", r.judged.distance_mean(), r.judged.distance_max);
      },
      "messages on average (at most) that came before one");
  rows.AddCount(
      "groups held twice", [](const RunResult& r) { return r.judged.groups_held_twice; },
      "standard: any consumer gets the next message");
  rows.AddCount(
      "lost", [](const RunResult& r) { return r.judged.lost(); },
      "a message stays until somebody deletes it");
  rows.AddCount(
      "messages/s", [](const RunResult& r) { return r.throughput_per_s; },
      "FIFO: a group waits while one of its messages is held");
}

void AddLatencies(Rows& rows, absl::string_view name,
                  const std::function<const LatencyHistogram&(const RunResult&)>& histogram,
                  absl::string_view why_middle, absl::string_view why_tail) {
  for (const NamedShare& share : kShares) {
    absl::string_view why;
    if (share.share == 0.5) why = why_middle;
    if (share.share == 0.99) why = why_tail;
    rows.Add(
        absl::StrCat(name, " ", share.name),
        [&](const RunResult& r) { return LatencyText(histogram(r).Percentile(share.share)); }, why);
  }
}

void AddUsage(Rows& rows) {
  rows.Add(
      "server CPU",
      [](const RunResult& r) {
        if (!r.usage.server_cpu.has_value() || r.usage.messages == 0) {
          return std::string(kUnknown);
        }
        return absl::StrFormat("%.1f us", absl::ToDoubleMicroseconds(*r.usage.server_cpu) /
                                              static_cast<double>(r.usage.messages));
      },
      "of processor time for each message, all its calls");
  rows.Add(
      "server memory",
      [](const RunResult& r) {
        if (!r.usage.server_cpu.has_value() || r.usage.messages == 0) {
          return std::string(kUnknown);
        }
        return absl::StrFormat("%.0f B", static_cast<double>(r.usage.server_growth_bytes) /
                                             static_cast<double>(r.usage.messages));
      },
      "more, for each sent; FIFO keeps dedup ids for 5 min");
}

}  // namespace

std::string DescribeWorkload(const Workload& workload) {
  const std::string pace = workload.rate_per_s.has_value()
                               ? absl::StrFormat("%g messages/s", *workload.rate_per_s)
                               : "as fast as the server answers";
  const std::string end =
      workload.messages_max.has_value()
          ? absl::StrCat(WithThousands(*workload.messages_max), " messages")
          : absl::StrCat(absl::FormatDuration(workload.duration), " of sending");
  return absl::StrFormat(
      "%d producers, %d consumers, %s, %s, %d a call, %d groups\n"
      "(skew %g), bodies of %d bytes; visibility timeout %s, processing %s; %g %% of acks lost,\n"
      "%g %% of sends repeated, %g %% of messages crash their consumer; seed %d\n",
      workload.producers, workload.consumers, pace, end, workload.batch, workload.groups,
      workload.group_skew, workload.body_bytes, absl::FormatDuration(workload.visibility_timeout),
      absl::FormatDuration(workload.processing), workload.lose_ack * 100, workload.retry_send * 100,
      workload.crash * 100, workload.seed);
}

std::vector<ReportRow> RowsOf(absl::Span<const RunResult> results) {
  Rows rows(results);
  AddCounts(rows);
  AddLatencies(
      rows, "send",
      [](const RunResult& r) -> const LatencyHistogram& { return r.measurements.send; },
      "from when it was due to the server's answer", "");
  AddLatencies(
      rows, "end to end",
      [](const RunResult& r) -> const LatencyHistogram& { return r.measurements.end_to_end; },
      "from when it was due to its first delivery",
      "FIFO: a lost ack holds up its group until the timeout");
  AddUsage(rows);
  return rows.Take();
}

std::string RenderTable(absl::Span<const RunResult> results) {
  std::vector<ReportRow> rows = RowsOf(results);
  ReportRow heading{.why = results.size() > 1 ? "why" : ""};
  for (const RunResult& result : results) heading.values.push_back(NameOf(result.kind));
  rows.insert(rows.begin(), heading);
  std::string table;
  for (const ReportRow& row : rows) {
    std::string line = absl::StrFormat("%-18s", row.label);
    for (const std::string& value : row.values) absl::StrAppendFormat(&line, "%12s", value);
    absl::StrAppend(&line, "  ", row.why);
    line.erase(line.find_last_not_of(' ') + 1);
    absl::StrAppend(&table, line, "\n");
  }
  return table;
}

std::vector<std::string> ViolationsOf(const RunResult& result) {
  std::vector<std::string> violations;
  for (size_t i = 0; i < history::kVerdicts; ++i) {
    const int64_t count = result.judged.violations.at(i);
    if (count == 0) continue;
    const auto verdict = static_cast<history::Verdict>(i);
    std::string text = absl::StrCat(NameOf(result.kind), " queue: ", history::NameOf(verdict), ", ",
                                    WithThousands(count), count == 1 ? " time" : " times");
    for (const history::Finding& finding : result.judged.findings) {
      if (history::VerdictOf(finding.rule) != verdict) continue;
      absl::StrAppend(&text, "\n  ", finding.proof, "\n    ",
                      absl::StrJoin(finding.story, "\n    "));
      break;
    }
    violations.push_back(std::move(text));
  }
  return violations;
}

std::string NameOf(client::QueueKind kind) {
  return kind == client::QueueKind::kFifo ? "FIFO" : "standard";
}

}  // namespace twinq::load
