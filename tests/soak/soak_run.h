#ifndef TWINQ_TESTS_SOAK_SOAK_RUN_H_
#define TWINQ_TESTS_SOAK_SOAK_RUN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "core/base/clock.h"
#include "core/base/random.h"
#include "tests/crash/complaints.h"
#include "tests/crash/progress.h"
#include "tests/crash/queue_clients.h"
#include "tests/crash/server_location.h"
#include "tests/crash/server_process.h"
#include "tests/crash/shared_queue.h"
#include "tests/soak/host_faults.h"
#include "tests/soak/hostile_crowd.h"
#include "tests/soak/options.h"
#include "tests/soak/probe.h"
#include "tests/soak/server_figures.h"
#include "tests/soak/soak_report.h"

namespace twinq::soak {

// The cycles of one soak, from the server's start to its end. Prints a line for each.
//
// A cycle: clients that behave, a probe and a hostile crowd, all at once, on a machine with faults;
// then the crowd ends, and consumers drain the queues; then the server's clock is set forward
// beyond the deduplication window, and its memory must be what it was at the start.
//
// Thread-safety: one thread at a time.
class SoakRun {
 public:
  // Writes below `dir`, which must exist. Borrows the clock.
  SoakRun(const Options& options, const std::string& dir, const Clock& clock);
  ~SoakRun();
  SoakRun(const SoakRun&) = delete;
  SoakRun& operator=(const SoakRun&) = delete;

  // An error if the server ended, or stopped answering. REQUIRES: called once.
  absl::Status Run();

  const SoakReport& report() const { return report_; }
  const crash::Complaints& complaints() const { return complaints_; }

 private:
  absl::Status Start();
  absl::Status MakeQueues();
  absl::Status RunCycle(int cycle);
  // Slows the disk and sets the clock back, for as long as the hostile phase lasts.
  absl::Status Disturb();
  absl::Status Drain();
  absl::Status AwaitDrained(const crash::QueueClients& queue, absl::Time deadline);
  absl::Status End();
  // Judges what the clients of the cycle saw.
  void JudgeCycle();
  // Waits until the server's memory is accounted as at the start, and complains if it never is.
  absl::Status AwaitMemoryOfStart(int cycle);
  void CompareResident(int cycle, const ServerFigures& figures);
  absl::Status CheckAlive() const;

  const Options& options_;
  const Schedule schedule_;
  const std::string dir_;
  const Clock& clock_;
  SeededRandom random_;
  HostFaults faults_;
  crash::ServerLocation location_;
  crash::Progress progress_;
  crash::Complaints complaints_;
  const crash::Surroundings surroundings_;
  std::optional<crash::ServerProcess> server_;
  crash::ServerAddresses addresses_;
  Timestamp started_at_;
  ServerFigures start_;
  std::vector<std::unique_ptr<crash::QueueClients>> queues_;
  SoakReport report_;
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_SOAK_RUN_H_
