#ifndef TWINQ_BROKER_ATTACHMENTS_H_
#define TWINQ_BROKER_ATTACHMENTS_H_

#include <optional>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace twinq {

// A message attribute (SQS semantics 3.3). The type may have a label: "Number.int"; of a Binary the
// value is its bytes, else text.
struct MessageAttribute {
  absl::string_view name;
  absl::string_view type;
  absl::string_view value;

  friend bool operator==(const MessageAttribute&, const MessageAttribute&) = default;
};

// What a message carries beside its body, and no rule looks at. Borrows the bytes that it was
// decoded from.
struct Attachments {
  absl::InlinedVector<MessageAttribute, 10> attributes = {};  // By name.
  std::optional<absl::string_view> trace_header = {};         // The attribute AWSTraceHeader.
  std::optional<absl::string_view> dedup_id = {};             // Of FIFO queues, if it was given.
  std::optional<absl::string_view> group = {};  // Of standard queues, if it was given.

  friend bool operator==(const Attachments&, const Attachments&) = default;
};

// One byte for the kind of each, then its texts, each with a 32-bit little-endian length. Nothing
// attached is no bytes.
std::string EncodeAttachments(const Attachments& attachments);
// InvalidArgument: bytes that EncodeAttachments() does not make.
absl::StatusOr<Attachments> DecodeAttachments(absl::string_view bytes);

}  // namespace twinq

#endif  // TWINQ_BROKER_ATTACHMENTS_H_
