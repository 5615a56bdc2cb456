#ifndef TWINQ_CORE_MODEL_LIMITS_H_
#define TWINQ_CORE_MODEL_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"

namespace twinq {

// The service's quotas. Source: Amazon SQS developer guide, "Amazon SQS quotas".
inline constexpr size_t kQueueNameCharactersMax = 80;
inline constexpr size_t kGroupIdCharactersMax = 128;
inline constexpr uint32_t kMessageBytesMax = 1'048'576;    // Also of a whole batch.
inline constexpr uint32_t kMaximumMessageSizeMin = 1'024;  // Least value of MaximumMessageSize.
inline constexpr int kBatchEntriesMax = 10;
inline constexpr size_t kBatchEntryIdCharactersMax = 80;
inline constexpr int32_t kReceiveMessagesMax = 10;
inline constexpr int32_t kListQueuesMax = 1'000;
inline constexpr size_t kInFlightMax = 120'000;  // Messages of one queue.
inline constexpr absl::Duration kDelayMax = absl::Minutes(15);
inline constexpr absl::Duration kRetentionMin = absl::Minutes(1);
inline constexpr absl::Duration kRetentionMax = absl::Hours(14 * 24);
inline constexpr absl::Duration kRetentionDefault = absl::Hours(4 * 24);
inline constexpr absl::Duration kPurgeInterval = absl::Minutes(1);
// How long the name of a deleted queue cannot be given again.
inline constexpr absl::Duration kDeletedNameInterval = absl::Minutes(1);
inline constexpr absl::Duration kVisibilityTimeoutMax = absl::Hours(12);
inline constexpr absl::Duration kReceiveWaitMax = absl::Seconds(20);
inline constexpr absl::Duration kVisibilityTimeoutDefault = absl::Seconds(30);
inline constexpr absl::Duration kDedupWindow = absl::Minutes(5);
inline constexpr size_t kPolicyBytesMax = 8'192;  // Of each JSON document that a queue has.
inline constexpr int kMaxReceiveCountMax = 1'000;
inline constexpr size_t kRedriveSourcesMax = 10;
inline constexpr absl::Duration kKmsReusePeriodMin = absl::Minutes(1);
inline constexpr absl::Duration kKmsReusePeriodMax = absl::Hours(24);
inline constexpr size_t kPolicyStatementsMax = 20;  // That AddPermission makes.
inline constexpr size_t kPermissionActionsMax = 7;
inline constexpr size_t kPermissionLabelCharactersMax = 80;
inline constexpr size_t kKmsKeyIdBytesMax = 2'048;
inline constexpr size_t kQueueTagsMax = 50;
inline constexpr size_t kTagKeyCharactersMax = 128;
inline constexpr size_t kTagValueCharactersMax = 256;
inline constexpr size_t kMessageAttributesMax = 10;                // A message.
inline constexpr size_t kMessageAttributeNameCharactersMax = 256;  // Of types, too.

// Ours. A full inbox answers RESOURCE_EXHAUSTED at once.
inline constexpr size_t kInboxCommandsMax = 65'536;
// How many deadlines one command handles before its queue is marked late and left to Advance().
inline constexpr int kDeadlinesPerCommandMax = 1'000;
// The service's limit is not known.
inline constexpr size_t kTraceHeaderBytesMax = 4'096;

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_LIMITS_H_
