#include "journal/memory_journal.h"

#include <utility>

#include "core/base/check.h"
#include "core/base/status_macros.h"

namespace twinq {
namespace {

class MemorySync : public SyncTicket {
 public:
  explicit MemorySync(SyncedUpTo once_ended) : once_ended_(once_ended) {}
  absl::Status Run() override { return absl::OkStatus(); }
  SyncedUpTo once_ended() const { return once_ended_; }

 private:
  const SyncedUpTo once_ended_;
};

}  // namespace

absl::StatusOr<JournalPosition> MemoryJournal::Append(absl::Span<const absl::string_view> records) {
  TWINQ_RETURN_IF_ERROR(failure_);
  for (absl::string_view record : records) records_.emplace_back(record);
  return end();
}

std::unique_ptr<SyncTicket> MemoryJournal::BeginSync() {
  return Begin({.written = end(), .durable = end()});
}

std::unique_ptr<SyncTicket> MemoryJournal::BeginWrite() {
  return Begin({.written = end(), .durable = synced_.durable});
}

std::unique_ptr<SyncTicket> MemoryJournal::Begin(SyncedUpTo once_ended) {
  TWINQ_CHECK(!std::exchange(sync_in_flight_, true));
  return std::make_unique<MemorySync>(once_ended);
}

absl::StatusOr<SyncedUpTo> MemoryJournal::EndSync(std::unique_ptr<SyncTicket> ticket,
                                                  absl::Status outcome) {
  TWINQ_CHECK(std::exchange(sync_in_flight_, false));
  failure_.Update(outcome);
  TWINQ_RETURN_IF_ERROR(failure_);
  synced_ = static_cast<const MemorySync&>(*ticket).once_ended();
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

void MemoryJournal::LoseUnsynced() { KeepOnly(synced_.durable); }

void MemoryJournal::LoseUnwritten() { KeepOnly(synced_.written); }

void MemoryJournal::KeepOnly(JournalPosition end) {
  TWINQ_CHECK(!sync_in_flight_);
  records_.resize(end.value() - dropped_);
  // Opening a journal makes durable what it finds.
  synced_ = {.written = end, .durable = end};
  failure_ = absl::OkStatus();
}

}  // namespace twinq
