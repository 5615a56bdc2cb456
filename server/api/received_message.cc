#include "server/api/received_message.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

#include "core/base/check.h"
#include "server/api/message_text.h"
#include "server/api/queue_urls.h"

namespace twinq::api {
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;

absl::flat_hash_set<absl::string_view> SetOf(const Names& names) {
  return {names.begin(), names.end()};
}

}  // namespace

ReceivedMessageWriter::ReceivedMessageWriter(QueueKind kind,
                                             const v1::ReceiveMessageRequest& request,
                                             const ReceiptHandles& handles)
    : kind_(kind),
      handles_(handles),
      system_names_(SetOf(request.message_system_attribute_names().empty()
                              ? request.attribute_names()
                              : request.message_system_attribute_names())),
      filter_(request.message_attribute_names()) {}

void ReceivedMessageWriter::Write(const MessagesReceived::Entry& entry,
                                  v1::Message& message) const {
  message.set_message_id(entry.delivery.id.ToText());
  message.set_receipt_handle(handles_.Seal(entry.delivery.receipt));
  const absl::string_view body = entry.payload->body();
  message.set_body(body.data(), body.size());
  if (system_names_.empty() && filter_.empty()) return;

  const absl::StatusOr<Attachments> attachments = DecodeAttachments(entry.payload->attachments());
  TWINQ_CHECK(attachments.ok());  // They were encoded by us, or checked in the replay.
  WriteSystemAttributes(entry, *attachments, message);
  for (const MessageAttribute& attribute : attachments->attributes) {
    if (filter_.Takes(attribute.name))
      AddAttribute(attribute, *message.mutable_message_attributes());
  }
}

void ReceivedMessageWriter::WriteSystemAttributes(const MessagesReceived::Entry& entry,
                                                  const Attachments& attachments,
                                                  v1::Message& message) const {
  const bool takes_all = system_names_.contains("All");
  const auto is_named = [&](absl::string_view name) {
    return takes_all || system_names_.contains(name);
  };
  auto& attributes = *message.mutable_attributes();
  const auto add = [&](const char* name, auto&& text_of) {
    if (is_named(name)) attributes[name] = text_of();
  };
  const Delivery& delivery = entry.delivery;
  add("SenderId", [] { return std::string(kAccountId); });
  add("SentTimestamp", [&] { return absl::StrCat(delivery.sent_at.millis()); });
  add("ApproximateReceiveCount", [&] { return absl::StrCat(delivery.receipt.delivery); });
  add("ApproximateFirstReceiveTimestamp", [&] { return absl::StrCat(delivery.first_received_ms); });
  if (attachments.trace_header.has_value()) {
    add("AWSTraceHeader", [&] { return std::string(*attachments.trace_header); });
  }
  if (kind_ == QueueKind::kFifo) {
    add("MessageGroupId", [&] { return std::string(delivery.group.text()); });
    add("SequenceNumber", [&] { return delivery.receipt.sequence.ToText(); });
    add("MessageDeduplicationId", [&] {
      return attachments.dedup_id.has_value() ? std::string(*attachments.dedup_id)
                                              : ContentDedupId(entry.payload->body());
    });
  } else if (attachments.group.has_value()) {
    add("MessageGroupId", [&] { return std::string(*attachments.group); });
  }
}

}  // namespace twinq::api
