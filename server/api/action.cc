#include "server/api/action.h"

#include <optional>

#include "server/api/admin_actions.h"
#include "server/api/batch_actions.h"
#include "server/api/digests.h"
#include "server/api/message_actions.h"
#include "server/api/permission_actions.h"
#include "server/api/queue_actions.h"
#include "server/api/tag_actions.h"

namespace twinq::api {
namespace {

using google::protobuf::Message;

// An Action from the two functions of an action, which say themselves of which messages.
template <auto kBegin, auto kFinish>
struct Typed;
template <typename Request, typename Response,
          Step (*kBegin)(ApiContext&, const Request&, Response&),
          std::optional<ApiError> (*kFinish)(const ApiContext&, const Request&, Reply&, Response&)>
struct Typed<kBegin, kFinish> {
  static Step Begin(ApiContext& context, const Message& request, Message& response) {
    return kBegin(context, static_cast<const Request&>(request), static_cast<Response&>(response));
  }
  static std::optional<ApiError> Finish(const ApiContext& context, const Message& request,
                                        Reply& reply, Message& response) {
    return kFinish(context, static_cast<const Request&>(request), reply,
                   static_cast<Response&>(response));
  }
  static void AddDigestsOf(const Message& request, Message& response) {
    AddDigests(static_cast<const Request&>(request), static_cast<Response&>(response));
  }
  static constexpr auto Digesting() {
    if constexpr (requires(const Request& request, Response& response) {
                    AddDigests(request, response);
                  }) {
      return &AddDigestsOf;
    } else {
      return nullptr;
    }
  }
  static constexpr Action As(absl::string_view name) {
    return {name,       &Request::default_instance(), &Response::default_instance(), Begin, Finish,
            Digesting()};
  }
};

// The second function of an action whose response is complete after the first, or stays empty.
template <typename Request, typename Response>
std::optional<ApiError> AddNothing(const ApiContext&, const Request&, Reply&, Response&) {
  return std::nullopt;
}

}  // namespace

absl::Span<const Action> Actions() {
  static const Action actions[] = {
      Typed<BeginCreateQueue, FinishCreateQueue>::As("CreateQueue"),
      Typed<BeginGetQueueUrl, AddNothing<v1::GetQueueUrlRequest, v1::GetQueueUrlResponse>>::As(
          "GetQueueUrl"),
      Typed<BeginListQueues, FinishListQueues>::As("ListQueues"),
      Typed<BeginDeleteQueue, AddNothing<v1::DeleteQueueRequest, v1::DeleteQueueResponse>>::As(
          "DeleteQueue"),
      Typed<BeginPurgeQueue, AddNothing<v1::PurgeQueueRequest, v1::PurgeQueueResponse>>::As(
          "PurgeQueue"),
      Typed<BeginGetQueueAttributes, FinishGetQueueAttributes>::As("GetQueueAttributes"),
      Typed<BeginSetQueueAttributes,
            AddNothing<v1::SetQueueAttributesRequest,
                       v1::SetQueueAttributesResponse>>::As("SetQueueAttributes"),
      Typed<BeginTagQueue, AddNothing<v1::TagQueueRequest, v1::TagQueueResponse>>::As("TagQueue"),
      Typed<BeginUntagQueue, AddNothing<v1::UntagQueueRequest, v1::UntagQueueResponse>>::As(
          "UntagQueue"),
      Typed<BeginListQueueTags, FinishListQueueTags>::As("ListQueueTags"),
      Typed<BeginAddPermission,
            AddNothing<v1::AddPermissionRequest, v1::AddPermissionResponse>>::As("AddPermission"),
      Typed<BeginRemovePermission,
            AddNothing<v1::RemovePermissionRequest,
                       v1::RemovePermissionResponse>>::As("RemovePermission"),
      Typed<BeginListDeadLetterSourceQueues, FinishListDeadLetterSourceQueues>::As(
          "ListDeadLetterSourceQueues"),
      Typed<BeginSendMessage, FinishSendMessage>::As("SendMessage"),
      Typed<BeginSendMessageBatch, FinishSendMessageBatch>::As("SendMessageBatch"),
      Typed<BeginReceiveMessage, FinishReceiveMessage>::As("ReceiveMessage"),
      Typed<BeginDeleteMessage, FinishDeleteMessage>::As("DeleteMessage"),
      Typed<BeginDeleteMessageBatch, FinishDeleteMessageBatch>::As("DeleteMessageBatch"),
      Typed<BeginChangeMessageVisibility, FinishChangeMessageVisibility>::As(
          "ChangeMessageVisibility"),
      Typed<BeginChangeMessageVisibilityBatch, FinishChangeMessageVisibilityBatch>::As(
          "ChangeMessageVisibilityBatch"),
  };
  return actions;
}

absl::Span<const Action> AdminActions() {
  static const Action actions[] = {
      Typed<BeginGetServerInfo,
            AddNothing<v1::GetServerInfoRequest, v1::GetServerInfoResponse>>::As("GetServerInfo"),
      Typed<BeginGetQueueStats, FinishGetQueueStats>::As("GetQueueStats"),
  };
  return actions;
}

}  // namespace twinq::api
