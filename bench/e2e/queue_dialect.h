#ifndef TWINQ_BENCH_E2E_QUEUE_DIALECT_H_
#define TWINQ_BENCH_E2E_QUEUE_DIALECT_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace twinq::bench {

// How one connection says send, receive and acknowledge to a queue server with a protocol of text.
//
// Guarantee: each command has exactly one answer, in the order of the commands, so that several may
// be written at once.
class QueueDialect {
 public:
  // The first answer in some bytes.
  struct Answer {
    size_t bytes = 0;               // Of the answer; 0: it is not complete.
    absl::string_view handle = {};  // To a receive: what acknowledges the message, in those bytes.
  };

  virtual ~QueueDialect() = default;
  virtual std::string Send(absl::string_view body) const = 0;
  // A receive of one message, of which there is one.
  virtual std::string Receive() const = 0;
  virtual std::string Acknowledge(absl::string_view handle) const = 0;
  // An error where the server refuses, has no message, or does not speak the protocol.
  virtual absl::StatusOr<Answer> Read(absl::string_view bytes) const = 0;
};

// Redis, its list as a queue that loses nothing when a consumer does: a receive moves the message
// to a list of this connection's own, from which the acknowledgement removes it.
std::unique_ptr<QueueDialect> RedisList(int connection);

// beanstalkd, its default tube.
std::unique_ptr<QueueDialect> BeanstalkTube();

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_E2E_QUEUE_DIALECT_H_
