#include "tests/server/api/api_server.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "google/protobuf/text_format.h"

#include "core/base/check.h"

namespace twinq::api {

void TestCall::Await() {
  const platform::MutexLock lock(board_.mutex);
  while (times_done_ == 0) board_.changed.Wait(board_.mutex);
}

int TestCall::times_done() const {
  const platform::MutexLock lock(board_.mutex);
  return times_done_;
}

void TestCall::OnDone(const std::optional<ApiError>& error) {
  const platform::MutexLock lock(board_.mutex);
  error_ = error;
  ++times_done_;
  board_.changed.NotifyAll();
}

const Action& ActionNamed(absl::string_view name) {
  for (const absl::Span<const Action> actions : {Actions(), AdminActions()}) {
    for (const Action& action : actions) {
      if (action.name == name) return action;
    }
  }
  TWINQ_CHECK(false);  // The test names an action that there is not.
}

ApiServer::ApiServer(Journal& journal, size_t inbox_commands_max)
    : shard(journal, {.inbox_commands_max = inbox_commands_max}),
      backend(shard.runner, shard.shard.receipt_key()),
      context{.backend = backend,
              .random = random,
              .address = "host:9323",
              .echoed_bytes_max = kEchoedBytesMax} {}

std::optional<ApiError> ApiServer::Call(const google::protobuf::Message& request,
                                        google::protobuf::Message& response, Digests digests) {
  const std::string& type = request.GetDescriptor()->name();
  TestCall call(context, board());
  call.Start(ActionNamed(absl::StripSuffix(type, "Request")), request, response, digests);
  call.Await();
  return call.error();
}

std::optional<ApiError> ApiServer::CallWithText(absl::string_view action,
                                                const std::string& request) {
  const Action& called = ActionNamed(action);
  const std::unique_ptr<google::protobuf::Message> parsed(called.request->New());
  TWINQ_CHECK(google::protobuf::TextFormat::ParseFromString(request, parsed.get()));
  const std::unique_ptr<google::protobuf::Message> response(called.response->New());
  return Call(*parsed, *response);
}

std::string ApiServer::CreateQueue(const std::string& name,
                                   const std::map<std::string, std::string>& attributes) {
  v1::CreateQueueRequest request;
  request.set_queue_name(name);
  request.mutable_attributes()->insert(attributes.begin(), attributes.end());
  if (absl::EndsWith(name, ".fifo")) (*request.mutable_attributes())["FifoQueue"] = "true";
  v1::CreateQueueResponse response;
  TWINQ_CHECK(!Call(request, response).has_value());
  return response.queue_url();
}

v1::SendMessageResponse ApiServer::Send(const std::string& queue, const std::string& body) {
  v1::SendMessageRequest request;
  request.set_queue_url(queue);
  request.set_message_body(body);
  v1::SendMessageResponse response;
  TWINQ_CHECK(!Call(request, response).has_value());
  return response;
}

v1::SendMessageResponse ApiServer::SendToGroup(const std::string& queue, const std::string& group,
                                               const std::string& body) {
  v1::SendMessageRequest request;
  request.set_queue_url(queue);
  request.set_message_body(body);
  request.set_message_group_id(group);
  request.set_message_deduplication_id(body);
  v1::SendMessageResponse response;
  TWINQ_CHECK(!Call(request, response).has_value());
  return response;
}

std::vector<v1::Message> ApiServer::Receive(const std::string& queue, int messages_max) {
  v1::ReceiveMessageRequest request;
  request.set_queue_url(queue);
  request.set_max_number_of_messages(messages_max);
  v1::ReceiveMessageResponse response;
  TWINQ_CHECK(!Call(request, response).has_value());
  return {response.messages().begin(), response.messages().end()};
}

std::vector<std::string> ApiServer::ReceiveBodies(const std::string& queue) {
  std::vector<std::string> bodies;
  for (const v1::Message& message : Receive(queue)) bodies.push_back(message.body());
  return bodies;
}

uint32_t ApiServer::DeliveryOf(const v1::Message& message) const {
  return backend.handles().Open(message.receipt_handle()).value_or(Receipt()).delivery;
}

}  // namespace twinq::api
