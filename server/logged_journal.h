#ifndef TWINQ_SERVER_LOGGED_JOURNAL_H_
#define TWINQ_SERVER_LOGGED_JOURNAL_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include "broker/shard.h"
#include "core/base/clock.h"
#include "journal/file/file_journal.h"
#include "journal/journal.h"

namespace twinq {

// A journal in a data directory whose replay says how far it is, and ends when it is asked to.
//
// Errors: those of the FileJournal. DataLoss, naming file and offset: the visitor found a record
// malformed (InvalidArgument). Cancelled: Options::is_cancelled said so.
// Thread-safety and cost: as FileJournal.
class LoggedJournal : public Journal {
 public:
  struct Options {
    std::string directory;  // For messages.
    const Clock& clock;     // Never steps.
    std::function<bool()> is_cancelled;
  };
  // What the last Replay() has done.
  struct Replayed {
    uint64_t records = 0;
    uint64_t record_bytes = 0;
    absl::Duration time;
  };

  LoggedJournal(std::unique_ptr<FileJournal> journal, Options options)
      : journal_(std::move(journal)), options_(std::move(options)) {}

  const Replayed& replayed() const { return replayed_; }

  bool keeps_records() const override { return journal_->keeps_records(); }
  absl::StatusOr<JournalPosition> Append(absl::Span<const absl::string_view> records) override {
    return journal_->Append(records);
  }
  SyncedUpTo synced_up_to() const override { return journal_->synced_up_to(); }
  std::unique_ptr<SyncTicket> BeginSync() override { return journal_->BeginSync(); }
  std::unique_ptr<SyncTicket> BeginWrite() override { return journal_->BeginWrite(); }
  absl::StatusOr<SyncedUpTo> EndSync(std::unique_ptr<SyncTicket> ticket,
                                     absl::Status outcome) override {
    return journal_->EndSync(std::move(ticket), std::move(outcome));
  }
  bool WantsSync() const override { return journal_->WantsSync(); }
  absl::Status DropBefore(JournalPosition position) override {
    return journal_->DropBefore(position);
  }
  // Logs about once a second, by the clock.
  absl::Status Replay(
      absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) override;

 private:
  // Between records, now and then: Cancelled if it is to end here.
  absl::Status Look(JournalPosition position);

  const std::unique_ptr<FileJournal> journal_;
  const Options options_;
  Replayed replayed_;
  absl::Time next_log_;
};

// Logs what a replay has read, and what is there after it.
void LogRecovered(const LoggedJournal::Replayed& replayed, const Shard::Totals& totals);

}  // namespace twinq

#endif  // TWINQ_SERVER_LOGGED_JOURNAL_H_
