#ifndef TWINQ_CORE_MODEL_QUEUE_ATTRIBUTES_H_
#define TWINQ_CORE_MODEL_QUEUE_ATTRIBUTES_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "core/model/limits.h"

namespace twinq {

// What a queue is set to, under the names of SQS's queue attributes.
struct QueueAttributes {
  absl::Duration visibility_timeout = kVisibilityTimeoutDefault;  // 0 s to 12 h.
  absl::Duration receive_wait = absl::ZeroDuration();             // 0 to 20 s.

  friend bool operator==(const QueueAttributes&, const QueueAttributes&) = default;
};

// What a CreateQueue gave of them. Attributes that were not given take no part in comparing with an
// existing queue, and take their defaults in a new one.
struct GivenQueueAttributes {
  std::optional<absl::Duration> visibility_timeout;
  std::optional<absl::Duration> receive_wait;

  QueueAttributes OverDefaults() const;
  // The SQS name of the first given attribute that `current` has otherwise, or empty.
  absl::string_view FirstDifference(const QueueAttributes& current) const;
};

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_QUEUE_ATTRIBUTES_H_
