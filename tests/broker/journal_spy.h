#ifndef TWINQ_TESTS_BROKER_JOURNAL_SPY_H_
#define TWINQ_TESTS_BROKER_JOURNAL_SPY_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "journal/journal.h"

namespace twinq {

// Everything that was ever appended to a journal, whatever that has let go of since.
class JournalSpy : public Journal {
 public:
  struct Appended {
    std::string bytes;
    JournalPosition behind;
  };

  // Another journal of the same log, after a crash: what was appended behind its end is lost.
  void Watch(std::unique_ptr<Journal> journal, JournalPosition end);
  void Forget() { journal_ = nullptr; }

  const std::vector<Appended>& appended() const { return appended_; }
  // How many of these survive the end of the process, and of the machine.
  size_t written() const { return written_; }
  size_t durable() const { return durable_; }

  bool keeps_records() const override { return true; }
  absl::StatusOr<JournalPosition> Append(absl::Span<const absl::string_view> records) override;
  SyncedUpTo synced_up_to() const override { return journal_->synced_up_to(); }
  std::unique_ptr<SyncTicket> BeginSync() override { return journal_->BeginSync(); }
  std::unique_ptr<SyncTicket> BeginWrite() override { return journal_->BeginWrite(); }
  absl::StatusOr<SyncedUpTo> EndSync(std::unique_ptr<SyncTicket> ticket,
                                     absl::Status outcome) override;
  bool WantsSync() const override { return journal_->WantsSync(); }
  absl::Status DropBefore(JournalPosition position) override;
  absl::Status Replay(
      absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) override {
    return journal_->Replay(visit);
  }
  // The furthest DropBefore().
  JournalPosition head() const { return head_; }

 private:
  size_t CountUpTo(JournalPosition position) const;

  std::unique_ptr<Journal> journal_;
  std::vector<Appended> appended_;
  size_t written_ = 0;
  size_t durable_ = 0;
  JournalPosition head_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_BROKER_JOURNAL_SPY_H_
