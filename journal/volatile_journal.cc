#include "journal/volatile_journal.h"

#include "core/base/status_macros.h"

namespace twinq {
namespace {

class NothingToSync : public SyncTicket {
 public:
  absl::Status Run() override { return absl::OkStatus(); }
};

}  // namespace

absl::StatusOr<JournalPosition> VolatileJournal::Append(
    absl::Span<const absl::string_view> records) {
  end_ = JournalPosition(end_.value() + records.size());
  return end_;
}

std::unique_ptr<SyncTicket> VolatileJournal::BeginSync() {
  return std::make_unique<NothingToSync>();
}

absl::StatusOr<SyncedUpTo> VolatileJournal::EndSync(std::unique_ptr<SyncTicket>,
                                                    absl::Status outcome) {
  TWINQ_RETURN_IF_ERROR(outcome);
  return synced_up_to();
}

absl::Status VolatileJournal::DropBefore(JournalPosition) { return absl::OkStatus(); }

absl::Status VolatileJournal::Replay(
    absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)>) {
  return absl::OkStatus();
}

}  // namespace twinq
