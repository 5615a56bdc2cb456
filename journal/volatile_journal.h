#ifndef TWINQ_JOURNAL_VOLATILE_JOURNAL_H_
#define TWINQ_JOURNAL_VOLATILE_JOURNAL_H_

#include <memory>

#include "journal/journal.h"

namespace twinq {

// The journal of a server without a data directory: keeps nothing, so nothing is ever waited for,
// and nothing survives. A position is a number of records.
class VolatileJournal : public Journal {
 public:
  bool keeps_records() const override { return false; }
  absl::StatusOr<JournalPosition> Append(absl::Span<const absl::string_view> records) override;
  SyncedUpTo synced_up_to() const override { return {.written = end_, .durable = end_}; }
  std::unique_ptr<SyncTicket> BeginSync() override;
  absl::StatusOr<SyncedUpTo> EndSync(std::unique_ptr<SyncTicket> ticket,
                                     absl::Status outcome) override;
  absl::Status DropBefore(JournalPosition position) override;
  absl::Status Replay(
      absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) override;

 private:
  JournalPosition end_;
};

}  // namespace twinq

#endif  // TWINQ_JOURNAL_VOLATILE_JOURNAL_H_
