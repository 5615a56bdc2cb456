#ifndef TWINQ_SERVER_API_DIGESTS_H_
#define TWINQ_SERVER_API_DIGESTS_H_

#include "proto/twinq/v1/queue.pb.h"

namespace twinq::api {

// Adds to a complete answer the digests (wire/attribute_digests.h) of what the request or the
// answer holds; those of attributes only if there are any. Nothing stores them: they are computed
// for calls that want them.
void AddDigests(const v1::SendMessageRequest& request, v1::SendMessageResponse& response);
void AddDigests(const v1::SendMessageBatchRequest& request, v1::SendMessageBatchResponse& response);
void AddDigests(const v1::ReceiveMessageRequest& request, v1::ReceiveMessageResponse& response);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_DIGESTS_H_
