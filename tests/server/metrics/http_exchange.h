#ifndef TWINQ_TESTS_SERVER_METRICS_HTTP_EXCHANGE_H_
#define TWINQ_TESTS_SERVER_METRICS_HTTP_EXCHANGE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace twinq {

// A TCP connection of a test, to say whatever it likes to a server on this machine.
class TestConnection {
 public:
  // REQUIRES: `address` is 127.0.0.1:PORT, and somebody listens there.
  explicit TestConnection(const std::string& address);
  ~TestConnection();
  TestConnection(const TestConnection&) = delete;
  TestConnection& operator=(const TestConnection&) = delete;

  // A peer that has closed is no error.
  void Send(absl::string_view bytes);
  // Nothing more will be sent.
  void EndSending();
  // All that comes until the peer closes the connection.
  std::string ReadToEnd();

 private:
  const int socket_;
};

// What a server answers to these bytes before it closes the connection.
std::string Exchange(const std::string& address, absl::string_view bytes);
// The same for a GET of a path.
std::string Get(const std::string& address, absl::string_view path);

}  // namespace twinq

#endif  // TWINQ_TESTS_SERVER_METRICS_HTTP_EXCHANGE_H_
