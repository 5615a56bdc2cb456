#ifndef TWINQ_CLIENT_LIB_QUEUE_CLIENT_H_
#define TWINQ_CLIENT_LIB_QUEUE_CLIENT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"

#include "client/lib/messages.h"

namespace grpc {
class ChannelInterface;
}

namespace twinq::client {

class Cancellation;

enum class QueueKind { kStandard, kFifo };

// Of a queue by its name or URL: those of FIFO queues end in ".fifo".
QueueKind KindOfQueue(absl::string_view queue);

// Settings by SQS's names: {"VisibilityTimeout", "60"}.
using QueueAttributes = std::map<std::string, std::string>;

// What a call does that finds no server.
enum class WhenUnavailable : uint8_t {
  kFail,  // Unavailable, at once; within 0.1 s if the call before found none either.
  kWait,  // Waits for one. Unavailable and WasNotSent() (call_status.h) when its time is over.
};

// One message of a batch.
struct OutgoingMessage {
  std::string body;
  SendOptions options = {};
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
                       absl::Duration call_timeout = kCallTimeout,
                       WhenUnavailable when_unavailable = WhenUnavailable::kFail);
  ~QueueClient();
  QueueClient(QueueClient&&) noexcept;
  QueueClient& operator=(QueueClient&&) noexcept;

  // The URL of the queue, which is a new one or has the attributes given. The name of a FIFO queue
  // must end in ".fifo" and no other may.
  absl::StatusOr<std::string> CreateQueue(absl::string_view name, QueueKind kind,
                                          const QueueAttributes& attributes = {});
  absl::StatusOr<std::string> GetQueueUrl(absl::string_view name);
  // The URLs of queues whose names begin with `prefix`, in the order of the names; at most 1,000,
  // those behind the page that `next_token` ended. The token is empty behind the last page.
  struct QueuePage {
    std::vector<std::string> urls;
    std::string next_token;
  };
  absl::StatusOr<QueuePage> ListQueues(absl::string_view prefix = "",
                                       absl::string_view next_token = "");
  absl::Status DeleteQueue(absl::string_view queue);
  // Ends all messages of the queue; at most once in 60 s.
  absl::Status PurgeQueue(absl::string_view queue);
  // All attributes of the queue.
  absl::StatusOr<QueueAttributes> GetQueueAttributes(absl::string_view queue);
  absl::Status SetQueueAttributes(absl::string_view queue, const QueueAttributes& attributes);

  absl::StatusOr<SentMessage> SendMessage(absl::string_view queue, absl::string_view body,
                                          const SendOptions& options = {});
  // One outcome per message, in their order. REQUIRES: 1 to 10 messages.
  absl::StatusOr<std::vector<absl::StatusOr<SentMessage>>> SendMessageBatch(
      absl::string_view queue, absl::Span<const OutgoingMessage> messages);
  // Empty when there was no message in time. `cancellation`, if any, ends the wait.
  absl::StatusOr<std::vector<ReceivedMessage>> ReceiveMessages(
      absl::string_view queue, const ReceiveOptions& options = {},
      Cancellation* cancellation = nullptr);
  absl::Status DeleteMessage(absl::string_view queue, absl::string_view receipt_handle);
  // One outcome per handle, in their order. REQUIRES: 1 to 10 handles.
  absl::StatusOr<std::vector<absl::Status>> DeleteMessageBatch(
      absl::string_view queue, absl::Span<const std::string> receipt_handles);
  // Hides the message for `visibility_timeout` from now on; zero gives it back at once.
  absl::Status ChangeMessageVisibility(absl::string_view queue, absl::string_view receipt_handle,
                                       absl::Duration visibility_timeout);
  // One outcome per handle, in their order. REQUIRES: 1 to 10 handles.
  absl::StatusOr<std::vector<absl::Status>> ChangeMessageVisibilityBatch(
      absl::string_view queue, absl::Span<const std::string> receipt_handles,
      absl::Duration visibility_timeout);

 private:
  class Stub;  // Keeps gRPC out of this header.

  std::unique_ptr<Stub> stub_;
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_QUEUE_CLIENT_H_
