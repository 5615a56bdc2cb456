#ifndef TWINQ_JOURNAL_JOURNAL_H_
#define TWINQ_JOURNAL_JOURNAL_H_

#include <compare>
#include <cstdint>
#include <memory>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace twinq {

// A place in a journal: everything appended before it is at a smaller one. Zero is its beginning.
class JournalPosition {
 public:
  constexpr JournalPosition() = default;
  explicit constexpr JournalPosition(uint64_t value) : value_(value) {}
  constexpr uint64_t value() const { return value_; }
  friend constexpr auto operator<=>(JournalPosition, JournalPosition) = default;

 private:
  uint64_t value_ = 0;
};

// One sync under way. The writer gets it from BeginSync() or BeginWrite(), any thread runs it once,
// and the writer hands it back to EndSync() with the outcome.
class SyncTicket {
 public:
  virtual ~SyncTicket() = default;
  // Writes what was appended before the ticket was begun and, unless that was by BeginWrite(),
  // makes it durable. May block for as long as the disk.
  virtual absl::Status Run() = 0;
};

// How far a journal has come. What lies before `written` survives the end of the process, what lies
// before `durable` survives the end of the machine.
struct SyncedUpTo {
  JournalPosition written;
  JournalPosition durable;
};

// An append-only log of opaque records, totally ordered by position.
//
// Guarantee: once a sync that began after Append() has ended OK, the appended records survive a
// crash of process or machine, as far as the implementation keeps records at all (keeps_records()).
// Unsynced records may be lost, but what Replay() yields is a prefix of what was appended.
// Errors: after a non-OK status the journal refuses appends and syncs until it is opened again.
// Thread-safety: one writer at a time owns a journal; SyncTicket::Run() may be called on any
// thread.
// Cost: Append copies the records and does not wait for the disk.
class Journal {
 public:
  virtual ~Journal() = default;

  // Whether Replay() will ever yield what is appended. If not, the writer may leave the contents of
  // the records out.
  virtual bool keeps_records() const = 0;

  // Returns the position behind the last of the records.
  virtual absl::StatusOr<JournalPosition> Append(absl::Span<const absl::string_view> records) = 0;
  // How far appended records are safe without another sync.
  virtual SyncedUpTo synced_up_to() const = 0;
  // REQUIRES: no sync is in flight.
  virtual std::unique_ptr<SyncTicket> BeginSync() = 0;
  // As BeginSync(), for those who wait for `written` only: `durable` may stay behind until a sync.
  virtual std::unique_ptr<SyncTicket> BeginWrite() { return BeginSync(); }
  virtual absl::StatusOr<SyncedUpTo> EndSync(std::unique_ptr<SyncTicket> ticket,
                                             absl::Status outcome) = 0;

  // Whether a sync would be of use though nothing was appended: what was let go of is still there.
  virtual bool WantsSync() const { return false; }

  // Lets go of every record before `position`; Replay() begins there.
  virtual absl::Status DropBefore(JournalPosition position) = 0;
  // Calls `visit` with each record in order, until the end or the first error, which it returns.
  // The position is the one behind the record.
  virtual absl::Status Replay(
      absl::FunctionRef<absl::Status(JournalPosition, absl::string_view)> visit) = 0;
};

}  // namespace twinq

#endif  // TWINQ_JOURNAL_JOURNAL_H_
