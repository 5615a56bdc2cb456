#include "client/load/engine/message_tag.h"

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "core/base/check.h"

namespace twinq::load {

std::string EncodeBody(const MessageTag& tag, size_t body_bytes) {
  TWINQ_CHECK(body_bytes >= kBodyBytesMin);
  std::string body = absl::StrCat(tag.name.producer, " ", tag.name.number, " ",
                                  absl::ToUnixNanos(tag.due_at), "\n");
  TWINQ_CHECK(body.size() <= kBodyBytesMin);
  body.resize(body_bytes, '.');
  return body;
}

absl::StatusOr<MessageTag> DecodeBody(absl::string_view body) {
  const absl::string_view line = body.substr(0, body.find('\n'));
  const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
  MessageTag tag;
  int64_t due_at_nanos = 0;
  if (words.size() != 3 || !absl::SimpleAtoi(words[0], &tag.name.producer) ||
      !absl::SimpleAtoi(words[1], &tag.name.number) || !absl::SimpleAtoi(words[2], &due_at_nanos)) {
    return absl::InvalidArgumentError(
        absl::StrCat("a body that twinq-load did not write: \"", line.substr(0, 80), "\""));
  }
  tag.due_at = absl::FromUnixNanos(due_at_nanos);
  return tag;
}

}  // namespace twinq::load
