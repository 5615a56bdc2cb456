#include "core/model/queue_attributes.h"

namespace twinq {

QueueAttributes GivenQueueAttributes::OverDefaults() const {
  QueueAttributes attributes;
  if (visibility_timeout.has_value()) attributes.visibility_timeout = *visibility_timeout;
  if (receive_wait.has_value()) attributes.receive_wait = *receive_wait;
  return attributes;
}

absl::string_view GivenQueueAttributes::FirstDifference(const QueueAttributes& current) const {
  if (receive_wait.has_value() && *receive_wait != current.receive_wait) {
    return "ReceiveMessageWaitTimeSeconds";
  }
  if (visibility_timeout.has_value() && *visibility_timeout != current.visibility_timeout) {
    return "VisibilityTimeout";
  }
  return "";
}

}  // namespace twinq
