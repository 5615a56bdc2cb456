#ifndef TWINQ_TESTS_SUPPORT_MESSAGES_H_
#define TWINQ_TESTS_SUPPORT_MESSAGES_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/model/dedup_key.h"
#include "core/model/group_id.h"
#include "core/model/queue_name.h"
#include "core/queue/queue.h"

namespace twinq {

// The instant this long after the beginning of a test.
Timestamp At(absl::Duration since_begin);

// REQUIRES: the text is well formed.
QueueName Name(absl::string_view text);
GroupId Group(absl::string_view text);

// What stands for the n-th deduplication id.
inline DedupKey Dedup(uint64_t number) { return {.high = number, .low = ~number}; }

// The n-th message of a test: its id, its body's reference and size follow from n. REQUIRES: n > 0.
NewMessage Message(uint64_t number);
// As Message(), in a group and with the n-th deduplication id.
NewMessage FifoMessage(uint64_t number, absl::string_view group);

}  // namespace twinq

#endif  // TWINQ_TESTS_SUPPORT_MESSAGES_H_
