#ifndef TWINQ_WIRE_ATTRIBUTE_DIGESTS_H_
#define TWINQ_WIRE_ATTRIBUTE_DIGESTS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/map.h"

#include "proto/twinq/v1/queue.pb.h"

namespace twinq::wire {

// The digests by which clients and servers check each other (SQS semantics 3.5, vectors in 9), in
// 32 lower-case hexadecimal digits.

using AttributeMap = google::protobuf::Map<std::string, v1::MessageAttributeValue>;

std::string Md5Of(absl::string_view bytes);
// Over the service's encoding of them. REQUIRES: there is one, and each would be accepted in a
// send.
std::string Md5Of(const AttributeMap& attributes);

}  // namespace twinq::wire

#endif  // TWINQ_WIRE_ATTRIBUTE_DIGESTS_H_
