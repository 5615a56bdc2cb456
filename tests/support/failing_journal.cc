#include "tests/support/failing_journal.h"

#include <utility>

namespace twinq {

absl::StatusOr<JournalPosition> FailingJournal::Append(
    absl::Span<const absl::string_view> records) {
  if (fault_ == Fault::kAppend) return absl::ResourceExhaustedError("no space left");
  return journal_.Append(records);
}

absl::StatusOr<SyncedUpTo> FailingJournal::EndSync(std::unique_ptr<SyncTicket> ticket,
                                                   absl::Status outcome) {
  if (fault_ == Fault::kSync) outcome = absl::DataLossError("input/output error");
  return journal_.EndSync(std::move(ticket), std::move(outcome));
}

}  // namespace twinq
