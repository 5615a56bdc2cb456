#include "core/model/kept_attributes.h"

#include <utility>

namespace twinq {

KeptPointer Share(KeptAttributes kept) {
  if (kept == KeptAttributes()) return nullptr;
  return std::make_shared<const KeptAttributes>(std::move(kept));
}

KeptAttributes KeptOf(const KeptPointer& kept) {
  return kept == nullptr ? KeptAttributes() : *kept;
}

const std::string& DeadLetterQueueOf(const KeptPointer& kept) {
  static const std::string none;
  return kept == nullptr ? none : kept->redrive_policy.dead_letter_queue;
}

std::variant<KeptAttributes, ApiError> GivenKeptAttributes::Over(const KeptAttributes& current,
                                                                 DedupScope scope) const {
  KeptAttributes kept = {
      .fifo_throughput_limit = fifo_throughput_limit.value_or(current.fifo_throughput_limit),
      .kms_data_key_reuse_period = current.kms_data_key_reuse_period,
      .kms_master_key_id = kms_master_key_id.value_or(current.kms_master_key_id),
      .policy = policy.value_or(current.policy),
      .redrive_allow_policy = redrive_allow_policy.value_or(current.redrive_allow_policy),
      .redrive_policy = redrive_policy.value_or(current.redrive_policy),
      .sqs_managed_sse = sqs_managed_sse.value_or(current.sqs_managed_sse),
      .tags = current.tags};
  if (kms_data_key_reuse_period.has_value()) {
    kept.kms_data_key_reuse_period = kms_data_key_reuse_period;
  }
  if (kms_master_key_id.has_value()) {
    if (kms_master_key_id->empty()) {
      kept.kms_data_key_reuse_period.reset();
    } else if (!sqs_managed_sse.has_value()) {
      kept.sqs_managed_sse = false;
    }
  }
  if (kept.sqs_managed_sse && !kept.kms_master_key_id.empty()) {
    return ApiError{.code = ApiErrorCode::kTwoEncryptions};
  }
  if (kept.fifo_throughput_limit == FifoThroughputLimit::kPerMessageGroupId &&
      scope != DedupScope::kMessageGroup) {
    return ApiError{.code = ApiErrorCode::kInvalidAttributeValue,
                    .parameter = "FifoThroughputLimit"};
  }
  return kept;
}

}  // namespace twinq
