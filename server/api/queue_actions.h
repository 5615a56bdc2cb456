#ifndef TWINQ_SERVER_API_QUEUE_ACTIONS_H_
#define TWINQ_SERVER_API_QUEUE_ACTIONS_H_

#include <optional>

#include "proto/twinq/v1/queue.pb.h"

#include "server/api/action.h"

namespace twinq::api {

// The actions on queues as a whole, SQS semantics 2.1 to 2.7 and 2.17; action.h says what each pair
// does.

Step BeginCreateQueue(ApiContext& context, const v1::CreateQueueRequest& request,
                      v1::CreateQueueResponse& response);
std::optional<ApiError> FinishCreateQueue(const ApiContext& context,
                                          const v1::CreateQueueRequest& request, Reply& reply,
                                          v1::CreateQueueResponse& response);

Step BeginGetQueueUrl(ApiContext& context, const v1::GetQueueUrlRequest& request,
                      v1::GetQueueUrlResponse& response);

Step BeginListQueues(ApiContext& context, const v1::ListQueuesRequest& request,
                     v1::ListQueuesResponse& response);
std::optional<ApiError> FinishListQueues(const ApiContext& context,
                                         const v1::ListQueuesRequest& request, Reply& reply,
                                         v1::ListQueuesResponse& response);

Step BeginListDeadLetterSourceQueues(ApiContext& context,
                                     const v1::ListDeadLetterSourceQueuesRequest& request,
                                     v1::ListDeadLetterSourceQueuesResponse& response);
std::optional<ApiError> FinishListDeadLetterSourceQueues(
    const ApiContext& context, const v1::ListDeadLetterSourceQueuesRequest& request, Reply& reply,
    v1::ListDeadLetterSourceQueuesResponse& response);

Step BeginDeleteQueue(ApiContext& context, const v1::DeleteQueueRequest& request,
                      v1::DeleteQueueResponse& response);

Step BeginPurgeQueue(ApiContext& context, const v1::PurgeQueueRequest& request,
                     v1::PurgeQueueResponse& response);

Step BeginGetQueueAttributes(ApiContext& context, const v1::GetQueueAttributesRequest& request,
                             v1::GetQueueAttributesResponse& response);
std::optional<ApiError> FinishGetQueueAttributes(const ApiContext& context,
                                                 const v1::GetQueueAttributesRequest& request,
                                                 Reply& reply,
                                                 v1::GetQueueAttributesResponse& response);

Step BeginSetQueueAttributes(ApiContext& context, const v1::SetQueueAttributesRequest& request,
                             v1::SetQueueAttributesResponse& response);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_QUEUE_ACTIONS_H_
