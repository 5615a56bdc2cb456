#include "core/model/queue_attributes.h"

namespace twinq {

QueueAttributes GivenQueueAttributes::Over(const QueueAttributes& current) const {
  return {.delay = delay.value_or(current.delay),
          .message_bytes_max = message_bytes_max.value_or(current.message_bytes_max),
          .retention = retention.value_or(current.retention),
          .receive_wait = receive_wait.value_or(current.receive_wait),
          .visibility_timeout = visibility_timeout.value_or(current.visibility_timeout),
          .content_based_dedup = content_based_dedup.value_or(current.content_based_dedup),
          .dedup_scope = dedup_scope.value_or(current.dedup_scope)};
}

absl::string_view GivenQueueAttributes::FirstDifference(const QueueAttributes& current) const {
  const QueueAttributes wanted = Over(current);
  if (wanted.content_based_dedup != current.content_based_dedup) return "ContentBasedDeduplication";
  if (wanted.dedup_scope != current.dedup_scope) return "DeduplicationScope";
  if (wanted.delay != current.delay) return "DelaySeconds";
  if (wanted.message_bytes_max != current.message_bytes_max) return "MaximumMessageSize";
  if (wanted.retention != current.retention) return "MessageRetentionPeriod";
  if (wanted.receive_wait != current.receive_wait) return "ReceiveMessageWaitTimeSeconds";
  if (wanted.visibility_timeout != current.visibility_timeout) return "VisibilityTimeout";
  return "";
}

}  // namespace twinq
