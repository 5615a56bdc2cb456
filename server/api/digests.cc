#include "server/api/digests.h"

#include "wire/attribute_digests.h"

namespace twinq::api {
namespace {

using wire::Md5Of;

// Of a send, alone or in a batch.
template <typename Request, typename Response>
void AddSendDigests(const Request& request, Response& response) {
  response.set_md5_of_message_body(Md5Of(request.message_body()));
  if (!request.message_attributes().empty()) {
    response.set_md5_of_message_attributes(Md5Of(request.message_attributes()));
  }
  if (!request.message_system_attributes().empty()) {
    response.set_md5_of_message_system_attributes(Md5Of(request.message_system_attributes()));
  }
}

}  // namespace

void AddDigests(const v1::SendMessageRequest& request, v1::SendMessageResponse& response) {
  AddSendDigests(request, response);
}

void AddDigests(const v1::SendMessageBatchRequest& request,
                v1::SendMessageBatchResponse& response) {
  // The successes are in the order of their entries.
  auto entry = request.entries().begin();
  for (v1::SendMessageBatchResultEntry& success : *response.mutable_successful()) {
    while (entry->id() != success.id()) ++entry;
    AddSendDigests(*entry, success);
  }
}

void AddDigests(const v1::ReceiveMessageRequest&, v1::ReceiveMessageResponse& response) {
  for (v1::Message& message : *response.mutable_messages()) {
    message.set_md5_of_body(Md5Of(message.body()));
    if (!message.message_attributes().empty()) {
      message.set_md5_of_message_attributes(Md5Of(message.message_attributes()));
    }
  }
}

}  // namespace twinq::api
