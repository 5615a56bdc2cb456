#ifndef TWINQ_SERVER_API_TAG_ACTIONS_H_
#define TWINQ_SERVER_API_TAG_ACTIONS_H_

#include <optional>

#include "absl/strings/string_view.h"

#include "proto/twinq/v1/queue.pb.h"

#include "core/model/kept_attributes.h"
#include "server/api/action.h"

namespace twinq::api {

// The tags of queues, SQS semantics 2.15; action.h says what each pair does.

// Why a queue of this name cannot be given these tags, whatever others it has.
std::optional<ApiError> CheckTags(const QueueTags& tags, absl::string_view queue_name);

Step BeginTagQueue(ApiContext& context, const v1::TagQueueRequest& request,
                   v1::TagQueueResponse& response);

Step BeginUntagQueue(ApiContext& context, const v1::UntagQueueRequest& request,
                     v1::UntagQueueResponse& response);

Step BeginListQueueTags(ApiContext& context, const v1::ListQueueTagsRequest& request,
                        v1::ListQueueTagsResponse& response);
std::optional<ApiError> FinishListQueueTags(const ApiContext& context,
                                            const v1::ListQueueTagsRequest& request, Reply& reply,
                                            v1::ListQueueTagsResponse& response);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_TAG_ACTIONS_H_
