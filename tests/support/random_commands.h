#ifndef TWINQ_TESTS_SUPPORT_RANDOM_COMMANDS_H_
#define TWINQ_TESTS_SUPPORT_RANDOM_COMMANDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"

#include "broker/broker.h"
#include "broker/command.h"
#include "core/base/random.h"

namespace twinq {

// An endless stream of commands as clients might give them to a broker: queues of both kinds come
// and go and are set and purged, messages are sent (with duplicates and delays), received short and
// long, deleted and changed with handles new and old, waits are cancelled. It learns from the
// answers, so that most commands make sense; some do not.
//
// Guarantee: the same seed and the same answers give the same commands.
class RandomCommands {
 public:
  explicit RandomCommands(uint64_t seed) : random_(seed) {}

  // How long the clients pause before the next command: mostly milliseconds, at times seconds,
  // seldom hours; often not at all.
  absl::Duration NextPause();
  Command Next();
  // What became of the command that Next() gave, and of earlier receives.
  void Learn(const std::optional<Reply>& reply, const Outcome& outcome);
  // The queues that a crash has left, in place of those known: an id that nobody ever heard of may
  // be given again, to a queue of the other kind.
  void LearnQueues(const std::vector<const QueueState*>& queues);
  // The receives that wait.
  std::vector<CancelWaiter> Waiting() const;

 private:
  Command Create();
  Command Set();
  GivenQueueAttributes Attributes(QueueKind kind);
  Command Send();
  Command Receive();
  Command Delete();
  Command Change();
  Command Release();
  Command Cancel();
  absl::Duration Visibility();
  Receipt SomeReceipt();
  // A queue that exists, seldom one that does not.
  std::pair<QueueId, QueueKind> SomeQueue();
  void Learn(const Reply& reply);

  struct Known {
    QueueId id;
    QueueKind kind;
  };
  SeededRandom random_;
  std::vector<Known> queues_;
  std::vector<Receipt> receipts_;
  std::vector<CancelWaiter> waiting_;
  uint64_t messages_ = 0;
  uint64_t waiters_ = 0;
  // Of the command that Next() gave last.
  std::optional<QueueKind> creating_;
  std::optional<CancelWaiter> receiving_;
  std::optional<QueueId> removing_;
};

}  // namespace twinq

#endif  // TWINQ_TESTS_SUPPORT_RANDOM_COMMANDS_H_
