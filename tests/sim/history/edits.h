#ifndef TWINQ_TESTS_SIM_HISTORY_EDITS_H_
#define TWINQ_TESTS_SIM_HISTORY_EDITS_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "absl/time/time.h"

#include "core/base/random.h"
#include "core/base/timestamp.h"
#include "sim/history/history.h"

namespace twinq::history {

// A message that was sent once, acknowledged, received once, for the first time, and deleted, by
// index of its events.
struct Simple {
  size_t send = 0;
  size_t delivery = 0;
  size_t deletion = 0;
};

// Damages a history, in one way and in nothing else.
//
// Lifetime: borrows both.
class Editor {
 public:
  Editor(History& history, Random& random) : history_(history), random_(random) {}

  History& history() { return history_; }
  Random& random() { return random_; }
  Send& send(const Simple& message) { return history_.sends[message.send]; }
  Delivery& delivery(const Simple& message) { return history_.deliveries[message.delivery]; }
  Delete& deletion(const Simple& message) { return history_.deletes[message.deletion]; }

  // All simple messages, in the order of sending.
  std::vector<Simple> AllSimple() const;
  // One that fits, or none if no message does.
  std::optional<Simple> Pick(const std::function<bool(const Simple&)>& fits);
  std::optional<Simple> Pick();
  // Whether no later message of its group was received. True of every message without a group.
  bool IsLastOfGroup(const Simple& message) const;
  // The next message of its group by sequence number, if that is simple too.
  std::optional<Simple> NextOfGroup(const Simple& message) const;

  // Removes all deliveries of the id, and what was done with their handles.
  void RemoveDeliveries(const MessageId& id);
  void RemoveDeletes(HandleNumber handle);
  // Adds the delivery once more, by another consumer, with a handle of its own and the next count.
  Delivery& DeliverAgain(const Delivery& delivery, Timestamp asked_at, Timestamp answered_at);
  // A delete that was acknowledged a millisecond after the answer, asked in between.
  void AddDelete(const Delivery& delivery);
  // A new id, and a sequence number above all others if the history has any.
  MessageId NewId();
  SequenceNumber NewSequence() const;
  // Makes room at the end and returns a time in it, after everything else.
  Timestamp AfterAll();

 private:
  HandleNumber NewHandle();

  History& history_;
  Random& random_;
};

}  // namespace twinq::history

#endif  // TWINQ_TESTS_SIM_HISTORY_EDITS_H_
