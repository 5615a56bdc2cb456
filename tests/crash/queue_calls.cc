#include "tests/crash/queue_calls.h"

#include "absl/strings/str_cat.h"

namespace twinq::crash {

Answer<v1::CreateQueueResponse> CreateQueue(ServiceClient& service, const QueuePlan& plan) {
  v1::CreateQueueRequest request;
  request.set_queue_name(plan.name);
  auto& attributes = *request.mutable_attributes();
  if (plan.kind == QueueKind::kFifo) attributes["FifoQueue"] = "true";
  if (plan.dedup == QueuePlan::Dedup::kByContent) attributes["ContentBasedDeduplication"] = "true";
  if (plan.dedup_scope == DedupScope::kMessageGroup) {
    attributes["DeduplicationScope"] = "messageGroup";
  }
  attributes["DelaySeconds"] = absl::StrCat(absl::ToInt64Seconds(plan.delay));
  return service.Call(request, kPatience);
}

Answer<v1::DeleteQueueResponse> DeleteQueue(ServiceClient& service, const std::string& name) {
  v1::DeleteQueueRequest request;
  request.set_queue_url(name);
  return service.Call(request, kPatience);
}

Answer<v1::PurgeQueueResponse> PurgeQueue(ServiceClient& service, const std::string& name) {
  v1::PurgeQueueRequest request;
  request.set_queue_url(name);
  return service.Call(request, kPatience);
}

std::optional<std::vector<std::string>> ListQueues(ServiceClient& service) {
  const auto answer = service.Call(v1::ListQueuesRequest(), kPatience);
  if (answer.outcome != history::Outcome::kDone) return std::nullopt;
  std::vector<std::string> names;
  for (const std::string& url : answer.response.queue_urls()) {
    names.push_back(url.substr(url.rfind('/') + 1));
  }
  return names;
}

}  // namespace twinq::crash
