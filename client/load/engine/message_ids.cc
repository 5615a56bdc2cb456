#include "client/load/engine/message_ids.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace twinq::load {

absl::StatusOr<MessageId> ParseMessageId(absl::string_view text) {
  constexpr size_t kTextBytes = 36;
  constexpr size_t kHalf = 16;
  const std::string digits = absl::StrReplaceAll(text, {{"-", ""}});
  uint64_t high = 0;
  uint64_t low = 0;
  if (text.size() != kTextBytes || digits.size() != 2 * kHalf ||
      !std::all_of(digits.begin(), digits.end(), absl::ascii_isxdigit) ||
      !absl::SimpleHexAtoi(digits.substr(0, kHalf), &high) ||
      !absl::SimpleHexAtoi(digits.substr(kHalf), &low)) {
    return absl::InternalError(absl::StrCat("a message id that is no UUID: \"", text, "\""));
  }
  return MessageId::FromBits(high, low);
}

SequenceNumber ParseSequenceNumber(absl::string_view text) {
  uint64_t value = 0;
  return absl::SimpleAtoi(text, &value) ? SequenceNumber(value) : SequenceNumber();
}

uint32_t ParseReceiveCount(absl::string_view text) {
  uint32_t count = 0;
  return absl::SimpleAtoi(text, &count) ? count : 0;
}

}  // namespace twinq::load
