#ifndef TWINQ_TESTS_SERVER_RUNTIME_GATED_JOURNAL_H_
#define TWINQ_TESTS_SERVER_RUNTIME_GATED_JOURNAL_H_

#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"

#include "journal/memory_journal.h"
#include "platform/mutex.h"
#include "tests/server/runtime/gate.h"

namespace twinq {

// A MemoryJournal that a test holds up and makes fail, and that remembers who synced it.
class GatedJournal : public Journal {
 public:
  // Each sync passes `syncs` in SyncTicket::Run(), each append `appends`, which holds the strand.
  Gate syncs;
  Gate appends;

  // How syncs end that run from now on.
  void EndSyncsWith(absl::Status outcome);
  // The threads that have begun a sync, in their order.
  std::vector<std::thread::id> sync_threads() const;
  size_t appended_records() const;

  bool keeps_records() const override { return kept_.keeps_records(); }
  absl::StatusOr<JournalPosition> Append(absl::Span<const absl::string_view> records) override;
  SyncedUpTo synced_up_to() const override { return kept_.synced_up_to(); }
  std::unique_ptr<SyncTicket> BeginSync() override;
  absl::StatusOr<SyncedUpTo> EndSync(std::unique_ptr<SyncTicket> ticket,
                                     absl::Status outcome) override;
  absl::Status DropBefore(JournalPosition position) override { return kept_.DropBefore(position); }
  absl::Status Replay(
      absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) override {
    return kept_.Replay(visit);
  }

 private:
  class Ticket;

  absl::Status RunSync(SyncTicket& ticket);

  MemoryJournal kept_;
  mutable platform::Mutex mutex_;
  absl::Status sync_outcome_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread::id> sync_threads_ ABSL_GUARDED_BY(mutex_);
  size_t appended_records_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_SERVER_RUNTIME_GATED_JOURNAL_H_
