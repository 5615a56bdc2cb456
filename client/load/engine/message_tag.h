#ifndef TWINQ_CLIENT_LOAD_ENGINE_MESSAGE_TAG_H_
#define TWINQ_CLIENT_LOAD_ENGINE_MESSAGE_TAG_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "sim/history/event.h"

namespace twinq::load {

// Who a message is. It travels in the body, so that a delivery can be judged without asking the
// server anything. A message that is sent again keeps its tag.
struct MessageTag {
  history::MessageName name = {};
  absl::Time due_at;  // When it was to be sent, to the nanosecond.

  friend bool operator==(const MessageTag&, const MessageTag&) = default;
};

// The least body that any tag fits into.
inline constexpr size_t kBodyBytesMin = 64;

// A body of `body_bytes` that begins with the tag. REQUIRES: body_bytes >= kBodyBytesMin.
std::string EncodeBody(const MessageTag& tag, size_t body_bytes);

// The tag of a body that EncodeBody() made. InvalidArgument for any other text.
absl::StatusOr<MessageTag> DecodeBody(absl::string_view body);

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_MESSAGE_TAG_H_
