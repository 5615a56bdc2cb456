#ifndef TWINQ_TESTS_CRASH_SERVER_RUNS_H_
#define TWINQ_TESTS_CRASH_SERVER_RUNS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "core/base/clock.h"
#include "sim/history/event.h"
#include "tests/crash/server_process.h"

namespace twinq::crash {

// The server from run to run, all on one data directory.
//
// Thread-safety: one thread at a time.
class ServerRuns {
 public:
  // Borrows the clock, which is that of the histories.
  ServerRuns(ServerCommand command, const Clock& clock)
      : command_(std::move(command)), clock_(clock) {}

  // Starts it and waits until it is ready; how long that took is in recovery_time(). An error if it
  // does not get ready. REQUIRES: it does not run.
  absl::Status Start();
  // Starts it and kills it after this time. Whether it was not yet ready when it was killed; an
  // error if it ended by itself. REQUIRES: it does not run.
  absl::StatusOr<bool> StartAndKill(absl::Duration after);
  void Kill();

  bool is_running() const { return process_.has_value(); }
  // From now on it is started where it serves now. REQUIRES: it has been started.
  void KeepAddress();

  const std::string& address() const { return address_; }
  absl::Duration recovery_time() const { return recovery_time_; }
  // The kills and starts so far. A kill of a server that was not ready is none: it is of the
  // outage.
  const std::vector<history::Incident>& incidents() const { return incidents_; }

 private:
  ServerCommand command_;
  const Clock& clock_;
  std::optional<ServerProcess> process_;
  std::string address_;
  absl::Duration recovery_time_ = absl::ZeroDuration();
  std::vector<history::Incident> incidents_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_SERVER_RUNS_H_
