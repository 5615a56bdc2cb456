#ifndef TWINQ_TESTS_JOURNAL_CRASHING_LOG_H_
#define TWINQ_TESTS_JOURNAL_CRASHING_LOG_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"

#include "core/base/random.h"
#include "journal/file/file_journal.h"
#include "journal/journal.h"
#include "tests/support/memory_file_system.h"

namespace twinq {

// A FileJournal on a file system in memory, beside a list of what was appended to it: after every
// crash, what the journal finds is compared with what it may have lost.
//
// Everything stops working at a crash or failure that was planned on files(); Restart() goes on.
class CrashingLog {
 public:
  enum class Crash : uint8_t { kOfProcess, kOfMachine };

  CrashingLog(uint64_t seed, uint64_t segment_bytes);

  MemoryFileSystem& files() { return files_; }
  FileJournal& journal() { return *journal_; }
  bool is_open() const { return journal_ != nullptr; }
  size_t appended() const { return records_.size(); }

  // Opens the journal and checks what it finds. Not OK: a planned failure.
  absl::Status Open();
  // So many records of random sizes.
  absl::Status Append(size_t count);
  absl::Status AppendOfSize(size_t bytes);
  absl::Status Sync();
  absl::Status Write();
  // Lets go of some of what is durable.
  absl::Status Drop();
  // One of the above, with Sync() among the likely.
  absl::Status DoSomething();
  // Like an end without warning: what was planned and not reached never happens.
  void Restart(Crash crash);

  // What was found wrong, else empty.
  const std::string& violation() const { return violation_; }

 private:
  struct Appended {
    std::string bytes;
    JournalPosition behind;
  };

  absl::Status AppendRecord(std::string record);
  absl::Status EndSync(std::unique_ptr<SyncTicket> ticket);
  // Compares what the journal yields with what it must, and may; forgets what it lost.
  absl::Status CheckReplay();
  void CheckRecords(const std::vector<Appended>& found);
  void Violated(std::string what);

  MemoryFileSystem files_;
  SeededRandom random_;
  const uint64_t segment_bytes_;
  std::unique_ptr<FileJournal> journal_;
  std::string violation_;

  std::vector<Appended> records_;  // All that may still be there, from the log's first.
  size_t survives_process_ = 0;    // How many of them were written,
  size_t survives_machine_ = 0;    // and durable.
  size_t must_survive_ = 0;        // One of these two, according to the crash.
  size_t head_ = 0;                // How many were let go of,
  size_t head_durable_ = 0;        // and for good.
};

}  // namespace twinq

#endif  // TWINQ_TESTS_JOURNAL_CRASHING_LOG_H_
