#ifndef TWINQ_TESTS_CRASH_TEMPORARY_QUEUES_H_
#define TWINQ_TESTS_CRASH_TEMPORARY_QUEUES_H_

#include <atomic>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/time/time.h"

#include "core/base/random.h"
#include "tests/crash/catalogue.h"
#include "tests/crash/queue_calls.h"
#include "tests/crash/queue_clients.h"
#include "tests/crash/service_client.h"
#include "tests/crash/shared_queue.h"

namespace twinq::crash {

// Queues that live for some seconds, one after the other and of both kinds by turns: made, used,
// purged perhaps, deleted under load, and then used a while longer, which must be refused. That is
// done through all the server's crashes.
//
// They are apart from the lasting ones because nothing can be called lost before a purge.
//
// Thread-safety: Run() is for one thread; Stop() for any.
class TemporaryQueues {
 public:
  // Borrows both.
  TemporaryQueues(const Surroundings& surroundings, Catalogue& catalogue, uint64_t seed);

  // Returns some time after Stop(), with no queue left.
  void Run();
  void Stop() { is_stopped_ = true; }

  // Of those that have ended. REQUIRES: Run() has returned; called once.
  std::vector<QueueHistory> TakeHistories() { return std::move(histories_); }

 private:
  bool IsGivenUp() const { return surroundings_.location.is_given_up(); }
  QueuePlan NextPlan();
  void RunOne(const QueuePlan& plan);
  // Until there is an answer. False if there will be none.
  bool Create(const QueuePlan& plan);
  void Delete(QueueClients& clients);
  void PurgePerhaps(QueueClients& clients);
  void PauseRandomly();

  const Surroundings& surroundings_;
  Catalogue& catalogue_;
  SeededRandom random_;
  ServiceClient service_;
  std::atomic<bool> is_stopped_ = false;
  int queues_ = 0;
  std::vector<QueueHistory> histories_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_TEMPORARY_QUEUES_H_
