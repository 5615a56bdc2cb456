#include "tests/broker/journal_spy.h"

#include <algorithm>
#include <utility>

#include "core/base/status_macros.h"

namespace twinq {

void JournalSpy::Watch(std::unique_ptr<Journal> journal, JournalPosition end) {
  journal_ = std::move(journal);
  appended_.resize(CountUpTo(end));
  written_ = durable_ = appended_.size();
}

absl::StatusOr<JournalPosition> JournalSpy::Append(absl::Span<const absl::string_view> records) {
  JournalPosition end = appended_.empty() ? JournalPosition() : appended_.back().behind;
  for (const absl::string_view record : records) {
    TWINQ_ASSIGN_OR_RETURN(end, journal_->Append({record}));
    appended_.push_back({std::string(record), end});
  }
  return end;
}

absl::StatusOr<SyncedUpTo> JournalSpy::EndSync(std::unique_ptr<SyncTicket> ticket,
                                               absl::Status outcome) {
  TWINQ_ASSIGN_OR_RETURN(const SyncedUpTo synced,
                         journal_->EndSync(std::move(ticket), std::move(outcome)));
  written_ = CountUpTo(synced.written);
  durable_ = CountUpTo(synced.durable);
  return synced;
}

absl::Status JournalSpy::DropBefore(JournalPosition position) {
  head_ = std::max(head_, position);
  return journal_->DropBefore(position);
}

size_t JournalSpy::CountUpTo(JournalPosition position) const {
  const auto behind = std::partition_point(
      appended_.begin(), appended_.end(),
      [position](const Appended& record) { return record.behind <= position; });
  return static_cast<size_t>(behind - appended_.begin());
}

}  // namespace twinq
