#include "tests/journal/crashing_log.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq {
namespace {

constexpr char kDirectory[] = "data";

}  // namespace

CrashingLog::CrashingLog(uint64_t seed, uint64_t segment_bytes)
    : files_(seed), random_(seed + 1), segment_bytes_(segment_bytes) {}

absl::Status CrashingLog::Open() {
  auto opened = FileJournal::Open(files_, kDirectory,
                                  {.new_log_id = random_.Next(), .segment_bytes = segment_bytes_});
  if (opened.ok()) {
    journal_ = *std::move(opened);
    return CheckReplay();
  }
  if (absl::IsDataLoss(opened.status())) Violated(opened.status().ToString());
  return opened.status();
}

absl::Status CrashingLog::Append(size_t count) {
  std::vector<std::string> texts(count);
  std::vector<absl::string_view> views;
  for (size_t i = 0; i < count; ++i) {
    // Often so alike that one might pass for the other.
    const size_t bytes_max = random_.Chance(0.1) ? 1'200 : 60;
    texts[i] = absl::StrCat(random_.Below(3), std::string(random_.Below(bytes_max), 'x'));
    views.push_back(texts[i]);
  }
  const auto end = journal_->Append(views);
  if (!end.ok()) return end.status();
  for (std::string& text : texts) records_.push_back({std::move(text), JournalPosition()});
  if (count > 0) records_.back().behind = *end;
  return absl::OkStatus();
}

absl::Status CrashingLog::AppendOfSize(size_t bytes) {
  const std::string text(bytes, 'x');
  TWINQ_ASSIGN_OR_RETURN(const JournalPosition end, journal_->Append({text}));
  records_.push_back({text, end});
  return absl::OkStatus();
}

absl::Status CrashingLog::Sync() {
  const size_t begun_with = records_.size();
  const size_t head = head_;
  std::unique_ptr<SyncTicket> ticket = journal_->BeginSync();
  if (random_.Chance(0.2)) Append(random_.Below(3)).IgnoreError();  // Meanwhile; may be refused.
  TWINQ_RETURN_IF_ERROR(EndSync(std::move(ticket)));
  survives_process_ = survives_machine_ = begun_with;
  head_durable_ = head;
  return absl::OkStatus();
}

absl::Status CrashingLog::Write() {
  const size_t begun_with = records_.size();
  TWINQ_RETURN_IF_ERROR(EndSync(journal_->BeginWrite()));
  survives_process_ = begun_with;
  return absl::OkStatus();
}

absl::Status CrashingLog::EndSync(std::unique_ptr<SyncTicket> ticket) {
  const absl::Status outcome = ticket->Run();
  return journal_->EndSync(std::move(ticket), outcome).status();
}

absl::Status CrashingLog::Drop() {
  const size_t head = head_ + random_.Below(survives_machine_ - head_ + 1);
  if (head == 0 || records_[head - 1].behind == JournalPosition()) return absl::OkStatus();
  TWINQ_RETURN_IF_ERROR(journal_->DropBefore(records_[head - 1].behind));
  head_ = head;
  return absl::OkStatus();
}

absl::Status CrashingLog::DoSomething() {
  switch (random_.Below(8)) {
    case 0:
      return Write();
    case 1:
      return Drop();
    case 2:
    case 3:
    case 4:
      return Append(random_.Below(5));
    default:
      return Sync();
  }
}

void CrashingLog::Restart(Crash crash) {
  journal_ = nullptr;
  must_survive_ = crash == Crash::kOfMachine ? survives_machine_ : survives_process_;
  survives_process_ = must_survive_;
  crash == Crash::kOfMachine ? files_.LosePower() : files_.KillProcess();
}

absl::Status CrashingLog::CheckReplay() {
  std::vector<Appended> found;
  const absl::Status replayed =
      journal_->Replay([&](JournalPosition behind, absl::string_view record) {
        found.push_back({std::string(record), behind});
        return absl::OkStatus();
      });
  if (absl::IsDataLoss(replayed)) Violated(replayed.ToString());
  TWINQ_RETURN_IF_ERROR(replayed);
  CheckRecords(found);
  return absl::OkStatus();
}

void CrashingLog::CheckRecords(const std::vector<Appended>& found) {
  // Which heads it may have, and whether one explains what was found.
  for (size_t head = head_durable_; head <= head_; ++head) {
    const size_t end = head + found.size();
    if (end < must_survive_ || end > records_.size()) continue;
    const bool same = std::equal(
        found.begin(), found.end(), records_.begin() + static_cast<std::ptrdiff_t>(head),
        [](const Appended& a, const Appended& b) {
          return a.bytes == b.bytes && (b.behind == JournalPosition() || a.behind == b.behind);
        });
    if (!same) continue;
    records_.resize(end);
    std::copy(found.begin(), found.end(), records_.begin() + static_cast<std::ptrdiff_t>(head));
    survives_process_ = survives_machine_ = must_survive_ = end;
    head_ = head_durable_ = head;
    return;
  }
  Violated(absl::StrCat("found ", found.size(), " records; appended were ", records_.size(),
                        ", of which ", must_survive_, " must survive and ", head_durable_, " to ",
                        head_, " may be dropped"));
}

void CrashingLog::Violated(std::string what) {
  if (violation_.empty()) violation_ = std::move(what);
}

}  // namespace twinq
