#include "server/api/new_messages.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "broker/attachments.h"
#include "broker/payload.h"
#include "core/model/group_id.h"
#include "core/model/limits.h"
#include "server/api/message_text.h"
#include "server/api/request_checks.h"

namespace twinq::api {
namespace {

using Finding = SendMessages::Finding;

ApiError NotForThisQueueType(absl::string_view parameter, absl::string_view value) {
  return {.code = ApiErrorCode::kNotForThisQueueType,
          .parameter = std::string(parameter),
          .value = std::string(value)};
}

std::optional<ApiError> CheckId(absl::string_view parameter, std::optional<absl::string_view> id) {
  if (!id.has_value() || HasGroupIdSyntax(*id)) return std::nullopt;
  return ApiError{.code = ApiErrorCode::kInvalidGroupOrDedupId,
                  .parameter = std::string(parameter),
                  .value = std::string(*id)};
}

std::optional<ApiError> CheckDelay(std::optional<int32_t> seconds) {
  if (!seconds.has_value() || (*seconds >= 0 && absl::Seconds(*seconds) <= kDelayMax)) {
    return std::nullopt;
  }
  return BadValue(ApiErrorCode::kDelayOutOfRange, absl::StrCat(*seconds));
}

// Whether the required ones are there, whether this kind of queue takes them, then each alone.
std::optional<ApiError> CheckParameters(QueueKind kind, const MessageFields& fields) {
  if (fields.body.empty()) return MissingParameter(fields.body_name);
  switch (kind) {
    case QueueKind::kStandard:
      if (fields.dedup_id.has_value()) {
        return NotForThisQueueType("MessageDeduplicationId", *fields.dedup_id);
      }
      break;
    case QueueKind::kFifo:
      if (const int32_t seconds = fields.delay_seconds.value_or(0); seconds > 0) {
        return NotForThisQueueType("DelaySeconds", absl::StrCat(seconds));
      }
      break;
  }
  if (auto error = CheckId("MessageGroupId", fields.group)) return error;
  if (auto error = CheckId("MessageDeduplicationId", fields.dedup_id)) return error;
  return CheckDelay(fields.delay_seconds);
}

// What the message attributes and the message system attributes say, or what is wrong with them.
std::optional<ApiError> ParseAttributes(const MessageFields& fields, Attachments& attachments) {
  auto attributes = ParseMessageAttributes(*fields.attributes);
  if (auto* error = std::get_if<ApiError>(&attributes)) return std::move(*error);
  attachments.attributes = std::get<MessageAttributes>(std::move(attributes));
  auto trace_header = ParseSystemAttributes(*fields.system_attributes);
  if (auto* error = std::get_if<ApiError>(&trace_header)) return std::move(*error);
  attachments.trace_header = std::get<0>(trace_header);
  return std::nullopt;
}

// What is wrong with the message, as far as it can be told without the queue's attributes; if
// nothing is, `attachments` get those that have been parsed.
std::optional<Finding> Judge(QueueKind kind, const MessageFields& fields,
                             Attachments& attachments) {
  std::optional<ApiError> error = CheckParameters(kind, fields);
  if (!error.has_value()) error = ParseAttributes(fields, attachments);
  if (error.has_value()) {
    return Finding{.rank = Finding::Rank::kValue, .entry = 0, .error = *std::move(error)};
  }
  // A longer body is refused for its size first.
  if (fields.body.size() <= kMessageBytesMax && !HasOnlyPermittedCharacters(fields.body)) {
    return Finding{.rank = Finding::Rank::kContent,
                   .entry = 0,
                   .error = {.code = ApiErrorCode::kInvalidMessageContents}};
  }
  return std::nullopt;
}

}  // namespace

void AddMessage(ApiContext& context, const Directory::Entry& queue, const MessageFields& fields,
                SendMessages& send) {
  const size_t place = send.entries.size();
  SendMessages::Entry& entry = send.entries.emplace_back();
  NewMessage& message = entry.message;
  message.body_bytes =
      static_cast<uint32_t>(std::min<size_t>(fields.size(), std::numeric_limits<uint32_t>::max()));
  const absl::string_view group = fields.group.value_or("");
  // Also where there is a finding: whether the request lacks a deduplication id is judged first.
  if (fields.dedup_id.has_value()) {
    message.dedup = DedupKeyOf(queue.dedup_scope, group, *fields.dedup_id);
  }
  Attachments attachments;
  if (std::optional<Finding> finding = Judge(queue.kind, fields, attachments)) {
    finding->entry = place;
    send.findings.push_back(*std::move(finding));
    return;
  }
  if (fields.size() > kMessageBytesMax) return;

  const uint64_t high = context.random.Next();
  message.id = MessageId::FromRandomBits(high, context.random.Next());
  if (queue.kind == QueueKind::kStandard) {
    attachments.group = fields.group;
  } else {
    message.group = *GroupId::Parse(group);
    attachments.dedup_id = fields.dedup_id;
    if (!fields.dedup_id.has_value()) {
      message.content_dedup = DedupKeyOf(queue.dedup_scope, group, ContentDedupId(fields.body));
    }
  }
  if (fields.delay_seconds.has_value()) message.delay = absl::Seconds(*fields.delay_seconds);
  entry.payload = Payload::Create(fields.body, EncodeAttachments(attachments));
  const auto stored_bytes = static_cast<uint32_t>(entry.payload->bytes().size());
  message.uncounted_bytes = stored_bytes - std::exchange(message.body_bytes, stored_bytes);
}

}  // namespace twinq::api
