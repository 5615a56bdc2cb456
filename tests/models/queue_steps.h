#ifndef TWINQ_TESTS_MODELS_QUEUE_STEPS_H_
#define TWINQ_TESTS_MODELS_QUEUE_STEPS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/model/api_error.h"
#include "core/model/queue_attributes.h"

namespace twinq::model {

// What happens to one queue and what comes of it, in the words of a client: the engine and the
// models of the two kinds take the same steps, and their outcomes must be equal.

// One message to be sent. Messages are told apart by their names.
struct Sending {
  std::string name;                     // Given once; never empty.
  std::string group;                    // FIFO queues: the message group, never empty.
  std::optional<std::string> dedup_id;  // FIFO queues: MessageDeduplicationId.
  // What the body says: equal texts are equal bodies. Its content-based deduplication id is
  // ContentId(content), to which an explicit dedup_id may be equal.
  std::string content;
  uint32_t bytes = 1;                     // The size of the message.
  std::optional<absl::Duration> delay;    // Standard queues: DelaySeconds of the message.
  std::optional<ApiErrorCode> malformed;  // Its first error of content, which the size goes before.
};

// What stands for the SHA-256 of a body, as text.
inline std::string ContentId(const std::string& content) { return "sha256(" + content + ")"; }

// The handle of one delivery: the n-th receive of a message counts n = 1, 2, ...
struct Handle {
  enum class Origin : uint8_t {
    kThisQueue,
    kOtherQueue,  // Genuine, but another queue's; message and delivery say nothing.
  };

  std::string message;
  uint32_t delivery = 1;
  Origin origin = Origin::kThisQueue;
};

struct Send {
  std::vector<Sending> entries;  // 1 to 10.
};
struct Receive {
  uint64_t waiter = 0;  // Names the receive, should it wait. Given once.
  int messages_max = 1;
  std::optional<absl::Duration> visibility;
  std::optional<absl::Duration> wait;
};
struct Delete {
  std::vector<Handle> handles;  // 1 to 10.
};
struct ChangeVisibility {
  struct Entry {
    Handle handle;
    absl::Duration visibility;
  };
  std::vector<Entry> entries;  // 1 to 10.
};
// The answer with these deliveries never reached the client: they end as by visibility 0, each if
// it is still its message's last delivery and in flight. Their receives stay counted.
struct Release {
  std::vector<Handle> handles;
};
struct CancelWaiter {
  uint64_t waiter = 0;
};
struct Purge {};
struct SetAttributes {
  GivenQueueAttributes attributes;
};
struct Look {};  // Does nothing: time has passed.

using Step = std::variant<Send, Receive, Delete, ChangeVisibility, Release, CancelWaiter, Purge,
                          SetAttributes, Look>;

// A message in an answer.
struct Delivered {
  std::string message;
  uint32_t receive_count = 0;  // 1 for the first; also the number of the handle.
  std::string group;           // FIFO queues.
  Timestamp sent_at;
  int64_t first_received_ms = 0;  // Milliseconds since 1970, rounded down.

  friend bool operator==(const Delivered&, const Delivered&) = default;
};

// What became of one entry of a step.
struct EntryResult {
  std::optional<ApiErrorCode> error;
  std::string stored = {};  // Sends: the message's own name, or that of the original of which it is
                            // a duplicate.
  friend bool operator==(const EntryResult&, const EntryResult&) = default;
};

// The answer to a receive that has waited.
struct Answer {
  uint64_t waiter = 0;
  std::vector<Delivered> messages;  // Empty at the end of the wait, or when it was cancelled.

  friend bool operator==(const Answer&, const Answer&) = default;
};

struct Counts {
  size_t available = 0;
  size_t in_flight = 0;
  size_t delayed = 0;

  friend bool operator==(const Counts&, const Counts&) = default;
};

// Everything that a step led to, with what time brought before it.
struct Outcome {
  std::optional<ApiErrorCode> refused;  // The request as a whole; then nothing changed.
  std::vector<EntryResult> results;     // Sends, deletes, changes: one per entry.
  std::vector<Delivered> messages;      // Receives.
  bool waits = false;                   // The receive was not answered: it waits.
  std::vector<Answer> answers;          // To receives that were waiting, in the order of answering.
  Counts counts;                        // After the step.
  // When the next thing falls due after the step: the end of a delay, a visibility, a retention, a
  // deduplication window or a wait; Timestamp::Infinite() if nothing ever does.
  Timestamp next_deadline = Timestamp::Infinite();

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

// What a queue is made with. The service's limits, smaller ones in tests that want to meet them.
struct QueueSetup {
  QueueAttributes attributes;
  size_t in_flight_max = kInFlightMax;
};

// A queue that takes steps: the engine behind an adapter, or a model of it.
class SteppedQueue {
 public:
  virtual ~SteppedQueue() = default;
  // First everything that falls due up to `now`, each at its own instant, then the step, then what
  // follows from the step at once (waiting receives are served). REQUIRES: `now` never goes back.
  virtual Outcome Run(Timestamp now, const Step& step) = 0;
};

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_QUEUE_STEPS_H_
