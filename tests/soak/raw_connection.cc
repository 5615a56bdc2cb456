#include "tests/soak/raw_connection.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include "absl/strings/numbers.h"

namespace twinq::soak {
namespace {

// A server that does not read for so long never will.
constexpr timeval kSendMax = {.tv_sec = 5, .tv_usec = 0};
constexpr size_t kChunkBytes = size_t{64} << 10;

}  // namespace

RawConnection::RawConnection(const std::string& address) {
  const size_t colon = address.rfind(':');
  uint32_t port = 0;
  sockaddr_in place = {};
  place.sin_family = AF_INET;
  if (colon == std::string::npos || !absl::SimpleAtoi(address.substr(colon + 1), &port) ||
      inet_pton(AF_INET, address.substr(0, colon).c_str(), &place.sin_addr) != 1) {
    return;
  }
  place.sin_port = htons(static_cast<uint16_t>(port));
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return;
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &kSendMax, sizeof(kSendMax));
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&place), sizeof(place)) != 0) Close();
}

bool RawConnection::Send(absl::string_view bytes) {
  while (socket_ >= 0 && !bytes.empty()) {
    const ssize_t count = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) bytes.remove_prefix(static_cast<size_t>(count));
  }
  return socket_ >= 0;
}

std::optional<std::string> RawConnection::Receive(absl::Duration patience) {
  if (socket_ < 0) return std::nullopt;
  pollfd readable = {.fd = socket_, .events = POLLIN, .revents = 0};
  if (poll(&readable, 1, static_cast<int>(absl::ToInt64Milliseconds(patience))) <= 0) return "";
  std::string bytes(kChunkBytes, '\0');
  const ssize_t count = recv(socket_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return std::nullopt;
  bytes.resize(static_cast<size_t>(count));
  return bytes;
}

void RawConnection::Close() {
  if (socket_ >= 0) close(std::exchange(socket_, -1));
}

void RawConnection::Reset() {
  if (socket_ < 0) return;
  const linger at_once = {.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  Close();
}

}  // namespace twinq::soak
