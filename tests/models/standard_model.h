#ifndef TWINQ_TESTS_MODELS_STANDARD_MODEL_H_
#define TWINQ_TESTS_MODELS_STANDARD_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

#include "core/base/timestamp.h"
#include "core/model/queue_attributes.h"
#include "tests/models/coverage.h"
#include "tests/models/queue_steps.h"

namespace twinq::model {

// The obvious standard queue: one vector of messages in send order, scanned in full for everything
// (SQS semantics 1.3, 4.1 to 4.3, 4.8, 4.11). What state a message is in follows from its instants
// alone; nothing is counted, indexed or remembered beside them.
//
// Delivery is in send order and of everything that is available; a message that returns has its
// old position.
//
// REQUIRES: names of messages and waiters are given once; handles of this queue whose message still
// exists have been issued.
// Cost: a few scans per step and per instant at which something falls due.
class StandardModel final : public SteppedQueue {
 public:
  // Notes in `coverage`, of standard queues, what occurs; it may be null, and outlives the model.
  StandardModel(const QueueSetup& setup, Coverage* coverage);

  Outcome Run(Timestamp now, const Step& step) override;

 private:
  struct Message {
    std::string name;
    Timestamp sent_at;
    Timestamp delay_ends_at;
    std::vector<Timestamp> received_at = {};   // The n-th delivery's at n - 1.
    Timestamp visible_at = Timestamp::Past();  // When the last delivery's visibility ends.
  };
  enum class State : uint8_t { kDelayed, kAvailable, kInFlight };

  struct Waiter {
    uint64_t name = 0;
    int messages_max = 1;
    absl::Duration visibility;
    Timestamp ends_at;
  };

  // The steps, each at now_.
  void Do(const Send& send, Outcome& outcome);
  void Do(const Receive& receive, Outcome& outcome);
  void Do(const Delete& request, Outcome& outcome);
  void Do(const ChangeVisibility& request, Outcome& outcome);
  void Do(const Release& release, Outcome& outcome);
  void Do(const CancelWaiter& cancel, Outcome& outcome);
  void Do(const Purge& purge, Outcome& outcome);
  void Do(const SetAttributes& set, Outcome& outcome);
  void Do(const Look& look, Outcome& outcome);

  EntryResult SendOne(const Sending& entry);
  EntryResult DeleteOne(const Handle& handle);
  EntryResult ChangeOne(const ChangeVisibility::Entry& entry);

  // What follows at now_ from the passing of time, or from `cause` if it is not null.
  void Settle(const Step* cause, Outcome& outcome);
  void Expire(const Step* cause);
  void ServeWaiters(const Step* cause, Outcome& outcome);
  void EndWaits(Outcome& outcome);

  // Receives up to `messages_max` messages, the oldest first, as far as the limit allows.
  std::vector<Delivered> Take(int messages_max, absl::Duration visibility);
  Delivered Deliver(Message& message, absl::Duration visibility);

  State StateOf(const Message& message) const;
  Timestamp ExpiresAt(const Message& message) const;
  size_t CountIn(State state) const;
  // The earliest instant after now_ at which something falls due.
  Timestamp NextDeadline() const;
  // Null if the message is gone: deleted, expired or purged.
  Message* Find(const std::string& name);
  bool AtLimit() const { return CountIn(State::kInFlight) >= setup_.in_flight_max; }

  // For the coverage alone: standard_model_notes.cc. They are called before what they note is done.
  void Note(Rule rule) const;
  void NoteTimePassed() const;
  void NoteStored(const Sending& entry, absl::Duration delay) const;
  void NoteReceive(const Receive& receive, absl::Duration wait) const;
  void NoteDelivery(const Message& message, absl::Duration visibility) const;
  void NoteDelete(const Message& message, const Handle& handle) const;
  void NoteExpiry(const Message& message, const Step* cause) const;
  void NotePurge() const;
  void NoteSet(const GivenQueueAttributes& given) const;
  // Why the first waiter may now take what it could not before, if it can take anything.
  Rule WokenBy(const Step* cause) const;

  const QueueSetup setup_;
  Coverage* const coverage_;
  QueueAttributes attributes_;
  Timestamp now_ = Timestamp::Past();
  std::vector<Message> messages_;  // In send order.
  std::vector<Waiter> waiters_;    // In order of arrival.
  std::optional<Timestamp> purged_at_;
};

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_STANDARD_MODEL_H_
