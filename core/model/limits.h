#ifndef TWINQ_CORE_MODEL_LIMITS_H_
#define TWINQ_CORE_MODEL_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace twinq {

// The service's quotas. Source: Amazon SQS developer guide, "Amazon SQS quotas".
inline constexpr size_t kQueueNameCharactersMax = 80;
inline constexpr size_t kGroupIdCharactersMax = 128;
inline constexpr size_t kMessageBytesMax = 1'048'576;
inline constexpr int32_t kReceiveMessagesMax = 10;
inline constexpr int32_t kListQueuesMax = 1'000;
inline constexpr absl::Duration kVisibilityTimeoutMax = absl::Hours(12);
inline constexpr absl::Duration kReceiveWaitMax = absl::Seconds(20);
inline constexpr absl::Duration kVisibilityTimeoutDefault = absl::Seconds(30);
inline constexpr absl::Duration kDedupWindow = absl::Minutes(5);

// Ours. A full inbox answers RESOURCE_EXHAUSTED at once.
inline constexpr size_t kInboxCommandsMax = 65'536;
// How many deadlines one command handles before its queue is marked late and left to Advance().
inline constexpr int kDeadlinesPerCommandMax = 1'000;

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_LIMITS_H_
