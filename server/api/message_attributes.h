#ifndef TWINQ_SERVER_API_MESSAGE_ATTRIBUTES_H_
#define TWINQ_SERVER_API_MESSAGE_ATTRIBUTES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"

#include "proto/twinq/v1/queue.pb.h"

#include "broker/attachments.h"
#include "core/model/api_error.h"
#include "wire/attribute_digests.h"

namespace twinq::api {

// Message attributes and message system attributes as requests and answers have them (SQS semantics
// 2.10, 3.3, 3.4).

using wire::AttributeMap;
using MessageAttributes = decltype(Attachments::attributes);

// What a message's attributes count toward its size: names, types and values.
size_t CountedBytes(const AttributeMap& attributes);

// The attributes by name, or what is wrong with the first one, in the order of the names. Borrows
// the map.
std::variant<MessageAttributes, ApiError> ParseMessageAttributes(const AttributeMap& attributes);
// The trace header, if there is one. Borrows the map.
std::variant<std::optional<absl::string_view>, ApiError> ParseSystemAttributes(
    const AttributeMap& attributes);

// Which message attributes a receive asks for. Borrows the names. Cost: a lookup does not depend on
// how many names a client has sent.
class AttributeFilter {
 public:
  explicit AttributeFilter(const google::protobuf::RepeatedPtrField<std::string>& names);

  bool empty() const { return !takes_all_ && exact_.empty() && prefixes_.empty(); }
  bool Takes(absl::string_view name) const;

 private:
  bool takes_all_ = false;
  absl::flat_hash_set<absl::string_view> exact_;
  absl::flat_hash_set<absl::string_view> prefixes_;
};

// Adds the attribute to an answer.
void AddAttribute(const MessageAttribute& attribute, AttributeMap& attributes);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_MESSAGE_ATTRIBUTES_H_
