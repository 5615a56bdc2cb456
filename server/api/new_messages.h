#ifndef TWINQ_SERVER_API_NEW_MESSAGES_H_
#define TWINQ_SERVER_API_NEW_MESSAGES_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

#include "broker/command.h"
#include "broker/directory.h"
#include "server/api/action.h"
#include "server/api/message_attributes.h"

namespace twinq::api {

// A message that is to be sent, alone or in a batch. Borrows the request.
struct MessageFields {
  absl::string_view body;
  std::optional<absl::string_view> group;
  std::optional<absl::string_view> dedup_id;
  std::optional<int32_t> delay_seconds;
  absl::string_view body_name = "MessageBody";  // In the error that it is missing.
  // Never null.
  const AttributeMap* attributes = nullptr;
  const AttributeMap* system_attributes = nullptr;

  // As the service limits it: the body and the message attributes.
  size_t size() const { return body.size() + CountedBytes(*attributes); }
};

// Of a SendMessageRequest or a SendMessageBatchRequestEntry.
template <typename Request>
MessageFields FieldsOf(const Request& request) {
  MessageFields fields;
  fields.body = request.message_body();
  if (request.has_message_group_id()) fields.group = request.message_group_id();
  if (request.has_message_deduplication_id()) fields.dedup_id = request.message_deduplication_id();
  if (request.has_delay_seconds()) fields.delay_seconds = request.delay_seconds();
  fields.attributes = &request.message_attributes();
  fields.system_attributes = &request.message_system_attributes();
  return fields;
}

// Adds the message to a command for this queue, with what is wrong with it alone (SQS semantics
// 2.8). Bodies that cannot be stored are not copied. REQUIRES: on a FIFO queue it has a group.
void AddMessage(ApiContext& context, const Directory::Entry& queue, const MessageFields& fields,
                SendMessages& send);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_NEW_MESSAGES_H_
