// Drives another queue server in a closed loop of send, receive and acknowledge, and prints what it
// saw, as one line of JSON like bench_unary's.
//
// One thread; each connection writes its next commands when the last are answered, so that each of
// them has one burst outstanding and the backlog never exceeds a burst a connection.

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <exception>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"

#include "bench/e2e/loop_measurement.h"
#include "bench/e2e/process_usage.h"
#include "bench/e2e/queue_dialect.h"
#include "bench/e2e/stopwatch.h"
#include "bench/e2e/text_cycle.h"
#include "core/base/status_macros.h"

namespace twinq::bench {
namespace {

constexpr int kOurselves = 0;  // To CpuSeconds().
constexpr int kEventsMax = 64;
constexpr size_t kReadBytesMax = size_t{16} << 10;
constexpr int kSilenceMaxMilliseconds = 10'000;

struct Flags {
  std::string dialect;
  uint16_t port = 0;
  int connections = 64;
  int burst = 1;
  int body_bytes = 100;
  double warmup_seconds = 0.5;
  double seconds = 2;
  int server_pid = 0;
};

// A connection to the server on this machine, with its part of the load.
class Connection {
 public:
  Connection(std::unique_ptr<QueueDialect> dialect, const Flags& flags)
      : cycle_(std::move(dialect), static_cast<size_t>(flags.body_bytes), flags.burst) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { close(socket_); }

  absl::Status Connect(uint16_t port) {
    sockaddr_in place = {};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&place), sizeof(place)) != 0) {
      return absl::ErrnoToStatus(errno, "connect");
    }
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    return absl::OkStatus();
  }

  // Blocks where the server does not read, which it does while it owes no answer.
  absl::Status Write(int64_t now_ns) {
    started_ns_ = now_ns;
    absl::string_view rest = cycle_.commands();
    while (!rest.empty()) {
      const ssize_t count = send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return absl::ErrnoToStatus(errno, "send");
      rest.remove_prefix(static_cast<size_t>(count));
    }
    return absl::OkStatus();
  }

  // REQUIRES: there is something to read, or the connection has ended.
  absl::StatusOr<TextCycle::Answered> Read() {
    std::array<char, kReadBytesMax> bytes;
    const ssize_t count = recv(socket_, bytes.data(), bytes.size(), 0);
    if (count < 0) return absl::ErrnoToStatus(errno, "recv");
    if (count == 0) return absl::UnavailableError("the server closed a connection");
    return cycle_.Take(absl::string_view(bytes.data(), static_cast<size_t>(count)));
  }

  int socket() const { return socket_; }
  int64_t started_ns() const { return started_ns_; }
  int64_t messages() const { return cycle_.messages(); }

 private:
  const int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  TextCycle cycle_;
  int64_t started_ns_ = 0;  // When the commands were written that are open.
};

// All connections, each of which has commands open from Open() on.
class Load {
 public:
  Load() = default;
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load() { close(poll_); }

  absl::Status Open(const Flags& flags) {
    for (int i = 0; i < flags.connections; ++i) {
      auto dialect = flags.dialect == "redis_list" ? RedisList(i) : BeanstalkTube();
      Connection& connection = connections_.emplace_back(std::move(dialect), flags);
      TWINQ_RETURN_IF_ERROR(connection.Connect(flags.port));
      epoll_event interest = {.events = EPOLLIN, .data = {.ptr = &connection}};
      if (epoll_ctl(poll_, EPOLL_CTL_ADD, connection.socket(), &interest) != 0) {
        return absl::ErrnoToStatus(errno, "epoll_ctl");
      }
      TWINQ_RETURN_IF_ERROR(connection.Write(MonotonicNanoseconds()));
    }
    return absl::OkStatus();
  }

  // Goes on for so long, and until a message has come to its end; what is open then is so in the
  // next stretch.
  absl::StatusOr<LoopMeasurement> Run(double seconds) {
    LoopMeasurement result;
    const int64_t begin_ns = MonotonicNanoseconds();
    const int64_t end_ns = begin_ns + static_cast<int64_t>(seconds * 1e9);
    int64_t now_ns = begin_ns;
    while (now_ns < end_ns || result.messages == 0) {
      TWINQ_RETURN_IF_ERROR(GoOnWithAnswered(result));
      now_ns = MonotonicNanoseconds();
    }
    result.elapsed_ns = now_ns - begin_ns;
    return result;
  }

