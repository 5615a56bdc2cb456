#ifndef TWINQ_TESTS_CRASH_SERVER_PROCESS_H_
#define TWINQ_TESTS_CRASH_SERVER_PROCESS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace twinq::crash {

// How a server, or another program, is started.
struct ServerCommand {
  std::string program;                        // Its path.
  std::vector<std::string> arguments;         // Without the program's name.
  std::string log_path;                       // Its standard error is appended to this file.
  std::vector<std::string> environment = {};  // "NAME=VALUE", beside our own.
};

// Where a server serves.
struct ServerAddresses {
  std::string grpc;
  std::string metrics;  // Empty: they are off.
};

// A running twinqd, or a client that is to be killed like it. It is killed when this object goes,
// and by the kernel when the thread that started it ends.
//
// Thread-safety: one thread at a time.
class ServerProcess {
 public:
  // Internal: the process or its log could not be made. A program that cannot be executed shows in
  // AwaitReady().
  static absl::StatusOr<ServerProcess> Start(const ServerCommand& command);

  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&& other) noexcept;
  ~ServerProcess() { Kill(); }

  // Where it serves, once it has said that it is ready. DeadlineExceeded: not within `timeout`; may
  // be asked again. Aborted: it has ended without getting ready.
  absl::StatusOr<ServerAddresses> AwaitReady(absl::Duration timeout);

  int pid() const { return pid_; }
  // Whether the process has ended by itself.
  bool HasEnded() const;
  // Asks it to end by SIGTERM, and waits. Its exit code, -1 if a signal ended it. DeadlineExceeded:
  // it has not ended within `timeout`. REQUIRES: there is a process.
  absl::StatusOr<int> Terminate(absl::Duration timeout);

  // Ends the process by SIGKILL and waits until it is gone. Does nothing if there is none.
  void Kill();

 private:
  ServerProcess(int pid, int output) : pid_(pid), output_(output) {}

  int pid_ = -1;     // -1: none.
  int output_ = -1;  // Descriptor of its standard output; -1: none.
  std::string line_;
};

// A program's end.
struct Finished {
  int exit_code = -1;  // -1: ended by a signal.
  std::string output;  // Its standard output.
};

// Runs a program to its end.
absl::StatusOr<Finished> RunToEnd(const ServerCommand& command);

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_SERVER_PROCESS_H_
