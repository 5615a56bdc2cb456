#include "client/load/engine/message_tag.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

#include "core/base/check.h"

namespace twinq::load {

std::string EncodeBody(const MessageTag& tag, size_t body_bytes) {
  TWINQ_CHECK(body_bytes >= kBodyBytesMin);
  std::string body = absl::StrCat(tag.producer, " ", tag.number, " ", tag.group, " ",
                                  absl::ToUnixNanos(tag.sent_at), "\n");
  TWINQ_CHECK(body.size() <= kBodyBytesMin);
  body.resize(body_bytes, '.');
  return body;
}

absl::StatusOr<MessageTag> DecodeBody(absl::string_view body) {
  const absl::string_view line = body.substr(0, body.find('\n'));
  const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
  MessageTag tag;
  int64_t sent_at_nanos = 0;
  if (words.size() != 4 || !absl::SimpleAtoi(words[0], &tag.producer) ||
      !absl::SimpleAtoi(words[1], &tag.number) || !absl::SimpleAtoi(words[2], &tag.group) ||
      !absl::SimpleAtoi(words[3], &sent_at_nanos)) {
    return absl::InvalidArgumentError(
        absl::StrCat("a body that twinq-load did not write: \"", line.substr(0, 80), "\""));
  }
  tag.sent_at = absl::FromUnixNanos(sent_at_nanos);
  return tag;
}

}  // namespace twinq::load
