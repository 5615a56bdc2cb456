#ifndef TWINQ_CLIENT_LIB_CONSUMER_H_
#define TWINQ_CLIENT_LIB_CONSUMER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "client/lib/messages.h"
#include "client/lib/queue_client.h"
#include "client/lib/retry.h"

namespace twinq::platform {
class WaitingClock;
}

namespace twinq::client {

// What becomes of a message whose handler failed.
enum class AfterFailure : uint8_t {
  kRelease,  // It is given back at once.
  kWait,     // It is left to its visibility timeout.
};

struct ConsumerOptions {
  int handlers = 10;  // Messages handled at once, a thread each; at least 1.
  int prefetch = 0;   // Messages received while all handlers are busy; at least 0.
  absl::Duration wait = absl::Seconds(20);  // Of a long poll; whole seconds, 0 to 20.
  // Of a receive, and of each extension while a message waits or is handled; whole seconds, 1 to
  // 43,200. After a crash of the consumer its messages are others' after so long.
  absl::Duration visibility_timeout = absl::Seconds(30);
  AfterFailure after_failure = AfterFailure::kRelease;
  Details details = Details::kBody;  // Message groups come anyway on a FIFO queue.
  RetryPolicy retry = {};            // Of acks. Receives are repeated until Stop().
  absl::Duration call_timeout = QueueClient::kCallTimeout;
  // Told, from a thread of the consumer, of each failure that it goes on after: of a handler, of a
  // call that is made again, of an ack that was refused.
  std::function<void(const absl::Status&)> on_trouble = nullptr;
  platform::WaitingClock* clock = nullptr;      // Must outlive the consumer. Null: the machine's.
  std::optional<uint64_t> seed = std::nullopt;  // Of the pauses between attempts.
};

// Receives the messages of one queue, gives each to a handler, and deletes those that it handled.
//
//   Consumer consumer(Connect("127.0.0.1:9323"), "orders.fifo", [](const ReceivedMessage& message)
//   {
//     return Charge(message.body);
//   });
//   consumer.Wait();
//
// Guarantees:
// - A message is deleted only after its handler returned OK. One that was handled is not handled
//   again by this consumer, even if its ack failed and the queue delivers it once more.
// - Messages of a FIFO queue's group are handled one at a time and in their order. When one fails,
//   the later ones that came with it are given back and come again behind it.
// - While a message waits for its handler or is handled, its visibility is extended, up to the
//   service's twelve hours. When that fails for too long others may get the message; one that has
//   not begun to be handled is then dropped.
// - Acks go in batches of what has been handled since the call before. A process that is killed
//   leaves at most those, and what it handled, to be delivered again.
// Errors: a failure that may pass (no server, a lost answer, a full server) is waited out. Any
// other failure to receive ends the consumer, and Wait() tells it.
// Thread-safety: all methods may be called from any thread, Wait() and Stop() not from a handler's.
// Lifetime: the destructor calls Stop().
// Cost: `handlers` and three threads; a connection's worth of calls, one receive at a time.
class Consumer {
 public:
  // Called from several threads at once. An exception counts as a failure.
  using Handler = std::function<absl::Status(const ReceivedMessage&)>;

  // `queue` is a name or a URL; one that ends in ".fifo" is a FIFO queue's.
  // REQUIRES: `channel` is not null, and the options are in their ranges.
  Consumer(const std::shared_ptr<grpc::ChannelInterface>& channel, std::string queue,
           const ConsumerOptions& options = {});
  ~Consumer();
  Consumer(const Consumer&) = delete;
  Consumer& operator=(const Consumer&) = delete;

  // Start() and Wait().
  absl::Status Run(Handler handler);

  // Begins to receive. REQUIRES: it was not started before.
  void Start(Handler handler);

  // Waits until the consumer has ended: OK if it was stopped, else the failure that ended it.
  // REQUIRES: it was started.
  absl::Status Wait();

  // Ends it: receives no more, gives back what no handler has begun, waits for the handlers that
  // run and acknowledges what they handled. Takes as long as they do, and as acks may be tried.
  void Stop();
  // The same without waiting for the end. A handler may call it.
  void BeginStop();

 private:
  class Work;

  std::unique_ptr<Work> work_;
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_CONSUMER_H_
