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

#include "core/base/status_macros.h"
#include "platform/monotonic_clock.h"

namespace twinq::crash {
namespace {

constexpr absl::string_view kReady = "twinqd ready grpc=";
constexpr absl::string_view kMetrics = " metrics=";

// What the child does between fork and exec, where only system calls are safe.
[[noreturn]] void Become(char* const* arguments, char* const* environment, int output, int log) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execve(arguments[0], arguments, environment);
  _exit(127);
}

struct Child {
  int pid = -1;
  int output = -1;  // Descriptor of its standard output.
};

// Pointers to the words, and a null behind them. Borrows the words.
std::vector<char*> PointersTo(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

absl::StatusOr<Child> Spawn(const ServerCommand& command) {
  std::vector<std::string> words = {command.program};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  const std::vector<char*> arguments = PointersTo(words);
  std::vector<std::string> settings = command.environment;
  for (char** setting = environ; *setting != nullptr; ++setting) settings.emplace_back(*setting);
  const std::vector<char*> environment = PointersTo(settings);
  const int log = open(command.log_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log < 0) return absl::ErrnoToStatus(errno, command.log_path);
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    close(log);
    return absl::ErrnoToStatus(errno, "pipe2");
  }
  const int pid = fork();
  if (pid == 0) Become(arguments.data(), environment.data(), ends[1], log);
  close(ends[1]);
  close(log);
  if (pid < 0) {
    close(ends[0]);
    return absl::ErrnoToStatus(errno, "fork");
  }
  return Child{.pid = pid, .output = ends[0]};
}

// What stands behind `name` in the line, up to the next blank; empty if the name is not there.
std::string WordBehind(absl::string_view name, absl::string_view line) {
  const size_t place = line.find(name);
  if (place == absl::string_view::npos) return "";
  line.remove_prefix(place + name.size());
  return std::string(line.substr(0, line.find(' ')));
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

absl::StatusOr<ServerAddresses> ServerProcess::AwaitReady(absl::Duration timeout) {
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
  if (!absl::StartsWith(line_, kReady)) {
    return absl::AbortedError(absl::StrCat("not a ready line: ", line_));
  }
  return ServerAddresses{.grpc = WordBehind(kReady, line_), .metrics = WordBehind(kMetrics, line_)};
}

bool ServerProcess::HasEnded() const {
  siginfo_t info = {};
  return waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
         info.si_pid != 0;
}

absl::StatusOr<int> ServerProcess::Terminate(absl::Duration timeout) {
  kill(pid_, SIGTERM);
  const platform::MonotonicClock clock;
  const absl::Time deadline = clock.Now() + timeout;
  // Its end of the pipe closes when it ends.
  for (;;) {
    const absl::Duration left = std::max(deadline - clock.Now(), absl::ZeroDuration());
    const timespec patience = absl::ToTimespec(left);
    pollfd readable = {.fd = output_, .events = POLLIN, .revents = 0};
    if (ppoll(&readable, 1, &patience, nullptr) == 0) {
      return absl::DeadlineExceededError(
          absl::StrCat("twinqd has not ended ", absl::FormatDuration(timeout), " after SIGTERM"));
    }
    std::array<char, 512> bytes = {};
    if (read(output_, bytes.data(), bytes.size()) == 0) break;
  }
  const int status = Reap(std::exchange(pid_, -1));
  close(std::exchange(output_, -1));
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
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
