#include "tests/soak/soak_report.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_format.h"

namespace twinq::soak {
namespace {

constexpr int64_t kMebibyte = int64_t{1} << 20;

void PrintRounds(const char* when, std::vector<absl::Duration> rounds) {
  if (rounds.empty()) return;
  std::sort(rounds.begin(), rounds.end());
  const auto at = [&rounds](size_t percent) {
    return absl::ToDoubleMilliseconds(rounds[(rounds.size() - 1) * percent / 100]);
  };
  absl::PrintF(
      "probe, %s: %d times send, receive and delete; p50 %.1f ms, p99 %.1f ms, "
      "max %.1f ms\n",
      when, rounds.size(), at(50), at(99), at(100));
}

}  // namespace

void SoakReport::Add(const HostileCrowd& crowd) {
  for (size_t i = 0; i < crowd.clients().size(); ++i) {
    const HostileClient& client = *crowd.clients()[i];
    if (i == rows_.size()) rows_.push_back({.name = client.name()});
    for (size_t fate = 0; fate < kFates; ++fate) {
      rows_[i].counts.at(fate) += client.tally().count(static_cast<Fate>(fate));
    }
  }
}

void SoakReport::Add(const Probe& probe) {
  rounds_.insert(rounds_.end(), probe.rounds().begin(), probe.rounds().end());
  slow_disk_rounds_.insert(slow_disk_rounds_.end(), probe.slow_disk_rounds().begin(),
                           probe.slow_disk_rounds().end());
}

void SoakReport::Add(const crash::Totals& totals) {
  totals_.sends += totals.sends;
  totals_.sends_unknown += totals.sends_unknown;
  totals_.recovered += totals.recovered;
  totals_.deliveries += totals.deliveries;
  totals_.duplicate_deliveries += totals.duplicate_deliveries;
  for (size_t i = 0; i < totals_.duplicates.size(); ++i) {
    totals_.duplicates.at(i) += totals.duplicates.at(i);
  }
  totals_.is_clean = totals_.is_clean && totals.is_clean;
}

void SoakReport::Print() const {
  absl::PrintF("\n%-42s %9s %9s %9s %9s\n", "hostile clients", "done", "refused", "closed", "left");
  for (const Row& row : rows_) {
    absl::PrintF("%-42s %9d %9d %9d %9d\n", row.name, row.counts[0], row.counts[1], row.counts[2],
                 row.counts[3]);
  }
  absl::PrintF("%-42s %9d\n%-42s %9d\n\n", "the disk was slow", slow_disks_, "the clock was set",
               clock_settings_);
  PrintRounds("beside them", rounds_);
  PrintRounds("while the disk was slow", slow_disk_rounds_);
  absl::PrintF(
      "judged: %d sends acknowledged, %d without an answer, %d of them delivered; "
      "%d deliveries, %d of them duplicates: %s\n",
      totals_.sends, totals_.sends_unknown, totals_.recovered, totals_.deliveries,
      totals_.duplicate_deliveries, crash::DuplicatesText(totals_.duplicates));
  if (cycles_.empty()) return;
  absl::PrintF(
      "resident memory: %d MiB after the first cycle, %d MiB after the last, %d MiB at "
      "most\n",
      cycles_.front().resident / kMebibyte, cycles_.back().resident / kMebibyte,
      cycles_.back().peak / kMebibyte);
}

}  // namespace twinq::soak
