#ifndef TWINQ_TESTS_SOAK_RAW_CONNECTION_H_
#define TWINQ_TESTS_SOAK_RAW_CONNECTION_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace twinq::soak {

// A TCP connection over which anything may be sent, and that need not be read.
//
// Thread-safety: one thread at a time.
class RawConnection {
 public:
  // Connects to ADDRESS:PORT of IPv4. If that fails, the connection is closed from the beginning.
  explicit RawConnection(const std::string& address);
  ~RawConnection() { Close(); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  // False if not all of it was taken: the server closed the connection, or does not read.
  bool Send(absl::string_view bytes);
  // What has come; waits at most so long for the first of it, then it is empty. None: the server
  // closed the connection, and everything was read.
  std::optional<std::string> Receive(absl::Duration patience);
  void Close();
  // Closes it by a reset: what was not sent yet never is.
  void Reset();

 private:
  int socket_ = -1;  // -1: closed.
};

}  // namespace twinq::soak

#endif  // TWINQ_TESTS_SOAK_RAW_CONNECTION_H_
