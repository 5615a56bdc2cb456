#include "tests/server/metrics/http_exchange.h"

#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

#include "core/base/check.h"

namespace twinq {

TestConnection::TestConnection(const std::string& address)
    : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  TWINQ_CHECK(socket_ >= 0);
  int port = 0;
  TWINQ_CHECK(absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port));
  sockaddr_in peer = {};
  peer.sin_family = AF_INET;
  peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  peer.sin_port = htons(static_cast<uint16_t>(port));
  TWINQ_CHECK(connect(socket_, reinterpret_cast<sockaddr*>(&peer), sizeof(peer)) == 0);
}

TestConnection::~TestConnection() { close(socket_); }

void TestConnection::Send(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
}

void TestConnection::EndSending() { shutdown(socket_, SHUT_WR); }

std::string TestConnection::ReadToEnd() {
  std::string all;
  std::array<char, 4'096> some = {};
  for (;;) {
    const ssize_t received = recv(socket_, some.data(), some.size(), 0);
    if (received <= 0) return all;
    all.append(some.data(), static_cast<size_t>(received));
  }
}

std::string Exchange(const std::string& address, absl::string_view bytes) {
  TestConnection connection(address);
  connection.Send(bytes);
  connection.EndSending();
  return connection.ReadToEnd();
}

std::string Get(const std::string& address, absl::string_view path) {
  return Exchange(address, absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: test\r\n\r\n"));
}

}  // namespace twinq
