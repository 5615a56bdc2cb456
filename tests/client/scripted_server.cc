#include "tests/client/scripted_server.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "grpc/support/time.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"

#include "proto/twinq/v1/queue.grpc.pb.h"

#include "client/lib/call_status.h"
#include "core/base/check.h"

namespace twinq {

class ScriptedServer::Service : public v1::QueueService::Service {
 public:
  explicit Service(Script script) : script_(std::move(script)) {}

  int Start(const std::string& address) {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    TWINQ_CHECK(server_ != nullptr);
    return port;
  }

  template <typename Request, typename Response>
  static grpc::Status Answer(const Handler<Request, Response>& handler,
                             grpc::ServerContext* context, const Request* request,
                             Response* response) {
    if (!handler) return {grpc::StatusCode::UNIMPLEMENTED, "not in the script"};
    const gpr_timespec deadline = context->raw_deadline();
    const absl::Status status =
        handler({.deadline = absl::Seconds(deadline.tv_sec) + absl::Nanoseconds(deadline.tv_nsec)},
                *request, *response);
    if (const std::string name = client::SqsErrorName(status); !name.empty()) {
      context->AddTrailingMetadata("twinq-error", name);
    }
    return {static_cast<grpc::StatusCode>(status.code()), std::string(status.message())};
  }

  grpc::Status CreateQueue(grpc::ServerContext* context, const v1::CreateQueueRequest* request,
                           v1::CreateQueueResponse* response) override {
    return Answer(script_.create_queue, context, request, response);
  }
  grpc::Status GetQueueUrl(grpc::ServerContext* context, const v1::GetQueueUrlRequest* request,
                           v1::GetQueueUrlResponse* response) override {
    return Answer(script_.get_queue_url, context, request, response);
  }
  grpc::Status ListQueues(grpc::ServerContext* context, const v1::ListQueuesRequest* request,
                          v1::ListQueuesResponse* response) override {
    return Answer(script_.list_queues, context, request, response);
  }
  grpc::Status DeleteQueue(grpc::ServerContext* context, const v1::DeleteQueueRequest* request,
                           v1::DeleteQueueResponse* response) override {
    return Answer(script_.delete_queue, context, request, response);
  }
  grpc::Status SendMessage(grpc::ServerContext* context, const v1::SendMessageRequest* request,
                           v1::SendMessageResponse* response) override {
    return Answer(script_.send_message, context, request, response);
  }
  grpc::Status SendMessageBatch(grpc::ServerContext* context,
                                const v1::SendMessageBatchRequest* request,
                                v1::SendMessageBatchResponse* response) override {
    return Answer(script_.send_message_batch, context, request, response);
  }
  grpc::Status ReceiveMessage(grpc::ServerContext* context,
                              const v1::ReceiveMessageRequest* request,
                              v1::ReceiveMessageResponse* response) override {
    return Answer(script_.receive_message, context, request, response);
  }
  grpc::Status DeleteMessage(grpc::ServerContext* context, const v1::DeleteMessageRequest* request,
                             v1::DeleteMessageResponse* response) override {
    return Answer(script_.delete_message, context, request, response);
  }
  grpc::Status DeleteMessageBatch(grpc::ServerContext* context,
                                  const v1::DeleteMessageBatchRequest* request,
                                  v1::DeleteMessageBatchResponse* response) override {
    return Answer(script_.delete_message_batch, context, request, response);
  }
  grpc::Status ChangeMessageVisibility(grpc::ServerContext* context,
                                       const v1::ChangeMessageVisibilityRequest* request,
                                       v1::ChangeMessageVisibilityResponse* response) override {
    return Answer(script_.change_message_visibility, context, request, response);
  }
  grpc::Status ChangeMessageVisibilityBatch(
      grpc::ServerContext* context, const v1::ChangeMessageVisibilityBatchRequest* request,
      v1::ChangeMessageVisibilityBatchResponse* response) override {
    return Answer(script_.change_message_visibility_batch, context, request, response);
  }

 private:
  Script script_;
  std::unique_ptr<grpc::Server> server_;  // Last, so that it has ended before the script goes.
};

ScriptedServer::ScriptedServer(Script script, const std::string& address)
    : service_(std::make_unique<Service>(std::move(script))),
      address_(absl::StrCat("127.0.0.1:", service_->Start(address))) {}

ScriptedServer::~ScriptedServer() = default;

}  // namespace twinq
