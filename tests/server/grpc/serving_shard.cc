#include "tests/server/grpc/serving_shard.h"

#include <utility>

#include "absl/status/statusor.h"

#include "core/base/check.h"
#include "server/api/receipt_handles.h"

namespace twinq {
namespace {

v1::ReceiveMessageRequest ReceiveRequest(int wait_seconds) {
  v1::ReceiveMessageRequest request;
  request.set_queue_url("jobs");
  request.set_max_number_of_messages(10);
  request.set_wait_time_seconds(wait_seconds);
  return request;
}

v1::ReceiveMessageResponse Parse(const WireAnswer& answer) {
  TWINQ_CHECK(answer.status.ok());
  v1::ReceiveMessageResponse response;
  TWINQ_CHECK(response.ParseFromString(answer.bytes));
  return response;
}

}  // namespace

ServingShard::ServingShard(int threads) {
  shard.MakeQueue("jobs");
  shard.MakeQueue("orders.fifo");
  absl::StatusOr<std::unique_ptr<GrpcServer>> started =
      GrpcServer::Start({.address = "127.0.0.1:0", .threads = threads}, backend);
  TWINQ_CHECK(started.ok());
  server = *std::move(started);
  client = std::make_unique<WireClient>(server->address());
}

WireAnswer ServingShard::Send(const std::string& body) {
  v1::SendMessageRequest request;
  request.set_queue_url("jobs");
  request.set_message_body(body);
  return client->Ask("SendMessage", request.SerializeAsString());
}

std::vector<v1::Message> ServingShard::Receive() {
  ++receives_;
  const v1::ReceiveMessageResponse response =
      Parse(client->Ask("ReceiveMessage", ReceiveRequest(0).SerializeAsString()));
  return {response.messages().begin(), response.messages().end()};
}

std::vector<std::string> ServingShard::ReceiveBodies() {
  std::vector<std::string> bodies;
  for (const v1::Message& message : Receive()) bodies.push_back(message.body());
  return bodies;
}

std::unique_ptr<WireClient::Call> ServingShard::BeginLongPoll(WireClient& from,
                                                              absl::Duration deadline) {
  auto call = from.Begin("ReceiveMessage", LongPollRequest(), deadline);
  sink.AwaitReceives(++receives_);
  return call;
}

uint32_t ServingShard::DeliveryOf(const v1::Message& message) const {
  const api::ReceiptHandles handles(shard.shard.receipt_key());
  return handles.Open(message.receipt_handle()).value_or(Receipt()).delivery;
}

std::string LongPollRequest() { return ReceiveRequest(20).SerializeAsString(); }

std::vector<std::string> BodiesOf(const WireAnswer& answer) {
  std::vector<std::string> bodies;
  const v1::ReceiveMessageResponse response = Parse(answer);
  for (const v1::Message& message : response.messages()) bodies.push_back(message.body());
  return bodies;
}

}  // namespace twinq
