#ifndef TWINQ_BROKER_COMMAND_H_
#define TWINQ_BROKER_COMMAND_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"

#include "broker/payload.h"
#include "core/model/api_error.h"
#include "core/model/queue_attributes.h"
#include "core/model/queue_id.h"
#include "core/model/queue_name.h"
#include "core/model/receipt.h"
#include "core/queue/queue.h"
#include "core/queue/queue_stats.h"
#include "core/queue/receive_waiters.h"

namespace twinq {

// What a shard can be asked. Front ends have parsed, hashed and opened everything, so a command
// holds ids, sizes and receipts; the broker judges it against state and time.

// Creates the queue, or finds one of that name whose attributes equal the given ones.
struct CreateQueue {
  QueueName name;
  GivenQueueAttributes attributes;
  QueueTags tags = {};  // Of a queue that exists they are neither compared nor changed.
};

struct DeleteQueue {
  QueueId queue;
};

struct SetQueueAttributes {
  QueueId queue;
  GivenQueueAttributes attributes;
};

struct GetQueueAttributes {
  QueueId queue;
};

// Adds the tags, or overwrites those of the same keys.
struct TagQueue {
  QueueId queue;
  QueueTags tags;
};

struct UntagQueue {
  QueueId queue;
  std::vector<std::string> keys;  // Those that are no tag's do nothing.
};

// Rewrites the queue's policy, a document that the engine does not read.
struct ChangePolicy {
  QueueId queue;
  // What the policy becomes, or why it cannot. A function of the policy alone.
  std::function<std::variant<JsonText, ApiError>(const JsonText& policy)> change;
};

// Removes every message sent so far and forgets their deduplication ids; once in 60 s.
struct PurgeQueue {
  QueueId queue;
};

// Names in byte order, after `after`, that begin with `prefix`.
struct ListQueues {
  std::string prefix;
  std::string after;
  int names_max = 0;
};

// Names, in byte order, of the queues whose redrive policies name this one.
struct ListDeadLetterSources {
  QueueId queue;
  std::string after;
  int names_max = 0;
};

// Up to ten messages, stored in this order; each is judged alone, unless the request is refused.
struct SendMessages {
  struct Entry {
    NewMessage message;
    PayloadPtr payload;  // The shard turns it into message.body. Null where there is a finding.
  };
  // What the front end has found wrong. It does not refuse by itself, because rules that depend on
  // the queue's attributes are judged between its own. In this order (SQS semantics 2.0): an entry
  // without the deduplication id that it needs refuses the request; so does kRequest; then for each
  // entry alone kValue, its size against MaximumMessageSize, kContent.
  struct Finding {
    enum class Rank : uint8_t { kRequest, kValue, kContent };

    Rank rank = Rank::kRequest;
    size_t entry = 0;  // Index in `entries`; of no meaning for kRequest.
    ApiError error;
  };

  QueueId queue;
  absl::InlinedVector<Entry, 1> entries;
  std::vector<Finding> findings = {};
};

struct ReceiveMessages {
  QueueId queue;
  WaiterId waiter{};  // Drawn by the shard: what the receive is called should it have to wait.
  int messages_max = 1;
  uint64_t bytes_max = std::numeric_limits<uint64_t>::max();  // See ReceiveCredit.
  std::optional<absl::Duration> visibility;                   // Else the queue's.
  std::optional<absl::Duration> wait;  // Else the queue's; zero is a short poll.
};

struct DeleteMessages {
  QueueId queue;
  absl::InlinedVector<Receipt, 1> receipts;
};

struct ChangeVisibility {
  struct Entry {
    Receipt receipt;
    absl::Duration visibility;
  };
  QueueId queue;
  absl::InlinedVector<Entry, 1> entries;
};

// The answer with these deliveries never left: ends their visibility, each if it is still the
// message's last delivery. Their receives stay counted.
struct ReleaseDeliveries {
  QueueId queue;
  std::vector<Receipt> receipts;
};

// What there is in a queue.
struct GetQueueStatus {
  QueueId queue;
};

// The same of up to so many queues, in byte order of their names behind `after`. None does first
// what is due in it: the counts may lag by one slice of that.
struct ListQueueStatuses {
  std::string after;
  int queues_max = 0;
};

// A waiting receive is to wait no longer: it is answered with nothing.
struct CancelWaiter {
  QueueId queue;
  WaiterId waiter{};
};

using Command =
    std::variant<ListQueues, CreateQueue, DeleteQueue, SetQueueAttributes, GetQueueAttributes,
                 TagQueue, UntagQueue, ChangePolicy, ListDeadLetterSources, PurgeQueue,
                 SendMessages, ReceiveMessages, DeleteMessages, ChangeVisibility, ReleaseDeliveries,
                 CancelWaiter, GetQueueStatus, ListQueueStatuses>;

// What a shard answers.

struct Done {};

struct QueueCreated {
  QueueId queue;
};

struct QueueNames {
  std::vector<std::string> names;
  bool more = false;  // There are names behind the last of these.

  // A page of the names. REQUIRES: they are at most one more than that.
  static QueueNames FirstOf(std::vector<std::string> names, int names_max) {
    const bool more = static_cast<int>(names.size()) > names_max;
    if (more) names.pop_back();
    return {.names = std::move(names), .more = more};
  }
};

struct QueueDescription {
  QueueAttributes attributes;
  KeptAttributes kept;
  QueueCounts counts;
  Timestamp created_at;
  Timestamp modified_at;
};

// One result per entry, in the order of the entries.
struct MessagesSent {
  absl::InlinedVector<std::variant<SentMessage, ApiError>, 1> results;
};

struct MessagesReceived {
  struct Entry {
    Delivery delivery;
    PayloadPtr payload;  // Pinned by the shard.
  };
  std::vector<Entry> entries;
};

// One result per entry, in the order of the entries: why it was refused, or nothing.
struct EntryResults {
  absl::InlinedVector<std::optional<ApiErrorCode>, 1> results;
};

// What there is in a queue, and who waits for it.
struct QueueStatus {
  std::string name;
  QueueStats stats;
  std::optional<absl::Duration> oldest_message_age;  // Nothing: there is no message.
  size_t waiting_receives = 0;
};

struct QueueStatuses {
  std::vector<QueueStatus> queues;
  bool more = false;  // There are queues behind the last of these.
};

using Reply = std::variant<Done, ApiError, QueueCreated, QueueNames, QueueDescription, MessagesSent,
                           MessagesReceived, EntryResults, QueueStatus, QueueStatuses>;

}  // namespace twinq

#endif  // TWINQ_BROKER_COMMAND_H_
