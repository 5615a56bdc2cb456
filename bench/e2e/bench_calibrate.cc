// Measures the machine rather than us, so that a benchmark's floor can be told from a busy machine:
// how fast it copies memory, and how long a byte takes there and back over loopback TCP. One thread
// holds both ends: a second one would measure sleeping and waking, which other load makes faster.
// With a directory that is not there yet, also how long a page takes to the disk under it, written
// over recycled segments and synced. Prints one line of JSON.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include "absl/status/statusor.h"

#include "bench/disk/recycled_segments.h"
#include "bench/e2e/stopwatch.h"

namespace twinq::bench {
namespace {

constexpr size_t kCopiedBytes = size_t{64} << 20;  // Larger than any cache.
constexpr int kCopies = 12;
constexpr int kRoundTrips = 20'000;
constexpr int kSyncs = 300;

double Median(std::vector<int64_t>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return static_cast<double>(*middle);
}

double CopyGigabytesPerSecond() {
  const std::vector<char> source(kCopiedBytes, 'x');
  std::vector<char> target(kCopiedBytes, 'y');
  std::vector<int64_t> times_ns;
  for (int i = 0; i < kCopies; ++i) {
    const int64_t begin_ns = MonotonicNanoseconds();
    std::memcpy(target.data(), source.data(), kCopiedBytes);
    times_ns.push_back(MonotonicNanoseconds() - begin_ns);
  }
  if (target.front() != 'x') return 0;  // Keeps the copies from being optimised away.
  return static_cast<double>(kCopiedBytes) / Median(times_ns);
}

void DisableNagle(int socket) {
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

struct Connection {
  int client = -1;
  int server = -1;
};

// Both ends are -1 when the system has no loopback for us.
Connection ConnectLoopback() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t length = sizeof(address);
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, generic, length) != 0 || listen(listener, 1) != 0 ||
      getsockname(listener, generic, &length) != 0 || connect(client, generic, length) != 0) {
    return {};
  }
  const int server = accept(listener, nullptr, nullptr);
  DisableNagle(client);
  DisableNagle(server);
  return {client, server};
}

double LoopbackRoundTripMicroseconds() {
  const Connection connection = ConnectLoopback();
  std::vector<int64_t> times_ns;
  char byte = 'x';
  for (int i = 0; i < kRoundTrips; ++i) {
    const int64_t begin_ns = MonotonicNanoseconds();
    if (write(connection.client, &byte, 1) != 1 || read(connection.server, &byte, 1) != 1 ||
        write(connection.server, &byte, 1) != 1 || read(connection.client, &byte, 1) != 1) {
      return 0;
    }
    times_ns.push_back(MonotonicNanoseconds() - begin_ns);
  }
  return Median(times_ns) / 1e3;
}

// Of one page: the write and the fdatasync. Negative if the directory cannot be written to.
double SyncMicroseconds(const std::string& directory) {
  const absl::StatusOr<std::unique_ptr<RecycledSegments>> segments =
      RecycledSegments::Create(directory);
  if (!segments.ok()) return -1;
  std::vector<int64_t> times_ns;
  for (int i = 0; i < kSyncs; ++i) {
    const int64_t begin_ns = MonotonicNanoseconds();
    if (!(*segments)->Commit("x").ok()) return -1;
    times_ns.push_back(MonotonicNanoseconds() - begin_ns);
  }
  return Median(times_ns) / 1e3;
}

}  // namespace
}  // namespace twinq::bench

int main(int argc, char** argv) {
  std::printf("{\"memcpy_gb_per_s\": %.2f, \"loopback_round_trip_us\": %.2f",
              twinq::bench::CopyGigabytesPerSecond(),
              twinq::bench::LoopbackRoundTripMicroseconds());
  if (argc > 1) {
    const double sync_us = twinq::bench::SyncMicroseconds(argv[1]);
    if (sync_us < 0) {
      std::fprintf(stderr, "bench_calibrate: cannot write to %s\n", argv[1]);
      return 1;
    }
    std::printf(", \"fdatasync_us\": %.1f", sync_us);
  }
  std::printf("}\n");
  return 0;
}
