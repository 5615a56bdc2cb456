#include "bench/e2e/call_script.h"

#include "absl/strings/str_cat.h"

#include "core/base/check.h"

namespace twinq::bench {
namespace {

constexpr int kBatchEntries = 10;

std::string MethodNamed(absl::string_view name) {
  return absl::StrCat("/twinq.v1.QueueService/", name);
}

grpc::ByteBuffer Serialise(const google::protobuf::Message& message) {
  const std::string bytes = message.SerializeAsString();
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// REQUIRES: the server answers with this message.
void Parse(const grpc::ByteBuffer& answer, google::protobuf::Message& message) {
  grpc::Slice bytes;
  TWINQ_CHECK(answer.TrySingleSlice(&bytes).ok() || answer.DumpToSingleSlice(&bytes).ok());
  TWINQ_CHECK(message.ParseFromArray(bytes.begin(), static_cast<int>(bytes.size())));
}

grpc::ByteBuffer SerialisedSend(const std::string& queue, size_t body_bytes) {
  v1::SendMessageRequest send;
  send.set_queue_url(queue);
  send.set_message_body(std::string(body_bytes, 'x'));
  return Serialise(send);
}

grpc::ByteBuffer SerialisedReceive(const std::string& queue, int messages_max) {
  v1::ReceiveMessageRequest receive;
  receive.set_queue_url(queue);
  receive.set_max_number_of_messages(messages_max);
  return Serialise(receive);
}

}  // namespace

RepeatedSend::RepeatedSend(const std::string& queue, size_t body_bytes)
    : request_(SerialisedSend(queue, body_bytes)) {}

CallScript::Call RepeatedSend::First() {
  return {.method = MethodNamed("SendMessage"), .request = &request_};
}

CallScript::Call RepeatedSend::Next(const grpc::ByteBuffer&) {
  ++messages_;
  return First();
}

SingleCycle::SingleCycle(const std::string& queue, size_t body_bytes)
    : send_(SerialisedSend(queue, body_bytes)), receive_(SerialisedReceive(queue, 1)) {
  deletion_.set_queue_url(queue);
}

CallScript::Call SingleCycle::First() {
  step_ = Step::kSend;
  return {.method = MethodNamed("SendMessage"), .request = &send_};
}

CallScript::Call SingleCycle::Next(const grpc::ByteBuffer& answer) {
  switch (step_) {
    case Step::kSend:
      step_ = Step::kReceive;
      return {.method = MethodNamed("ReceiveMessage"), .request = &receive_};
    case Step::kReceive:
      return Delete(answer);
    case Step::kDelete:
      ++messages_;
      return First();
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

CallScript::Call SingleCycle::Delete(const grpc::ByteBuffer& received) {
  Parse(received, received_);
  if (received_.messages().empty()) return First();
  deletion_.set_receipt_handle(received_.messages(0).receipt_handle());
  delete_ = Serialise(deletion_);
  step_ = Step::kDelete;
  return {.method = MethodNamed("DeleteMessage"), .request = &delete_};
}

BatchCycle::BatchCycle(const std::string& queue, size_t body_bytes) {
  v1::SendMessageBatchRequest send;
  send.set_queue_url(queue);
  for (int i = 0; i < kBatchEntries; ++i) {
    v1::SendMessageBatchRequestEntry& entry = *send.add_entries();
    entry.set_id(absl::StrCat(i));
    entry.set_message_body(std::string(body_bytes, 'x'));
  }
  send_ = Serialise(send);
  receive_ = SerialisedReceive(queue, kBatchEntries);
  deletion_.set_queue_url(queue);
}

CallScript::Call BatchCycle::First() {
  step_ = Step::kSend;
  return {.method = MethodNamed("SendMessageBatch"), .request = &send_};
}

CallScript::Call BatchCycle::Next(const grpc::ByteBuffer& answer) {
  switch (step_) {
    case Step::kSend:
      step_ = Step::kReceive;
      return {.method = MethodNamed("ReceiveMessage"), .request = &receive_};
    case Step::kReceive:
      return Delete(answer);
    case Step::kDelete:
      Parse(answer, deleted_);
      messages_ += deleted_.successful_size();
      return First();
  }
  TWINQ_CHECK(false);  // A value outside the enum.
}

CallScript::Call BatchCycle::Delete(const grpc::ByteBuffer& received) {
  Parse(received, received_);
  if (received_.messages().empty()) return First();
  deletion_.clear_entries();
  for (v1::Message& message : *received_.mutable_messages()) {
    v1::DeleteMessageBatchRequestEntry& entry = *deletion_.add_entries();
    entry.set_id(absl::StrCat(deletion_.entries_size()));
    entry.set_receipt_handle(std::move(*message.mutable_receipt_handle()));
  }
  delete_ = Serialise(deletion_);
  step_ = Step::kDelete;
  return {.method = MethodNamed("DeleteMessageBatch"), .request = &delete_};
}

}  // namespace twinq::bench
