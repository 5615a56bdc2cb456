#ifndef TWINQ_CLIENT_LIB_QUEUE_CLIENT_H_
#define TWINQ_CLIENT_LIB_QUEUE_CLIENT_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace grpc {
class ChannelInterface;
}

namespace twinq::client {

enum class QueueKind { kStandard, kFifo };

// Settings by SQS's names: {"VisibilityTimeout", "60"}.
using QueueAttributes = std::map<std::string, std::string>;

struct SendOptions {
  std::optional<std::string> group_id = std::nullopt;  // A FIFO queue needs it.
  std::optional<std::string> dedup_id = std::nullopt;  // FIFO queues only.
};

struct SentMessage {
  std::string message_id;       // For a duplicate, the first message's.
  std::string sequence_number;  // 20 digits on a FIFO queue, else empty.
};

// What is absent is as the queue's settings say. Spans are whole seconds.
struct ReceiveOptions {
  int messages_max = 1;  // 1 to 10.
  std::optional<absl::Duration> visibility_timeout = std::nullopt;
  // For the first message; zero answers at once.
  std::optional<absl::Duration> wait = std::nullopt;
};

struct ReceivedMessage {
  std::string message_id;
  std::string receipt_handle;  // Names this receive to DeleteMessage and ChangeMessageVisibility.
  std::string body;
};

// The queue service, a method for each of its actions; proto/twinq/v1/queue.proto says what they
// mean. `queue` is a queue's URL or its name.
//
// Guarantee: one method call is one call to the server. Nothing is retried, cached or batched.
// Errors: the service's, its text as message and the SQS error's name in SqsErrorName()
// (call_status.h). Unavailable without such a name: no server. DeadlineExceeded: no answer in time,
// so nobody knows whether the call took effect. InvalidArgument, without a call: a span that is not
// in whole seconds.
// Thread-safety: all methods may be called from any thread, at the same time.
// Cost: a method blocks its thread until the answer is there or the deadline has passed.
class QueueClient {
 public:
  // How long a call may take, for a receive beyond its wait.
  static constexpr absl::Duration kCallTimeout = absl::Seconds(10);

  // REQUIRES: `channel` is not null.
  explicit QueueClient(const std::shared_ptr<grpc::ChannelInterface>& channel,
                       absl::Duration call_timeout = kCallTimeout);
  ~QueueClient();
  QueueClient(QueueClient&&) noexcept;
  QueueClient& operator=(QueueClient&&) noexcept;

  // The URL of the queue, which is a new one or has the attributes given. The name of a FIFO queue
  // must end in ".fifo" and no other may.
  absl::StatusOr<std::string> CreateQueue(absl::string_view name, QueueKind kind,
                                          const QueueAttributes& attributes = {});
  absl::StatusOr<std::string> GetQueueUrl(absl::string_view name);
  // URLs, in the order of the names; at most 1,000.
  absl::StatusOr<std::vector<std::string>> ListQueues();
  absl::Status DeleteQueue(absl::string_view queue);

  absl::StatusOr<SentMessage> SendMessage(absl::string_view queue, absl::string_view body,
                                          const SendOptions& options = {});
  // Empty when there was no message in time.
  absl::StatusOr<std::vector<ReceivedMessage>> ReceiveMessages(absl::string_view queue,
                                                               const ReceiveOptions& options = {});
  absl::Status DeleteMessage(absl::string_view queue, absl::string_view receipt_handle);
  // Hides the message for `visibility_timeout` from now on; zero gives it back at once.
  absl::Status ChangeMessageVisibility(absl::string_view queue, absl::string_view receipt_handle,
                                       absl::Duration visibility_timeout);

 private:
  class Stub;  // Keeps gRPC out of this header.

  std::unique_ptr<Stub> stub_;
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_QUEUE_CLIENT_H_
