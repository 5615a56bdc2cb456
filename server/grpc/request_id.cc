#include "server/grpc/request_id.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"

#include "core/model/message_id.h"

namespace twinq {

std::string RequestId(absl::string_view given, Random& random) {
  if (!given.empty() && given.size() <= kRequestIdBytesMax &&
      std::all_of(given.begin(), given.end(), absl::ascii_isprint)) {
    return std::string(given);
  }
  const uint64_t high = random.Next();
  return MessageId::FromRandomBits(high, random.Next()).ToText();  // In the form of a UUID.
}

}  // namespace twinq
