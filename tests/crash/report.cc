#include "tests/crash/report.h"

#include <cstddef>
#include <fstream>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"

#include "core/base/check.h"
#include "sim/history/history_writer.h"

namespace twinq::crash {
namespace {

void WriteFile(const QueueHistory& queue, const std::string& path) {
  std::ofstream file(path);
  history::WriteHistory(queue.history, [&](absl::string_view line) { file << line << '\n'; });
  file.close();
  if (!file) {
    absl::PrintF("the history cannot be written to %s\n", path);
    return;
  }
  absl::PrintF("history of %s: %s\n", queue.plan.name, path);
}

void Add(const history::Judgement& judgement, Totals& totals) {
  const history::Counts& counts = judgement.counts;
  totals.sends += counts.sends_acknowledged;
  totals.sends_unknown += counts.sends_unknown;
  totals.recovered += counts.recovered;
  totals.deliveries += counts.deliveries;
  totals.duplicate_deliveries += counts.duplicate_deliveries;
  for (size_t i = 0; i < totals.duplicates.size(); ++i) {
    totals.duplicates.at(i) += judgement.duplicates.at(i);
  }
}

}  // namespace

Totals JudgeAll(const std::vector<QueueHistory>& histories, const std::string& dir, Keep keep) {
  Totals totals;
  for (const QueueHistory& queue : histories) {
    const absl::StatusOr<history::Judgement> judgement =
        history::Judge(queue.history, PromisesOf(queue.plan));
    TWINQ_CHECK(judgement.ok());  // We have recorded it.
    Add(*judgement, totals);
    if (!judgement->IsClean()) {
      totals.is_clean = false;
      absl::PrintF("\nVIOLATION in queue %s\n%s\n", queue.plan.name, history::TextOf(*judgement));
    }
    if (keep == Keep::kAll || !judgement->IsClean()) {
      WriteFile(queue, absl::StrCat(dir, "/", queue.plan.name, ".history"));
    }
  }
  return totals;
}

std::string DuplicatesText(const history::CauseCounts& duplicates) {
  std::vector<std::string> texts;
  for (size_t i = 0; i < duplicates.size(); ++i) {
    if (duplicates.at(i) == 0) continue;
    texts.push_back(
        absl::StrCat(history::NameOf(static_cast<history::Cause>(i)), " ", duplicates.at(i)));
  }
  return absl::StrJoin(texts, ", ");
}

}  // namespace twinq::crash
