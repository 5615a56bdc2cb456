#include "tests/support/messages.h"

#include "absl/status/statusor.h"

#include "core/base/check.h"

namespace twinq {

Timestamp At(absl::Duration since_begin) {
  return Timestamp::FromTime(absl::FromUnixSeconds(1'700'000'000)) + since_begin;
}

QueueName Name(absl::string_view text) {
  absl::StatusOr<QueueName> name = QueueName::Parse(text);
  TWINQ_CHECK(name.ok());
  return *name;
}

GroupId Group(absl::string_view text) {
  absl::StatusOr<GroupId> group = GroupId::Parse(text);
  TWINQ_CHECK(group.ok());
  return *group;
}

NewMessage Message(uint64_t number) {
  return {.id = MessageId::FromRandomBits(number, number),
          .group = {},
          .dedup = {},
          .body_bytes = static_cast<uint32_t>(100 + number % 900),
          .body = BodyRef(number)};
}

NewMessage FifoMessage(uint64_t number, absl::string_view group) {
  NewMessage message = Message(number);
  message.group = Group(group);
  message.dedup = Dedup(number);
  return message;
}

}  // namespace twinq
