#ifndef TWINQ_TESTS_CLIENT_SCRIPTED_SERVER_H_
#define TWINQ_TESTS_CLIENT_SCRIPTED_SERVER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "proto/twinq/v1/queue.pb.h"

namespace twinq {

// A server of the queue service, over real gRPC, that answers what the test says. It
// sends a status' SQS error name (client/lib/call_status.h) as the real one does.
//
// Thread-safety: handlers are called from gRPC's threads, several at a time if calls come so.
class ScriptedServer {
 public:
  // What has passed of a call's time on arrival is unknown, so deadlines only compare with one
  // another.
  struct Call {
    absl::Duration deadline;  // Since an instant that all calls to all servers share.
  };

  template <typename Request, typename Response>
  using Handler = std::function<absl::Status(const Call&, const Request&, Response&)>;

  // An action without a handler is UNIMPLEMENTED.
  struct Script {
    Handler<v1::CreateQueueRequest, v1::CreateQueueResponse> create_queue = nullptr;
    Handler<v1::GetQueueUrlRequest, v1::GetQueueUrlResponse> get_queue_url = nullptr;
    Handler<v1::ListQueuesRequest, v1::ListQueuesResponse> list_queues = nullptr;
    Handler<v1::DeleteQueueRequest, v1::DeleteQueueResponse> delete_queue = nullptr;
    Handler<v1::SendMessageRequest, v1::SendMessageResponse> send_message = nullptr;
    Handler<v1::SendMessageBatchRequest, v1::SendMessageBatchResponse> send_message_batch = nullptr;
    Handler<v1::ReceiveMessageRequest, v1::ReceiveMessageResponse> receive_message = nullptr;
    Handler<v1::DeleteMessageRequest, v1::DeleteMessageResponse> delete_message = nullptr;
    Handler<v1::DeleteMessageBatchRequest, v1::DeleteMessageBatchResponse> delete_message_batch =
        nullptr;
    Handler<v1::ChangeMessageVisibilityRequest, v1::ChangeMessageVisibilityResponse>
        change_message_visibility = nullptr;
    Handler<v1::ChangeMessageVisibilityBatchRequest, v1::ChangeMessageVisibilityBatchResponse>
        change_message_visibility_batch = nullptr;
  };

  // On a free port, or where another one was that has ended.
  explicit ScriptedServer(Script script, const std::string& address = "127.0.0.1:0");
  ~ScriptedServer();  // Waits for the handlers.

  const std::string& address() const { return address_; }

 private:
  class Service;

  std::unique_ptr<Service> service_;
  std::string address_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_CLIENT_SCRIPTED_SERVER_H_
