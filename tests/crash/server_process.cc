#include "tests/crash/server_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

#include "core/base/status_macros.h"
#include "platform/monotonic_clock.h"

namespace twinq::crash {
namespace {

constexpr absl::string_view kReady = "twinqd ready grpc=";

// What the child does between fork and exec, where only system calls are safe.
[[noreturn]] void Become(char* const* arguments, int output, int log) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execv(arguments[0], arguments);
  _exit(127);
}

struct Child {
  int pid = -1;
  int output = -1;  // Descriptor of its standard output.
};

absl::StatusOr<Child> Spawn(const ServerCommand& command) {
  std::vector<std::string> words = {command.program};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int log = open(command.log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) return absl::ErrnoToStatus(errno, command.log_path);
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    close(log);
    return absl::ErrnoToStatus(errno, "pipe2");
  }
  const int pid = fork();
  if (pid == 0) Become(arguments.data(), ends[1], log);
  close(ends[1]);
  close(log);
  if (pid < 0) {
    close(ends[0]);
    return absl::ErrnoToStatus(errno, "fork");
  }
  return Child{.pid = pid, .output = ends[0]};
}

// The status of the process once it has ended.
int Reap(int pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

absl::StatusOr<ServerProcess> ServerProcess::Start(const ServerCommand& command) {
  TWINQ_ASSIGN_OR_RETURN(const Child child, Spawn(command));
  return ServerProcess(child.pid, child.output);
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::exchange(other.output_, -1)),
      line_(std::move(other.line_)) {}

ServerProcess& ServerProcess::operator=(ServerProcess&& other) noexcept {
  if (this == &other) return *this;
  Kill();
  pid_ = std::exchange(other.pid_, -1);
  output_ = std::exchange(other.output_, -1);
  line_ = std::move(other.line_);
  return *this;
}

absl::StatusOr<std::string> ServerProcess::AwaitReady(absl::Duration timeout) {
  const platform::MonotonicClock clock;
  const absl::Time deadline = clock.Now() + timeout;
  while (!absl::StrContains(line_, '\n')) {
    const absl::Duration left = std::max(deadline - clock.Now(), absl::ZeroDuration());
    const timespec patience = absl::ToTimespec(left);
    pollfd readable = {.fd = output_, .events = POLLIN, .revents = 0};
    if (ppoll(&readable, 1, &patience, nullptr) == 0) {
      return absl::DeadlineExceededError("twinqd is not ready yet");
    }
    std::array<char, 512> bytes = {};
    const ssize_t count = read(output_, bytes.data(), bytes.size());
    if (count == 0) return absl::AbortedError("twinqd ended without getting ready");
    if (count > 0) line_.append(bytes.data(), static_cast<size_t>(count));
  }
  absl::string_view line = line_;
  if (!absl::ConsumePrefix(&line, kReady)) {
    return absl::AbortedError(absl::StrCat("not a ready line: ", line));
  }
  return std::string(line.substr(0, line.find(' ')));
}

void ServerProcess::Kill() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  Reap(pid_);
  close(output_);
  pid_ = -1;
  output_ = -1;
}

absl::StatusOr<Finished> RunToEnd(const ServerCommand& command) {
  TWINQ_ASSIGN_OR_RETURN(const Child child, Spawn(command));
  Finished finished;
  std::array<char, 512> bytes = {};
  for (;;) {
    const ssize_t count = read(child.output, bytes.data(), bytes.size());
    if (count == 0 || (count < 0 && errno != EINTR)) break;
    if (count > 0) finished.output.append(bytes.data(), static_cast<size_t>(count));
  }
  close(child.output);
  const int status = Reap(child.pid);
  if (WIFEXITED(status)) finished.exit_code = WEXITSTATUS(status);
  return finished;
}

}  // namespace twinq::crash
