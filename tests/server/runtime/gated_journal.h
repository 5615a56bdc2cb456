#ifndef TWINQ_TESTS_SERVER_RUNTIME_GATED_JOURNAL_H_
#define TWINQ_TESTS_SERVER_RUNTIME_GATED_JOURNAL_H_

#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"

#include "journal/memory_journal.h"
#include "platform/mutex.h"
#include "tests/support/gate.h"

namespace twinq {

// A MemoryJournal that a test holds up and makes fail, and that remembers who synced it.
class GatedJournal : public Journal {
 public:
  // Each sync and write passes `syncs` in SyncTicket::Run(), each append `appends`, which holds the
  // strand.
  Gate syncs;
  Gate appends;

  // How syncs end that run from now on.
  void EndSyncsWith(absl::Status outcome);
  // The threads that have begun a sync or write, in their order.
  std::vector<std::thread::id> sync_threads() const;
  // How many of those are full syncs.
  size_t full_syncs() const;
  size_t appended_records() const;

  bool keeps_records() const override { return true; }
  absl::StatusOr<JournalPosition> Append(absl::Span<const absl::string_view> records) override;
  SyncedUpTo synced_up_to() const override;
  std::unique_ptr<SyncTicket> BeginSync() override;
  std::unique_ptr<SyncTicket> BeginWrite() override;
  absl::StatusOr<SyncedUpTo> EndSync(std::unique_ptr<SyncTicket> ticket,
                                     absl::Status outcome) override;
  absl::Status DropBefore(JournalPosition position) override;
  absl::Status Replay(
      absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) override;

 private:
  class Ticket;

  absl::Status RunSync(SyncTicket& ticket);

  mutable platform::Mutex mutex_;
  MemoryJournal kept_ ABSL_GUARDED_BY(mutex_);
  absl::Status sync_outcome_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread::id> sync_threads_ ABSL_GUARDED_BY(mutex_);
  size_t full_syncs_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t appended_records_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_SERVER_RUNTIME_GATED_JOURNAL_H_
