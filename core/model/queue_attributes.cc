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

absl::string_view GivenQueueAttributes::FirstDifference(const QueueAttributes& current,
                                                        const KeptAttributes& current_kept) const {
  const auto differs = [](const auto& given, const auto& value) {
    return given.has_value() && *given != value;
  };
  const auto period_differs = [&] {
    return kept.kms_data_key_reuse_period.has_value() &&
           kept.kms_data_key_reuse_period != current_kept.kms_data_key_reuse_period;
  };
  if (differs(content_based_dedup, current.content_based_dedup)) return "ContentBasedDeduplication";
  if (differs(dedup_scope, current.dedup_scope)) return "DeduplicationScope";
  if (differs(delay, current.delay)) return "DelaySeconds";
  if (differs(kept.fifo_throughput_limit, current_kept.fifo_throughput_limit)) {
    return "FifoThroughputLimit";
  }
  if (period_differs()) return "KmsDataKeyReusePeriodSeconds";
  if (differs(kept.kms_master_key_id, current_kept.kms_master_key_id)) return "KmsMasterKeyId";
  if (differs(message_bytes_max, current.message_bytes_max)) return "MaximumMessageSize";
  if (differs(retention, current.retention)) return "MessageRetentionPeriod";
  if (differs(kept.policy, current_kept.policy)) return "Policy";
  if (differs(receive_wait, current.receive_wait)) return "ReceiveMessageWaitTimeSeconds";
  if (differs(kept.redrive_allow_policy, current_kept.redrive_allow_policy)) {
    return "RedriveAllowPolicy";
  }
  if (differs(kept.redrive_policy, current_kept.redrive_policy)) return "RedrivePolicy";
  if (differs(kept.sqs_managed_sse, current_kept.sqs_managed_sse)) return "SqsManagedSseEnabled";
  if (differs(visibility_timeout, current.visibility_timeout)) return "VisibilityTimeout";
  return "";
}

}  // namespace twinq
