#include "server/grpc/request_id.h"

#include <algorithm>

#include "absl/strings/ascii.h"

#include "core/model/message_id.h"

namespace twinq {

RequestId RequestId::Drawn(Random& random) {
  RequestId id;
  id.drawn_high_ = random.Next();
  id.drawn_low_ = random.Next();
  return id;
}

RequestId RequestId::Given(absl::string_view text, Random& random) {
  if (text.empty() || text.size() > kRequestIdBytesMax ||
      !std::all_of(text.begin(), text.end(), absl::ascii_isprint)) {
    return Drawn(random);
  }
  RequestId id;
  id.given_ = std::string(text);
  return id;
}

std::string RequestId::text() const {
  if (is_given()) return given_;
  return MessageId::FromRandomBits(drawn_high_, drawn_low_).ToText();  // In the form of a UUID.
}

}  // namespace twinq
