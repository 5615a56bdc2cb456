#ifndef TWINQ_TESTS_MODELS_FIFO_MODEL_H_
#define TWINQ_TESTS_MODELS_FIFO_MODEL_H_

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

// The obvious FIFO queue: one vector of messages in send order and one of deduplication windows,
// scanned in full for everything (SQS semantics 1.3, 4.2, 4.3, 4.5, 4.6, 4.8, 4.11). A group is the
// messages that say so, its head the first of them. State follows from instants, but for the end
// of a message's delay, which no later change of the queue's delay takes back (F8).
//
// REQUIRES: names of messages and waiters are given once; handles of this queue whose message still
// exists have been issued.
// Cost: a few scans per step and per instant at which something falls due, and with each receive
// one per group.
class FifoModel final : public SteppedQueue {
 public:
  // Notes in `coverage`, of FIFO queues, what occurs; it may be null, and outlives the model.
  FifoModel(const QueueSetup& setup, Coverage* coverage);

  Outcome Run(Timestamp now, const Step& step) override;

 private:
  struct Delivery {
    Timestamp received_at;
    absl::Duration visibility;  // As received, before any change.
  };
  struct Message {
    std::string name;
    std::string group;
    Timestamp sent_at;
    Timestamp rank_unreceived;                    // F4, see RankOf().
    std::optional<Timestamp> delay_over_at = {};  // Unset while delayed.
    std::vector<Delivery> deliveries = {};
    Timestamp visible_at = Timestamp::Past();  // When the last delivery's visibility ends.
  };
  enum class State : uint8_t { kDelayed, kAvailable, kInFlight };

  // Where a group stands when one is chosen, by its head: the least is served first (F4).
  struct Rank {
    enum class Head : uint8_t { kNeverReceived, kReceived };  // Decides at equal instants.

    Timestamp available_since;
    Head head = Head::kNeverReceived;

    friend auto operator<=>(const Rank&, const Rank&) = default;
  };

  // One deduplication id that was accepted (4.6). It outlives its message.
  struct Window {
    enum class Original : uint8_t { kExists, kDeleted, kExpired };

    std::string group;
    std::string id;
    std::string message;  // The original's name.
    Timestamp ends_at;
    bool by_content = false;      // For the coverage alone, with all that follows.
    Timestamp last_sent_at = {};  // Duplicates too.
    Original original = Original::kExists;
  };

  struct Waiter {
    uint64_t name = 0;
    int messages_max = 1;
    absl::Duration visibility;
    Timestamp ends_at;
  };

  // For the coverage alone: an id by which a send would be a duplicate if what must not be
  // remembered were.
  struct ForgottenId {
    enum class Reason : uint8_t { kSendFailed, kPurged, kWindowEnded };

    Reason reason;
    Window window;  // That it had, or would have had.
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

  EntryResult SendOne(const Sending& entry, const Send& send);
  EntryResult DeleteOne(const Handle& handle);
  EntryResult ChangeOne(const ChangeVisibility::Entry& entry);

  // The id by which the entry is deduplicated. REQUIRES: it has one.
  static std::string DedupIdOf(const Sending& entry);
  bool SameKey(const Window& window, const std::string& group, const std::string& id) const;
  // The window in which a send of this id is a duplicate; null if it is none.
  Window* FindWindow(const std::string& group, const std::string& id);

  // What follows at now_ from the passing of time, or from `cause` if it is not null.
  void Settle(const Step* cause, Outcome& outcome);
  void Expire(const Step* cause);
  void EndDelays(const Step* cause);
  void EndWindows();
  void ServeWaiters(const Step* cause, Outcome& outcome);
  void EndWaits(Outcome& outcome);

  // The messages that a receive gets now (F1 to F4), as far as the limit allows.
  std::vector<Message*> Choose(int messages_max);
  std::vector<Delivered> Deliver(const std::vector<Message*>& chosen, absl::Duration visibility);
  // The first message of each group, in send order.
  std::vector<const Message*> Heads() const;
  // Those that are available, in the order in which their groups are served (F4).
  std::vector<const Message*> ReadyHeads() const;
  // What of the group can be delivered (F1), in order.
  std::vector<Message*> Prefix(const std::string& group);
  static Rank RankOf(const Message& message);

  State StateOf(const Message& message) const;
  // Whether the handle is that of the last delivery, and its visibility still runs (F7).
  bool IsAlive(const Handle& handle, const Message& message) const;
  Timestamp DelayEndsAt(const Message& message) const;
  Timestamp ExpiresAt(const Message& message) const;
  size_t CountIn(State state) const;
  size_t Room() const;  // How many more may be in flight.
  // The earliest instant after now_ at which something falls due.
  Timestamp NextDeadline() const;
  // Null if the message is gone: deleted, expired or purged.
  Message* Find(const std::string& name);

  // For the coverage alone: fifo_model_notes.cc. They are called before what they note is done, and
  // change nothing but the members that are for the coverage alone.
  void Note(Rule rule) const;
  void NoteStored(const Sending& entry, const std::string& id);
  void NoteDuplicate(const Sending& entry, const Send& send, const Window& window) const;
  void NoteFailed(const Sending& entry);
  void NoteForgotten(const Window& window, ForgottenId::Reason reason);
  void NoteIfForgotten(const std::string& group, const std::string& id);
  void NoteReceive(const Receive& receive, absl::Duration wait) const;
  void NoteGroups(const std::vector<Message*>& chosen) const;
  void NoteGroup(const std::string& group, const std::vector<Message*>& chosen) const;
  void NoteRanks() const;
  void NoteDelivery(const Message& message, absl::Duration visibility) const;
  void NoteDelete(const Message& message);
  void NoteExpiry(const Message& message, const Step* cause);
  void NoteVisibilitiesOver() const;
  void NoteOriginal(const Message& message, Window::Original original);
  void NotePurge();
  void NoteSet(const GivenQueueAttributes& given) const;
  // Why the first waiter may now take what it could not before, if it can take anything.
  Rule WokenBy(const Step* cause) const;

  const QueueSetup setup_;
  Coverage* const coverage_;
  QueueAttributes attributes_;
  Timestamp now_ = Timestamp::Past();
  std::vector<Message> messages_;  // In send order.
  std::vector<Window> windows_;    // Of ids within their 5 minutes.
  std::vector<Waiter> waiters_;    // In order of arrival.
  std::optional<Timestamp> purged_at_;
  // For the coverage alone: the last few forgotten ids, and the groups that a message has left in
  // flight at this instant.
  std::vector<ForgottenId> forgotten_;
  std::vector<std::string> unlocked_groups_;
};

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_FIFO_MODEL_H_
