#ifndef TWINQ_SERVER_API_DIGESTS_H_
#define TWINQ_SERVER_API_DIGESTS_H_

#include <string>

#include "absl/strings/string_view.h"

#include "proto/twinq/v1/queue.pb.h"

#include "server/api/message_attributes.h"

namespace twinq::api {

// The digests that clients compare with their own (SQS semantics 3.5, vectors in 9). Nothing stores
// them: they are computed for calls that want them.

// In 32 lower-case hexadecimal digits.
std::string Md5Of(absl::string_view bytes);
// Over the service's encoding of them. REQUIRES: there is one, and each would be accepted in a
// send.
std::string Md5Of(const AttributeMap& attributes);

// Adds to a complete answer the digests of what the request or the answer holds; those of
// attributes only if there are any.
void AddDigests(const v1::SendMessageRequest& request, v1::SendMessageResponse& response);
void AddDigests(const v1::SendMessageBatchRequest& request, v1::SendMessageBatchResponse& response);
void AddDigests(const v1::ReceiveMessageRequest& request, v1::ReceiveMessageResponse& response);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_DIGESTS_H_
