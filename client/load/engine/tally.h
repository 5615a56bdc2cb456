#ifndef TWINQ_CLIENT_LOAD_ENGINE_TALLY_H_
#define TWINQ_CLIENT_LOAD_ENGINE_TALLY_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "client/load/engine/latency_histogram.h"
#include "client/load/engine/message_tag.h"

namespace twinq::load {

// What a queue did to the messages of one run.
struct Counts {
  int64_t sent = 0;       // Messages whose send the server acknowledged; repeats are not counted.
  int64_t delivered = 0;  // Deliveries, each of them.
  // Duplicates: deliveries after a message's first, by their cause.
  int64_t stored_twice = 0;  // Another message id: a repeated send was stored as a second message.
  int64_t delivered_again = 0;  // A message id seen before: it was not deleted in time.
  // Messages first handled after a later one of the same producer and group.
  int64_t out_of_order = 0;
  int64_t lost = 0;  // Sent and not delivered so far.

  int64_t duplicates() const { return stored_twice + delivered_again; }

  friend bool operator==(const Counts&, const Counts&) = default;
};

// Judges a run from outside: it hears of each send and each delivery and keeps count.
//
// Invariant: sent = distinct messages delivered and acknowledged + lost.
// Thread-safety: one thread at a time. Deliveries must be told in the order in which they are
// handled: of the ten messages that one receive brings, consumers handle one after the other.
// Cost: O(1) a call; about 20 bytes for each message.
class Tally {
 public:
  enum class Delivery { kFirst, kDuplicate };

  // For producers and groups numbered from 0. REQUIRES: both numbers are positive.
  Tally(int producers, int groups);

  // A producer is about to send the message. REQUIRES: its numbers come in sequence, from 0.
  void Sending(const MessageTag& tag);

  // The server acknowledged it. REQUIRES: Sending() was told.
  void Sent(const MessageTag& tag);

  // A consumer, which got it at `received_at`, handles it now. InvalidArgument, and nothing
  // counted, if nobody was about to send such a message.
  absl::StatusOr<Delivery> Delivered(const MessageTag& tag, absl::string_view message_id,
                                     absl::Time received_at);

  const Counts& counts() const { return counts_; }
  // Between the first send and the first delivery of a message.
  const LatencyHistogram& end_to_end() const { return end_to_end_; }

 private:
  struct Message {
    bool is_sent = false;
    bool is_delivered = false;
  };

  bool IsKnown(const MessageTag& tag) const;
  void JudgeOrder(const MessageTag& tag);

  int groups_;
  std::vector<std::vector<Message>> messages_;  // By producer, then number.
  std::vector<int64_t> newest_;                 // By producer and group: highest number delivered.
  // Hashes of message ids: 64 bits are enough not to meet by chance.
  absl::flat_hash_set<size_t> message_ids_;
  Counts counts_;
  LatencyHistogram end_to_end_;
};

}  // namespace twinq::load

#endif  // TWINQ_CLIENT_LOAD_ENGINE_TALLY_H_
