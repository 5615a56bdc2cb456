#ifndef TWINQ_TESTS_MODELS_STEPPED_BROKER_H_
#define TWINQ_TESTS_MODELS_STEPPED_BROKER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

#include "broker/broker.h"
#include "broker/command.h"
#include "core/base/random.h"
#include "core/base/timestamp.h"
#include "core/model/queue_kind.h"
#include "tests/models/queue_steps.h"

namespace twinq::model {

// The engine as a queue that takes steps: one queue of a broker, which is created with the first
// step. What the broker must do alike, however it is driven, it is driven to at random: time comes
// by Advance() or with the command, in slices or not; a second queue has its own traffic, so that
// slots and deadlines of the two interleave; and now and then the broker is replaced by one that
// its records have rebuilt.
class SteppedBroker final : public SteppedQueue {
 public:
  enum class Habit : uint8_t {
    kPlain,   // Commands as they come, and nothing else.
    kVaried,  // All of the above.
  };
  struct Options {
    Habit habit = Habit::kPlain;
    uint64_t seed = 1;             // Of what is varied.
    uint64_t rebuild_every = 400;  // So many steps on the average, if the habit is kVaried.
  };

  SteppedBroker(QueueKind kind, const QueueSetup& setup, const Options& options);

  Outcome Run(Timestamp now, const Step& step) override;

  // What cannot be told by an outcome: a rebuilt broker that differs, an answer that no step can
  // have. Empty as long as all is well.
  const std::string& fault() const { return fault_; }
  // Rebuilds the broker from its records; goes on with the new one if no receive waits.
  // REQUIRES: the habit is kVaried, and the last step was taken at `now`.
  void Rebuild(Timestamp now);

 private:
  struct Sent {
    std::string name;
    SequenceNumber sequence;
    std::vector<Receipt> receipts = {};  // The n-th delivery's at n - 1.
  };
  struct Neighbour {
    QueueState* state = nullptr;
    std::vector<Receipt> receipts;
    uint64_t messages = 0;
    uint64_t waiters = 0;
  };

  void Begin(Timestamp now);
  QueueState* Create(Timestamp now, const char* name, const GivenQueueAttributes& attributes);
  void StepNeighbour(Timestamp now);
  Command NeighbourCommand();
  // Lets the broker do what is due.
  void Advance(Timestamp now, Outcome& outcome);
  int AdvanceBudget();
  Timestamp NextDeadline() const;  // Of both queues.

  Command CommandOf(const Send& send);
  Command CommandOf(const Receive& receive);
  Command CommandOf(const Delete& request) const;
  Command CommandOf(const ChangeVisibility& change) const;
  Command CommandOf(const Release& release) const;
  Command CommandOf(const CancelWaiter& cancel) const;
  Command CommandOf(const Purge& purge) const;
  Command CommandOf(const SetAttributes& set) const;
  Command CommandOf(const Look& look) const;
  SendMessages::Entry EntryOf(const Sending& sending);
  DedupKey KeyOf(const std::string& group, const std::string& id);
  Receipt ReceiptOf(const Handle& handle) const;
  Receipt ReceiptOfOtherQueue() const;

  // What the broker has answered, in the words of steps.
  void TakeIn(Outcome& outcome);
  void TakeReply(const Step& step, const Reply& reply, Outcome& outcome);
  std::vector<Delivered> Take(const MessagesReceived& received);
  EntryResult Take(const Sending& sending, const std::variant<SentMessage, ApiError>& result);
  void Fault(const std::string& what);

  const QueueKind kind_;
  const QueueSetup setup_;
  const Options options_;
  SeededRandom random_;
  std::unique_ptr<Broker> broker_;
  QueueState* state_ = nullptr;
  Neighbour neighbour_;
  twinq::Outcome effects_;       // Of the last call to the broker.
  std::vector<Record> records_;  // All, if the habit is kVaried.
  std::vector<Sent> sent_;       // The n-th message of this queue has the body n + 1.
  absl::flat_hash_map<std::string, uint64_t> numbers_;  // Of names in `sent_`.
  absl::flat_hash_map<std::string, uint64_t> keys_;
  std::vector<uint64_t> waiters_;  // The n-th receive's, whose id is n + 1.
  std::string fault_;
};

}  // namespace twinq::model

#endif  // TWINQ_TESTS_MODELS_STEPPED_BROKER_H_
