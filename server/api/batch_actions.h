#ifndef TWINQ_SERVER_API_BATCH_ACTIONS_H_
#define TWINQ_SERVER_API_BATCH_ACTIONS_H_

#include <optional>

#include "proto/twinq/v1/queue.pb.h"

#include "server/api/action.h"

namespace twinq::api {

// The actions on up to ten messages at once, SQS semantics 2.9, 2.12 and 2.14; action.h says what
// each pair does. What is wrong with the batch refuses the request; what is wrong with an entry
// fails that entry alone, and the response lists it under `failed`. Both lists of a response are in
// the order of the request.

Step BeginSendMessageBatch(ApiContext& context, const v1::SendMessageBatchRequest& request,
                           v1::SendMessageBatchResponse& response);
std::optional<ApiError> FinishSendMessageBatch(const ApiContext& context,
                                               const v1::SendMessageBatchRequest& request,
                                               Reply& reply,
                                               v1::SendMessageBatchResponse& response);

Step BeginDeleteMessageBatch(ApiContext& context, const v1::DeleteMessageBatchRequest& request,
                             v1::DeleteMessageBatchResponse& response);
std::optional<ApiError> FinishDeleteMessageBatch(const ApiContext& context,
                                                 const v1::DeleteMessageBatchRequest& request,
                                                 Reply& reply,
                                                 v1::DeleteMessageBatchResponse& response);

Step BeginChangeMessageVisibilityBatch(ApiContext& context,
                                       const v1::ChangeMessageVisibilityBatchRequest& request,
                                       v1::ChangeMessageVisibilityBatchResponse& response);
std::optional<ApiError> FinishChangeMessageVisibilityBatch(
    const ApiContext& context, const v1::ChangeMessageVisibilityBatchRequest& request, Reply& reply,
    v1::ChangeMessageVisibilityBatchResponse& response);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_BATCH_ACTIONS_H_
