#ifndef TWINQ_TESTS_CRASH_QUEUE_CLIENTS_H_
#define TWINQ_TESTS_CRASH_QUEUE_CLIENTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "platform/thread.h"
#include "sim/history/history.h"
#include "sim/history/recorder.h"
#include "tests/crash/consumer.h"
#include "tests/crash/producer.h"
#include "tests/crash/shared_queue.h"

namespace twinq::crash {

// What the clients of one queue saw, without the server's incidents and the end of the run.
struct QueueHistory {
  QueuePlan plan;
  history::History history;
};

// A queue with its clients, a thread each, from their start to their end.
//
// Thread-safety: one thread at a time.
class QueueClients {
 public:
  // Starts the clients. The queue must be there. Borrows `surroundings`.
  QueueClients(const QueuePlan& plan, const Surroundings& surroundings, Random& random);
  ~QueueClients() { Stop(); }
  QueueClients(const QueueClients&) = delete;
  QueueClients& operator=(const QueueClients&) = delete;

  const std::string& queue_name() const { return queue_.plan.name; }

  void Purged(const history::CallTimes& times, history::Outcome outcome);
  // From now on the queue may be deleted. What it has loses it, as by a purge.
  void BeginDelete() { queue_.may_be_deleted = true; }
  // Producers end, consumers delete all.
  void BeginDrain();
  // Whether nothing has come since the drain began for longer than any visibility and delay.
  bool IsDrained() const;
  // Ends all clients and waits until they have ended.
  void Stop();

  // REQUIRES: stopped; called once.
  QueueHistory TakeHistory();

 private:
  SharedQueue queue_;
  std::vector<std::unique_ptr<Producer>> producers_;
  std::vector<std::unique_ptr<Consumer>> consumers_;
  history::Recorder recorder_;  // Of what befalls all clients.
  Timestamp draining_since_ = Timestamp::Infinite();
  std::vector<platform::Thread> threads_;
};

}  // namespace twinq::crash

#endif  // TWINQ_TESTS_CRASH_QUEUE_CLIENTS_H_
