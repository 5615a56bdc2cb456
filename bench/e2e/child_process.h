#ifndef TWINQ_BENCH_E2E_CHILD_PROCESS_H_
#define TWINQ_BENCH_E2E_CHILD_PROCESS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace twinq::bench {

// A server started by a benchmark, with its standard output on a pipe.
//
// Errors: Start fails when the program cannot be run.
// Lifetime: the destructor ends the process (SIGTERM, after 5 s SIGKILL) and waits for it.
class ChildProcess {
 public:
  // REQUIRES: `command` holds a path and its arguments.
  static absl::StatusOr<ChildProcess> Start(const std::vector<std::string>& command);

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;
  ~ChildProcess();

  int pid() const { return pid_; }

  // The next line of its output, without the newline. DeadlineExceeded when none came in time;
  // Unavailable when its output ended, as it does when the process does.
  absl::StatusOr<std::string> ReadLine(absl::Duration timeout);

 private:
  ChildProcess(int pid, int output) : pid_(pid), output_(output) {}

  int pid_;
  int output_;
  std::string unread_;
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_E2E_CHILD_PROCESS_H_
