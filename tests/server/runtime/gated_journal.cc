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

std::unique_ptr<SyncTicket> GatedJournal::BeginSync() {
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
  return kept_.EndSync(static_cast<Ticket&>(*ticket).TakeInner(), std::move(outcome));
}

}  // namespace twinq
