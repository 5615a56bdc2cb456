#include "client/load/report/comparison.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace twinq::load {
namespace {

std::string WithThousands(int64_t count) {
  const std::string digits = absl::StrCat(count);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

// Three digits are more than the measurement is good for.
std::string Latency(absl::Duration span) {
  const double ms = absl::ToDoubleMilliseconds(span);
  if (ms < 10) return absl::StrFormat("%.2f ms", ms);
  if (ms < 100) return absl::StrFormat("%.1f ms", ms);
  if (ms < 10'000) return absl::StrFormat("%.0f ms", ms);
  return absl::StrFormat("%.1f s", ms / 1000);
}

void AddLine(std::string& table, absl::string_view label, absl::string_view standard,
             absl::string_view fifo, absl::string_view why) {
  std::string line = absl::StrFormat("%-16s%11s%11s   %s", label, standard, fifo, why);
  line.erase(line.find_last_not_of(' ') + 1);
  absl::StrAppend(&table, line, "\n");
}

void AddCount(std::string& table, absl::string_view label, int64_t standard, int64_t fifo,
              absl::string_view why) {
  AddLine(table, label, WithThousands(standard), WithThousands(fifo), why);
}

}  // namespace

std::string DescribeWorkload(const Workload& workload) {
  return absl::StrFormat(
      "%d producers, %d consumers, %d groups, bodies of %d bytes, %s for each kind; visibility\n"
      "timeout %s, %g %% of acks lost, %g %% of sends repeated, seed %d\n",
      workload.producers, workload.consumers, workload.groups, workload.body_bytes,
      absl::FormatDuration(workload.duration), absl::FormatDuration(workload.visibility_timeout),
      workload.lose_ack * 100, workload.retry_send * 100, workload.seed);
}

std::string RenderComparison(const Comparison& comparison) {
  const Counts& standard = comparison.standard.counts;
  const Counts& fifo = comparison.fifo.counts;
  std::string table;
  AddLine(table, "", "standard", "FIFO", "why");
  AddCount(table, "sent", standard.sent, fifo.sent, "each message once, however often it was sent");
  AddCount(table, "delivered", standard.delivered, fifo.delivered,
           "each time a consumer got one: sent, plus duplicates");
  AddCount(table, "duplicates", standard.duplicates(), fifo.duplicates(), "by cause:");
  AddCount(table, "  stored twice", standard.stored_twice, fifo.stored_twice,
           "sent again after a lost answer: FIFO knows the dedup id");
  AddCount(table, "  given again", standard.delivered_again, fifo.delivered_again,
           "a lost ack: either kind gives the message out again");
  AddCount(table, "out of order", standard.out_of_order, fifo.out_of_order,
           "FIFO gives a group to one consumer at a time");
  AddCount(table, "lost", standard.lost, fifo.lost, "a message stays until somebody deletes it");
  AddCount(table, "messages/s", comparison.standard.throughput_per_s,
           comparison.fifo.throughput_per_s,
           "FIFO: a group waits while one of its messages is held");
  AddLine(table, "latency p50", Latency(comparison.standard.latency_p50),
          Latency(comparison.fifo.latency_p50), "from send to first delivery");
  AddLine(table, "latency p99", Latency(comparison.standard.latency_p99),
          Latency(comparison.fifo.latency_p99),
          "FIFO: a lost ack holds up its group until the timeout");
  return table;
}

std::vector<std::string> Violations(const Comparison& comparison) {
  std::vector<std::string> violations;
  const auto expect_none = [&violations](int64_t count, absl::string_view what) {
    if (count > 0) violations.push_back(absl::StrCat(WithThousands(count), " ", what));
  };
  expect_none(comparison.standard.counts.lost, "messages lost by the standard queue");
  expect_none(comparison.fifo.counts.lost, "messages lost by the FIFO queue");
  expect_none(comparison.fifo.counts.stored_twice, "duplicates stored by the FIFO queue");
  expect_none(comparison.fifo.counts.out_of_order, "messages out of order from the FIFO queue");
  return violations;
}

}  // namespace twinq::load
