#ifndef TWINQ_CLIENT_LIB_IN_HAND_H_
#define TWINQ_CLIENT_LIB_IN_HAND_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"

#include "client/lib/consumer.h"
#include "client/lib/messages.h"
#include "client/lib/queue_client.h"

namespace twinq::client {

// The messages that a consumer has received and is not done with.
//
//              Begin()            Handled()         AckDone()
//   waiting ────────────► running ──────────► handled ────────► forgotten
//      │                     │ Failed()
//      └──────┬──────────────┘
//             ▼  given back, or left to its visibility timeout, and forgotten
//
// Guarantees: on a FIFO queue, of each message group at most one message runs, in the order in
// which they came; when one of a group fails or is lost (its visibility ended, so that others may
// have it), the later ones of the group are given back and do not begin. A message that was handled
// never begins again: if it comes once more, because its ack came too late or found no server, it
// is only acknowledged again.
// Thread-safety: one thread at a time.
// Cost: O(log n) a call in the messages in hand; it remembers the ids of at most
// kHandledRememberedMax messages whose ack failed.
class InHand {
 public:
  static constexpr size_t kHandledRememberedMax = 10'000;

  // Of a message, while it is in hand; in the order of receiving.
  using Number = uint64_t;

  // `visibility_timeout` is that of every receive and extension.
  InHand(QueueKind kind, absl::Duration visibility_timeout)
      : kind_(kind), visibility_timeout_(visibility_timeout) {}

  // They came with an answer that arrived at `now`, in this order.
  void Received(std::vector<ReceivedMessage> messages, absl::Time now);

  // How many wait or run.
  int unhandled() const { return static_cast<int>(waiting_ + running_); }
  // How many are in hand at all.
  size_t size() const { return held_.size(); }

  // A message whose handler is to begin now; null if there is none. It stays where it is until
  // Handled() or Failed().
  struct Task {
    Number number = 0;
    const ReceivedMessage* message = nullptr;
  };
  Task Begin(absl::Time now);
  void Handled(Number number);
  void Failed(Number number, AfterFailure after);
  // Gives back all that wait.
  void GiveBackWaiting();

  // Up to ten to acknowledge in one call, the first handled first; empty if there are none. Each
  // must come to AckDone() before more are taken.
  struct Ack {
    Number number;
    std::string receipt_handle;
  };
  std::vector<Ack> TakeAcks();
  enum class AckOutcome : uint8_t {
    kDone,
    kFailed,  // Refused, or given up: if the message comes again, so does the ack.
  };
  void AckDone(const Ack& ack, AckOutcome outcome);

  // The receipt handles of up to ten messages to give back in one call, in this order. Those whose
  // visibility is over by itself are left out, and those that are in hand again.
  std::vector<std::string> TakeReleases(absl::Time now);

  bool HasAcks() const { return !acks_.empty(); }
  bool HasReleases() const { return !releases_.empty(); }

  // When the next visibility is to be extended; InfiniteFuture if none is.
  absl::Time NextExtension() const;
  // Up to ten whose visibility is to be extended now, in one call. Each must come to Extended(),
  // Refused() or Unanswered().
  struct Extension {
    Number number;
    std::string receipt_handle;
  };
  std::vector<Extension> TakeExtensions(absl::Time now);
  // By a call that was asked at `asked_at`.
  void Extended(const Extension& extension, absl::Time asked_at);
  void Refused(const Extension& extension);
  // It is to be tried again at `retry_at`.
  void Unanswered(const Extension& extension, absl::Time retry_at);

 private:
  enum class State : uint8_t { kWaiting, kRunning, kHandled };
  struct Held {
    ReceivedMessage message;     // As its handler sees it.
    std::string receipt_handle;  // The newest.
    State state = State::kWaiting;
    absl::Time hidden_until;  // Others may have it from then on.
    absl::Time extend_at = absl::InfiniteFuture();
  };
  struct Group {
    std::set<Number> waiting;
    bool is_running = false;
  };
  using Groups = absl::flat_hash_map<std::string, Group>;
  struct Release {
    std::string message_id;
    std::string receipt_handle;
    absl::Time hidden_until;
  };

  static std::string GroupOf(const Held& held);
  void Hold(ReceivedMessage message, State state, absl::Time now);
  void Schedule(Number number, Held& held, absl::Time extend_at);
  // The held message of an extension, unless it is gone or came again since.
  Held* Find(const Extension& extension);
  // Its visibility is over, or may be: others may have it.
  void Lose(Number number, Held& held);
  void EndRunning(const Held& held);
  void EndWaiting(Number number, const Held& held);
  void SettleGroup(Groups::iterator group);
  // Of the group of `held`, all that wait.
  void GiveBackGroup(const Held& held);
  // So that on a FIFO queue none overtakes an earlier one.
  void GiveBackLastFirst(const std::vector<Number>& waiting);
  void GiveBack(Number number);
  void Forget(Number number);
  void RememberHandled(const std::string& message_id);

  QueueKind kind_;
  absl::Duration visibility_timeout_;
  Number next_number_ = 0;
  size_t waiting_ = 0;
  size_t running_ = 0;
  std::map<Number, Held> held_;
  absl::flat_hash_map<std::string, Number> by_message_id_;
  // Of a FIFO queue: those with a message that waits or runs.
  Groups groups_;
  std::set<Number> ready_;  // Those that wait and may begin.
  std::set<std::pair<absl::Time, Number>> extensions_;
  std::deque<Number> acks_;
  std::deque<Release> releases_;
  absl::flat_hash_set<std::string> handled_ids_;  // Whose ack failed.
  std::deque<std::string> handled_ids_in_order_;
};

}  // namespace twinq::client

#endif  // TWINQ_CLIENT_LIB_IN_HAND_H_
