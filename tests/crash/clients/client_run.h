#ifndef TWINQ_TESTS_CRASH_CLIENTS_CLIENT_RUN_H_
#define TWINQ_TESTS_CRASH_CLIENTS_CLIENT_RUN_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "client/lib/queue_client.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "platform/mutex.h"
#include "tests/crash/clients/consumer_slot.h"
#include "tests/crash/clients/handling_judge.h"
#include "tests/crash/clients/message_source.h"
#include "tests/crash/options.h"
#include "tests/crash/server_runs.h"

namespace twinq::crash {

// What a run has come to.
struct ClientTotals {
  int64_t server_kills = 0;  // While it served.
  int64_t recovery_kills = 0;
  int64_t consumer_kills = 0;
  int64_t double_kills = 0;  // Rounds in which both were killed; those kills count above too.
  int64_t long_outages = 0;  // Longer than visibility timeouts.
  int64_t acknowledged = 0;  // Messages, to their producer.
  int64_t unknown = 0;       // Messages of which it does not know; of standard queues only.
  int64_t handlings = 0;     // Begun.
  std::array<int64_t, kReasons> again = {};
};

// Rounds of killing a server and the processes of client::Consumer, while client::Producer sends,
// for a queue of each kind. Chapters of some rounds end with empty queues and a judgement, and
// nothing is kept of them: memory does not grow with the rounds. Prints a line for each.
//
// Thread-safety: one thread.
class ClientRun {
 public:
  // Writes below `dir`, which must exist. `consumer_program` is the path of crash_consumer. Borrows
  // the clock, which must be the monotonic one.
  ClientRun(const Options& options, std::string consumer_program, std::string dir,
            const Clock& clock);
  ~ClientRun();
  ClientRun(const ClientRun&) = delete;
  ClientRun& operator=(const ClientRun&) = delete;

  // DataLoss: a promise was broken, and what happened has been printed. Other errors: a process
  // did not do as it must. REQUIRES: called once.
  absl::Status Run();

  const ClientTotals& totals() const { return totals_; }

 private:
  struct Queue {
    std::string name;
    client::QueueKind kind = client::QueueKind::kStandard;
    uint32_t messages = 0;  // Sent in the chapters before.
    std::unique_ptr<MessageSource> source = nullptr;
    std::vector<std::unique_ptr<ConsumerSlot>> consumers = {};
  };

  absl::Status MakeQueues();
  absl::Status RunChapter(int rounds);
  absl::Status RunRound();
  absl::Status KillConsumers();
  // From the server's kill to its next service.
  absl::Status Outage();
  absl::Status StartMissingConsumers();
  absl::Status StartConsumer(ConsumerSlot& slot);
  // Until the queue says that it has none, or IsTooLate.
  absl::Status AwaitEmpty(const Queue& queue);
  absl::Status JudgeQueue(Queue& queue);
  void Pause(absl::Duration span);
  absl::Duration RandomSpan(absl::Duration max);

  const Options& options_;
  const std::string consumer_program_;
  const std::string dir_;
  const Clock& clock_;
  SeededRandom random_;
  ServerRuns server_;
  platform::Mutex mutex_;
  platform::CondVar over_;  // Nobody notifies it.
  history::ClientNumber next_client_ = MessageSource::kClient + 1;
  size_t judged_incidents_ = 0;  // Of the server, in the chapters before.
  std::vector<ConsumerSlot*> missing_;
  std::vector<Queue> queues_;
  ClientTotals totals_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_CLIENTS_CLIENT_RUN_H_
