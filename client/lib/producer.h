#ifndef TWINQ_CLIENT_LIB_PRODUCER_H_
#define TWINQ_CLIENT_LIB_PRODUCER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "client/lib/messages.h"
#include "client/lib/queue_client.h"
#include "client/lib/retry.h"

namespace twinq::platform {
class WaitingClock;
}

namespace twinq::client {

// What becomes of a message for a standard queue when nobody knows whether it was stored: the
// answer was lost, or came too late. One for a FIFO queue is always sent again: its dedup id, or
// its body where the queue takes dedup ids from bodies, keeps it from being stored twice.
enum class WhenUnknown : uint8_t {
  kFail,       // Its outcome is the failure: it may be stored or not.
  kSendAgain,  // It is sent again: it may be stored twice.
};

struct ProducerOptions {
  int batch_messages_max = 10;                    // 1 to 10.
  size_t batch_bytes_max = 1'048'576;             // Of bodies and attributes; the service's most.
  absl::Duration linger = absl::Milliseconds(5);  // How long a message waits for company.
  int calls_max = 4;                              // Batches under way at once, a thread each.
  size_t pending_messages_max = 10'000;           // Sent and without an outcome; at least 1.
  size_t pending_bytes_max = size_t{64} << 20;    // Of their bodies and attributes.
  WhenUnknown when_unknown = WhenUnknown::kFail;
  // For a FIFO queue at most four minutes are given: dedup ids are known for five.
  RetryPolicy retry = {};
  absl::Duration call_timeout = QueueClient::kCallTimeout;
  platform::WaitingClock* clock = nullptr;      // Must outlive the producer. Null: the machine's.
  std::optional<uint64_t> seed = std::nullopt;  // Of the pauses between attempts.
};

// Sends messages to one queue, several in a call and several calls at once.
//
//   Producer producer(Connect("127.0.0.1:9323"), "orders.fifo");
//   producer.Send({.body = "paid", .options = {.group_id = "ada", .dedup_id = "7"}});
//
// Guarantee: each message has exactly one outcome. A FIFO queue stores the messages of a group in
// the order of Send(), and none twice, whatever is sent again. A standard queue's messages keep
// their order only within a batch.
// Errors: an outcome is the service's answer to that message alone; a batch that is refused as a
// whole is sent again message by message. A call that failed for a reason that may pass is made
// again as the options say, when it cannot have had an effect or may have it twice. While there is
// no server, messages wait for one.
// Thread-safety: all methods may be called from any thread.
// Lifetime: the destructor flushes, which takes as long as the options let attempts go on.
// Cost: memory as the options say; `calls_max` threads.
class Producer {
 public:
  using Outcome = absl::StatusOr<SentMessage>;
  // Called from a thread of the producer, which it holds up; must not wait for the producer.
  using OnOutcome = std::function<void(Outcome)>;

  // `queue` is a name or a URL; one that ends in ".fifo" is a FIFO queue's.
  // REQUIRES: `channel` is not null, and the options are in their ranges.
  Producer(const std::shared_ptr<grpc::ChannelInterface>& channel, std::string queue,
           const ProducerOptions& options = {});
  ~Producer();
  Producer(const Producer&) = delete;
  Producer& operator=(const Producer&) = delete;

  // Takes the message; waits first while more is pending than may be.
  std::future<Outcome> Send(OutgoingMessage message);
  void Send(OutgoingMessage message, OnOutcome on_outcome);

  // Takes the message and answers true, or, while more is pending than may be, leaves it alone and
  // answers false.
  bool TrySend(OutgoingMessage&& message, OnOutcome on_outcome);

  // Sends without lingering what was taken before, and waits for its outcomes.
  void Flush();

 private:
  class Work;

  std::unique_ptr<Work> work_;
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_PRODUCER_H_
