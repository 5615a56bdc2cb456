#include "journal/memory_journal.h"

#include <utility>

#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq {
namespace {

class MemorySync : public SyncTicket {
 public:
  explicit MemorySync(JournalPosition up_to) : up_to_(up_to) {}
  absl::Status Run() override { return absl::OkStatus(); }
  JournalPosition up_to() const { return up_to_; }

 private:
  const JournalPosition up_to_;
};

}  // namespace

absl::StatusOr<JournalPosition> MemoryJournal::Append(absl::Span<const absl::string_view> records) {
  TWINQ_RETURN_IF_ERROR(failure_);
  for (absl::string_view record : records) records_.emplace_back(record);
  return end();
}

std::unique_ptr<SyncTicket> MemoryJournal::BeginSync() {
  TWINQ_CHECK(!std::exchange(sync_in_flight_, true));
  return std::make_unique<MemorySync>(end());
}

absl::StatusOr<SyncedUpTo> MemoryJournal::EndSync(std::unique_ptr<SyncTicket> ticket,
                                                  absl::Status outcome) {
  TWINQ_CHECK(std::exchange(sync_in_flight_, false));
  failure_.Update(outcome);
  TWINQ_RETURN_IF_ERROR(failure_);
  const JournalPosition up_to = static_cast<const MemorySync&>(*ticket).up_to();
  synced_ = {.written = up_to, .durable = up_to};
  return synced_;
}

absl::Status MemoryJournal::DropBefore(JournalPosition position) {
  TWINQ_CHECK(position <= synced_.durable);
  for (; dropped_ < position.value(); ++dropped_) records_.pop_front();
  return absl::OkStatus();
}

absl::Status MemoryJournal::Replay(
    absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) {
  uint64_t behind = dropped_;
  for (const std::string& record : records_) {
    TWINQ_RETURN_IF_ERROR(visit(JournalPosition(++behind), record));
  }
  return absl::OkStatus();
}

void MemoryJournal::LoseUnsynced() {
  TWINQ_CHECK(!sync_in_flight_);
  records_.resize(synced_.durable.value() - dropped_);
  failure_ = absl::OkStatus();
}

}  // namespace twinq
