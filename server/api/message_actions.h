#ifndef TWINQ_SERVER_API_MESSAGE_ACTIONS_H_
#define TWINQ_SERVER_API_MESSAGE_ACTIONS_H_

#include <optional>

#include "proto/twinq/v1/queue.pb.h"

#include "server/api/action.h"

namespace twinq::api {

// The actions on messages, SQS semantics 2.8, 2.10, 2.11 and 2.13; action.h says what each pair
// does.

Step BeginSendMessage(ApiContext& context, const v1::SendMessageRequest& request,
                      v1::SendMessageResponse& response);
std::optional<ApiError> FinishSendMessage(const ApiContext& context,
                                          const v1::SendMessageRequest& request, Reply& reply,
                                          v1::SendMessageResponse& response);

Step BeginReceiveMessage(ApiContext& context, const v1::ReceiveMessageRequest& request,
                         v1::ReceiveMessageResponse& response);
std::optional<ApiError> FinishReceiveMessage(const ApiContext& context,
                                             const v1::ReceiveMessageRequest& request, Reply& reply,
                                             v1::ReceiveMessageResponse& response);

Step BeginDeleteMessage(ApiContext& context, const v1::DeleteMessageRequest& request,
                        v1::DeleteMessageResponse& response);
std::optional<ApiError> FinishDeleteMessage(const ApiContext& context,
                                            const v1::DeleteMessageRequest& request, Reply& reply,
                                            v1::DeleteMessageResponse& response);

Step BeginChangeMessageVisibility(ApiContext& context,
                                  const v1::ChangeMessageVisibilityRequest& request,
                                  v1::ChangeMessageVisibilityResponse& response);
std::optional<ApiError> FinishChangeMessageVisibility(
    const ApiContext& context, const v1::ChangeMessageVisibilityRequest& request, Reply& reply,
    v1::ChangeMessageVisibilityResponse& response);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_MESSAGE_ACTIONS_H_
