#ifndef TWINQ_TESTS_BROKER_CRASHING_SHARD_H_
#define TWINQ_TESTS_BROKER_CRASHING_SHARD_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"

#include "broker/shard.h"
#include "core/base/random.h"
#include "journal/file/file_journal.h"
#include "tests/broker/journal_spy.h"
#include "tests/support/memory_file_system.h"
#include "tests/support/random_commands.h"

namespace twinq {

// A shard with its journal on a file system in memory, under random commands. It cleans its log all
// the time, because it is allowed next to no slack. Beside it, every record it ever appended: after
// a crash it must be what a broker becomes by those that survived, and those must hold all of which
// a reply has told.
//
// Everything stops working at a crash or failure that was planned on files(); Restart() goes on.
class CrashingShard {
 public:
  enum class Crash : uint8_t { kOfProcess, kOfMachine };

  explicit CrashingShard(uint64_t seed);
  ~CrashingShard();

  MemoryFileSystem& files() { return files_; }
  const JournalSpy& spy() const { return spy_; }
  Broker& broker() { return shard_->broker(); }

  // Recovers and checks what was recovered. Not OK: a planned failure.
  absl::Status Start();
  // A command or what is due, then perhaps a part of the way to its reply.
  absl::Status DoSomething();
  // Does what is due and compares the shard with its records.
  absl::Status Check();
  // Receives everything that can be received, and compares who got what in which order.
  void CheckDeliveries();
  // Like an end without warning: what was planned and not reached never happens.
  void Restart(Crash crash);

  // What was found wrong, else empty.
  const std::string& violation() const { return violation_; }

 private:
  struct Sent;

  void DoCommand();
  void Execute(Command command);
  void Cancel(const CancelWaiter& cancel);
  void Learn();
  absl::Status Flush();
  absl::Status Sync();
  absl::Status EndSync();
  // Which of the records that were just appended a reply must wait for.
  void NoteAppended();
  bool IsNews(const Record& record);
  std::unique_ptr<Broker> Reference() const;
  std::string ReceivedFrom(Broker& broker, QueueId queue);
  void Violated(std::string what);

  MemoryFileSystem files_;
  SeededRandom random_;
  RandomCommands commands_;
  Timestamp now_;
  std::string violation_;

  JournalSpy spy_;
  std::unique_ptr<Shard> shard_;
  std::vector<std::unique_ptr<Sent>> sent_;  // Not answered yet.
  const Sent* last_executed_ = nullptr;      // If nothing was done since, nor flushed.
  std::vector<size_t> starts_;               // How many records each start has found.
  std::unique_ptr<SyncTicket> ticket_;
  absl::Status ticket_outcome_;

  size_t noted_ = 0;         // Records looked at.
  size_t last_news_ = 0;     // Behind the last that says something new,
  size_t must_survive_ = 0;  // and that of which a reply told.
  std::set<SequenceNumber> known_messages_;
  std::map<QueueId, QueuePut> known_queues_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_BROKER_CRASHING_SHARD_H_