 private:
  // Waits until there is an answer to at least one connection.
  absl::Status GoOnWithAnswered(LoopMeasurement& result) {
    const int count = epoll_wait(poll_, events_.data(), kEventsMax, kSilenceMaxMilliseconds);
    if (count < 0 && errno == EINTR) return absl::OkStatus();
    if (count <= 0) return absl::DeadlineExceededError("the server answers nothing");
    for (size_t i = 0; i < static_cast<size_t>(count); ++i) {
      auto& connection = *static_cast<Connection*>(events_[i].data.ptr);
      TWINQ_RETURN_IF_ERROR(GoOn(connection, MonotonicNanoseconds(), result));
    }
    return absl::OkStatus();
  }

  static absl::Status GoOn(Connection& connection, int64_t now_ns, LoopMeasurement& result) {
    const int64_t messages_before = connection.messages();
    TWINQ_ASSIGN_OR_RETURN(const TextCycle::Answered answered, connection.Read());
    if (answered == TextCycle::Answered::kInPart) return absl::OkStatus();
    result.latencies_ns.push_back(now_ns - connection.started_ns());
    result.messages += connection.messages() - messages_before;
    return connection.Write(now_ns);
  }

  const int poll_ = epoll_create1(EPOLL_CLOEXEC);
  std::deque<Connection> connections_;
  std::array<epoll_event, kEventsMax> events_;
};

absl::StatusOr<LoopMeasurement> Drive(const Flags& flags) {
  Load load;
  TWINQ_RETURN_IF_ERROR(load.Open(flags));
  TWINQ_RETURN_IF_ERROR(load.Run(flags.warmup_seconds).status());
  const double server_before = CpuSeconds(flags.server_pid);
  const double client_before = CpuSeconds(kOurselves);
  TWINQ_ASSIGN_OR_RETURN(LoopMeasurement result, load.Run(flags.seconds));
  result.server_cpu_seconds = CpuSeconds(flags.server_pid) - server_before;
  result.client_cpu_seconds = CpuSeconds(kOurselves) - client_before;
  return result;
}

int Main(int argc, char** argv) {
  Flags flags;
  CLI::App app("Drives another queue server in a closed loop; prints one line of JSON.");
  app.add_option("--dialect", flags.dialect, "what the server speaks")
      ->required()
      ->check(CLI::IsMember({"redis_list", "beanstalk"}));
  app.add_option("--port", flags.port, "of the server, on this machine")->required();
  app.add_option("--connections", flags.connections, "each with one burst outstanding");
  app.add_option("--burst", flags.burst, "commands written at once")->check(CLI::PositiveNumber);
  app.add_option("--body-bytes", flags.body_bytes, "size of a message's body");
  app.add_option("--warmup-seconds", flags.warmup_seconds, "driven before measuring");
  app.add_option("--seconds", flags.seconds, "measured");
  app.add_option("--server-pid", flags.server_pid, "whose CPU time to report")->required();
  CLI11_PARSE(app, argc, argv);

  absl::StatusOr<LoopMeasurement> result = Drive(flags);
  if (!result.ok()) {
    std::fprintf(stderr, "bench_peers: %s\n", result.status().ToString().c_str());
    return 1;
  }
  absl::PrintF("{%s, \"body_bytes\": %d, \"connections\": %d, \"burst\": %d}\n",
               JsonMembers(*result), flags.body_bytes, flags.connections, flags.burst);
  return 0;
}

}  // namespace
}  // namespace twinq::bench

int main(int argc, char** argv) {
  try {
    return twinq::bench::Main(argc, argv);
  } catch (const std::exception& error) {  // CLI11 throws.
    std::fprintf(stderr, "bench_peers: %s\n", error.what());
    return 2;
  }
}
