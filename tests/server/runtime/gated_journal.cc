#include "tests/server/runtime/gated_journal.h"

#include <utility>

#include "core/base/status_macros.h"

namespace twinq {

class GatedJournal::Ticket : public SyncTicket {
 public:
  Ticket(GatedJournal& journal, std::unique_ptr<SyncTicket> inner)
      : journal_(journal), inner_(std::move(inner)) {}

  absl::Status Run() override { return journal_.RunSync(*inner_); }
  std::unique_ptr<SyncTicket> TakeInner() { return std::move(inner_); }

 private:
  GatedJournal& journal_;
  std::unique_ptr<SyncTicket> inner_;
};

void GatedJournal::EndSyncsWith(absl::Status outcome) {
  const platform::MutexLock lock(mutex_);
  sync_outcome_ = std::move(outcome);
}

std::vector<std::thread::id> GatedJournal::sync_threads() const {
  const platform::MutexLock lock(mutex_);
  return sync_threads_;
}

size_t GatedJournal::appended_records() const {
  const platform::MutexLock lock(mutex_);
  return appended_records_;
}

absl::StatusOr<JournalPosition> GatedJournal::Append(absl::Span<const absl::string_view> records) {
  appends.Pass();
  const platform::MutexLock lock(mutex_);
  appended_records_ += records.size();
  return kept_.Append(records);
}

size_t GatedJournal::full_syncs() const {
  const platform::MutexLock lock(mutex_);
  return full_syncs_;
}

std::unique_ptr<SyncTicket> GatedJournal::BeginWrite() {
  const platform::MutexLock lock(mutex_);
  return std::make_unique<Ticket>(*this, kept_.BeginWrite());
}

std::unique_ptr<SyncTicket> GatedJournal::BeginSync() {
  const platform::MutexLock lock(mutex_);
  ++full_syncs_;
  return std::make_unique<Ticket>(*this, kept_.BeginSync());
}

absl::Status GatedJournal::RunSync(SyncTicket& ticket) {
  {
    const platform::MutexLock lock(mutex_);
    sync_threads_.push_back(std::this_thread::get_id());
  }
  syncs.Pass();
  TWINQ_RETURN_IF_ERROR(ticket.Run());
  const platform::MutexLock lock(mutex_);
  return sync_outcome_;
}

absl::StatusOr<SyncedUpTo> GatedJournal::EndSync(std::unique_ptr<SyncTicket> ticket,
                                                 absl::Status outcome) {
  const platform::MutexLock lock(mutex_);
  return kept_.EndSync(static_cast<Ticket&>(*ticket).TakeInner(), std::move(outcome));
}

SyncedUpTo GatedJournal::synced_up_to() const {
  const platform::MutexLock lock(mutex_);
  return kept_.synced_up_to();
}

absl::Status GatedJournal::DropBefore(JournalPosition position) {
  const platform::MutexLock lock(mutex_);
  return kept_.DropBefore(position);
}

absl::Status GatedJournal::Replay(
    absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) {
  const platform::MutexLock lock(mutex_);
  return kept_.Replay(visit);
}

}  // namespace twinq
