#include "bench/e2e/child_process.h"

#include <cerrno>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "bench/e2e/stopwatch.h"

extern char** environ;

namespace twinq::bench {
namespace {

constexpr absl::Duration kGrace = absl::Seconds(5);

// Waits until `descriptor` has something to read, or has ended.
bool WaitReadable(int descriptor, absl::Duration timeout) {
  pollfd entry{descriptor, POLLIN, 0};
  return poll(&entry, 1, static_cast<int>(absl::ToInt64Milliseconds(timeout))) > 0;
}

}  // namespace

absl::StatusOr<ChildProcess> ChildProcess::Start(const std::vector<std::string>& command) {
  int ends[2];
  if (pipe(ends) != 0) return absl::ErrnoToStatus(errno, "pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  pid_t pid = 0;
  const int error =
      posix_spawn(&pid, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return absl::ErrnoToStatus(error, command.front());
  }
  return ChildProcess(pid, ends[0]);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      output_(std::exchange(other.output_, -1)),
      unread_(std::move(other.unread_)) {}

ChildProcess::~ChildProcess() {
  if (pid_ == 0) return;
  kill(pid_, SIGTERM);
  const int64_t give_up_ns = MonotonicNanoseconds() + absl::ToInt64Nanoseconds(kGrace);
  char ignored[256];
  while (MonotonicNanoseconds() < give_up_ns && WaitReadable(output_, kGrace)) {
    if (read(output_, ignored, sizeof(ignored)) <= 0) break;  // Its output ends when it does.
  }
  kill(pid_, SIGKILL);  // Nothing to one that has ended: it stays ours until waited for.
  waitpid(pid_, nullptr, 0);
  close(output_);
}

absl::StatusOr<std::string> ChildProcess::ReadLine(absl::Duration timeout) {
  while (true) {
    const size_t end = unread_.find('\n');
    if (end != std::string::npos) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end + 1);
      return line;
    }
    if (!WaitReadable(output_, timeout)) {
      return absl::DeadlineExceededError("the server printed nothing in time");
    }
    char bytes[512];
    const ssize_t count = read(output_, bytes, sizeof(bytes));
    if (count <= 0) return absl::UnavailableError("the server ended");
    unread_.append(bytes, static_cast<size_t>(count));
  }
}

}  // namespace twinq::bench
