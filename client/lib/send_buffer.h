#ifndef TWINQ_CLIENT_LIB_SEND_BUFFER_H_
#define TWINQ_CLIENT_LIB_SEND_BUFFER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "client/lib/queue_client.h"

namespace twinq::client {

// What a batch counts of a message: the bytes of its body and its attributes.
size_t SizeOf(const OutgoingMessage& message);

// A message, and what is to be called with what became of it.
struct PendingSend {
  OutgoingMessage message;
  std::function<void(absl::StatusOr<SentMessage>)> on_outcome;
  uint64_t flush = 0;  // The producer's: which of its flushes waits for it.
};

// Messages that wait to be sent, and how they come together in batches.
//
// Guarantee: messages of a lane leave in the order in which they came, and a lane that is under way
// gives no more until it is back, so that a call that is repeated neither overtakes nor is
// overtaken within its lane. The lanes of a FIFO queue are its message groups; a standard queue has
// a single one, which may be under way any number of times. Thread-safety: one thread at a time.
// Cost: O(log lanes) a message.
class SendBuffer {
 public:
  struct Limits {
    size_t messages_max;    // Of a batch.
    size_t bytes_max;       // Of a batch; a message that is longer goes alone.
    absl::Duration linger;  // How long a message waits for company.
  };
  // Message i has outcome i.
  struct Batch {
    std::vector<OutgoingMessage> messages;
    std::vector<PendingSend> pending;  // Without the messages.
  };

  SendBuffer(const Limits& limits, QueueKind kind) : limits_(limits), kind_(kind) {}

  void Add(PendingSend pending, absl::Time now);

  // From when on a batch is due: at once when one is full, else when the oldest message has waited
  // long enough. InfiniteFuture: no lane can give any.
  absl::Time DueAt() const;
  // Messages that Take() could give now, in this batch and the next ones.
  size_t messages_ready() const { return messages_ready_; }

  // The next batch, full or not, in the order in which its messages came; empty if no lane can give
  // any.
  Batch Take();
  // The lanes of a batch of Take() are back.
  void GiveBack(const Batch& batch);

 private:
  struct Waiting {
    uint64_t number;  // In the order of arrival.
    size_t bytes;
    absl::Time since;
    PendingSend pending;
  };
  struct Lane {
    std::deque<Waiting> waiting;
    size_t bytes = 0;  // Of those that wait.
    bool is_under_way = false;
  };

  Lane& LaneOf(const SendOptions& options);
  void MakeReady(Lane& lane);
  void MakeUnready(Lane& lane);

  Limits limits_;
  QueueKind kind_;
  uint64_t next_number_ = 0;
  std::map<std::string, Lane> lanes_;  // By group; only those that wait or are under way.
  std::map<uint64_t, Lane*> ready_;    // By the number of the first: those that may give.
  size_t messages_ready_ = 0;
  size_t bytes_ready_ = 0;
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_SEND_BUFFER_H_
