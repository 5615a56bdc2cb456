#ifndef TWINQ_CORE_MODEL_QUEUE_ATTRIBUTES_H_
#define TWINQ_CORE_MODEL_QUEUE_ATTRIBUTES_H_

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "core/model/dedup_scope.h"
#include "core/model/kept_attributes.h"
#include "core/model/limits.h"

namespace twinq {

// What a queue is set to, under the names of SQS's queue attributes (SQS semantics 3.1).
struct QueueAttributes {
  absl::Duration delay = absl::ZeroDuration();                    // 0 s to 15 min.
  uint32_t message_bytes_max = kMessageBytesMax;                  // 1,024 to 1,048,576.
  absl::Duration retention = kRetentionDefault;                   // 60 s to 14 days.
  absl::Duration receive_wait = absl::ZeroDuration();             // 0 to 20 s.
  absl::Duration visibility_timeout = kVisibilityTimeoutDefault;  // 0 s to 12 h.
  // FIFO queues. The scope is what the attribute reads; deduplication keeps to that of the
  // creation.
  bool content_based_dedup = false;
  DedupScope dedup_scope = DedupScope::kQueue;

  friend bool operator==(const QueueAttributes&, const QueueAttributes&) = default;
};

// What a CreateQueue or SetQueueAttributes gave of them. Attributes that were not given keep their
// value, or take their default in a new queue, and take no part in comparing with an existing one.
struct GivenQueueAttributes {
  std::optional<absl::Duration> delay = {};
  std::optional<uint32_t> message_bytes_max = {};
  std::optional<absl::Duration> retention = {};
  std::optional<absl::Duration> receive_wait = {};
  std::optional<absl::Duration> visibility_timeout = {};
  std::optional<bool> content_based_dedup = {};
  std::optional<DedupScope> dedup_scope = {};
  GivenKeptAttributes kept = {};

  QueueAttributes Over(const QueueAttributes& current) const;
  // The SQS name of the first given attribute, in the order of the names, that a queue with these
  // has otherwise, or empty.
  absl::string_view FirstDifference(const QueueAttributes& current,
                                    const KeptAttributes& current_kept) const;
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_QUEUE_ATTRIBUTES_H_
