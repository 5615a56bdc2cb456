#ifndef TWINQ_SERVER_API_PERMISSION_ACTIONS_H_
#define TWINQ_SERVER_API_PERMISSION_ACTIONS_H_

#include "proto/twinq/v1/queue.pb.h"

#include "server/api/action.h"

namespace twinq::api {

// Statements in the policies of queues, SQS semantics 2.16; action.h says what each function does.

Step BeginAddPermission(ApiContext& context, const v1::AddPermissionRequest& request,
                        v1::AddPermissionResponse& response);

Step BeginRemovePermission(ApiContext& context, const v1::RemovePermissionRequest& request,
                           v1::RemovePermissionResponse& response);

}  // namespace twinq::api

#endif  // TWINQ_SERVER_API_PERMISSION_ACTIONS_H_
