#ifndef TWINQ_JOURNAL_MEMORY_JOURNAL_H_
#define TWINQ_JOURNAL_MEMORY_JOURNAL_H_

#include <deque>
#include <memory>
#include <string>

#include "journal/journal.h"

namespace twinq {

// A journal in memory that keeps its records and counts as written and durable only what was
// written and synced: for tests and simulation. A position is a number of records.
//
// Guarantee: LoseUnsynced() leaves what a crash of the machine would leave, LoseUnwritten() what
// the end of the process would; opened again.
class MemoryJournal : public Journal {
 public:
  bool keeps_records() const override { return true; }
  absl::StatusOr<JournalPosition> Append(absl::Span<const absl::string_view> records) override;
  SyncedUpTo synced_up_to() const override { return synced_; }
  std::unique_ptr<SyncTicket> BeginSync() override;
  std::unique_ptr<SyncTicket> BeginWrite() override;
  absl::StatusOr<SyncedUpTo> EndSync(std::unique_ptr<SyncTicket> ticket,
                                     absl::Status outcome) override;
  absl::Status DropBefore(JournalPosition position) override;
  absl::Status Replay(
      absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) override;

  void LoseUnsynced();
  void LoseUnwritten();

 private:
  std::unique_ptr<SyncTicket> Begin(SyncedUpTo once_ended);
  // What is left is all there is.
  void KeepOnly(JournalPosition end);
  JournalPosition end() const { return JournalPosition(dropped_ + records_.size()); }

  std::deque<std::string> records_;
  uint64_t dropped_ = 0;  // How many records DropBefore() took.
  SyncedUpTo synced_;
  bool sync_in_flight_ = false;
  absl::Status failure_;
};

}  // namespace twinq

#endif  // TWINQ_JOURNAL_MEMORY_JOURNAL_H_
