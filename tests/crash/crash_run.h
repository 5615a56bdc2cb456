#ifndef TWINQ_TESTS_CRASH_CRASH_RUN_H_
#define TWINQ_TESTS_CRASH_CRASH_RUN_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "core/base/clock.h"
#include "core/base/random.h"
#include "platform/thread.h"
#include "tests/crash/catalogue.h"
#include "tests/crash/complaints.h"
#include "tests/crash/options.h"
#include "tests/crash/progress.h"
#include "tests/crash/queue_clients.h"
#include "tests/crash/server_location.h"
#include "tests/crash/server_runs.h"
#include "tests/crash/shared_queue.h"
#include "tests/crash/temporary_queues.h"

namespace twinq::crash {

// The kills of a run, by what the server was doing.
struct Kills {
  int64_t under_load = 0;      // While it was not cleaning its journal.
  int64_t while_cleaning = 0;  // Also under load.
  int64_t in_lull = 0;  // Of both: when nothing was being sent, so the last commit was answered.
  int64_t in_recovery = 0;
};

// The rounds of one run, from the first start of the server to the end of the drain. Prints a line
// for each round.
//
// Thread-safety: one thread at a time.
class CrashRun {
 public:
  // Writes below `dir`, which must exist. Borrows the clock.
  CrashRun(const Options& options, const std::string& dir, const Clock& clock);
  ~CrashRun();
  CrashRun(const CrashRun&) = delete;
  CrashRun& operator=(const CrashRun&) = delete;

  // All rounds and the drain. An error if the server did not come back or stopped answering; what
  // the clients saw until then is of use all the same. REQUIRES: called once.
  absl::Status Run();
  // REQUIRES: Run() has ended; called once.
  std::vector<QueueHistory> TakeHistories();

  const Kills& kills() const { return kills_; }
  const Complaints& complaints() const { return complaints_; }
  int64_t operations() const { return progress_.operations; }
  const std::vector<absl::Duration>& recovery_times() const { return recovery_times_; }

 private:
  absl::Status RunRounds();
  absl::Status StartLastingQueues();
  absl::Status RunRound(int round);
  absl::Status AwaitWork();
  // Before each third kill: lets the calls in progress end, and no client begin another.
  void LullPerhaps(int round);
  // Kills it while it recovers, once or more, if it is this round's turn. Returns the moments.
  absl::StatusOr<std::vector<absl::Duration>> KillInRecovery(int round);
  // After a kill under load: that it left a sound journal, and whether that was being cleaned in
  // the round that had so many operations.
  absl::Status NoteKillUnderLoad(int64_t operations);
  absl::Status Restart();
  // That the server has the queues that it must have, and no other.
  void CheckCatalogue();
  void StopClients();
  absl::Status Drain();
  absl::Duration RandomSpan(absl::Duration max);

  const Options& options_;
  const Clock& clock_;
  SeededRandom random_;
  ServerLocation location_;
  Progress progress_;
  Complaints complaints_;
  const Surroundings surroundings_;
  Catalogue catalogue_;
  const ServerCommand check_command_;
  ServerRuns server_;
  Kills kills_;
  int64_t records_ = 0;  // In the journal, after the last kill under load.
  std::vector<absl::Duration> recovery_times_;
  bool is_drained_ = false;
  std::vector<std::unique_ptr<QueueClients>> queues_;
  TemporaryQueues temporary_queues_;
  platform::Thread temporary_thread_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CRASH_RUN_H_
