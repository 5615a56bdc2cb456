#ifndef TWINQ_SERVER_API_ADMIN_ACTIONS_H_
#define TWINQ_SERVER_API_ADMIN_ACTIONS_H_

#include <optional>

#include "proto/twinq/v1/admin.pb.h"

#include "server/api/action.h"

namespace twinq::api {

// The actions of operators; action.h says what each function does.

Step BeginGetServerInfo(ApiContext& context, const v1::GetServerInfoRequest& request,
                        v1::GetServerInfoResponse& response);

Step BeginGetQueueStats(ApiContext& context, const v1::GetQueueStatsRequest& request,
                        v1::GetQueueStatsResponse& response);
std::optional<ApiError> FinishGetQueueStats(const ApiContext& context,
                                            const v1::GetQueueStatsRequest& request, Reply& reply,
                                            v1::GetQueueStatsResponse& response);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_ADMIN_ACTIONS_H_
