#ifndef TWINQ_TESTS_SUPPORT_FAILING_JOURNAL_H_
#define TWINQ_TESTS_SUPPORT_FAILING_JOURNAL_H_

#include <cstdint>
#include <memory>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

#include "journal/journal.h"
#include "journal/memory_journal.h"

namespace twinq {

// A journal in memory whose disk breaks when told to: from then on appends or syncs fail.
class FailingJournal : public Journal {
 public:
  enum class Fault : uint8_t { kNone, kAppend, kSync };

  void Break(Fault fault) { fault_ = fault; }

  bool keeps_records() const override { return true; }
  absl::StatusOr<JournalPosition> Append(absl::Span<const absl::string_view> records) override;
  SyncedUpTo synced_up_to() const override { return journal_.synced_up_to(); }
  std::unique_ptr<SyncTicket> BeginSync() override { return journal_.BeginSync(); }
  absl::StatusOr<SyncedUpTo> EndSync(std::unique_ptr<SyncTicket> ticket,
                                     absl::Status outcome) override;
  absl::Status DropBefore(JournalPosition position) override {
    return journal_.DropBefore(position);
  }
  absl::Status Replay(
      absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) override {
    return journal_.Replay(visit);
  }

 private:
  MemoryJournal journal_;
  Fault fault_ = Fault::kNone;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_SUPPORT_FAILING_JOURNAL_H_
