// Receives that wait on one queue: the first is woken, one leaves, beside many.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include <benchmark/benchmark.h>

#include "bench/micro/cycles.h"
#include "bench/micro/random_numbers.h"
#include "bench/micro/virtual_time.h"
#include "core/base/check.h"
#include "core/model/limits.h"

namespace twinq::bench {
namespace {

constexpr int64_t kTurns = 500'000;
// So small that nobody's wait ends while he is measured.
constexpr absl::Duration kTurn = absl::Microseconds(10);

// A standard queue with receives that wait, each with an id one above the last one's.
class WaitingQueue {
 public:
  explicit WaitingQueue(int64_t waiting) {
    for (int64_t i = 0; i < waiting; ++i) Wait(kStart);
  }

  void Wait(Timestamp now) {
    ReceiveMessages receive;
    receive.queue = cycle_.queue().id();
    receive.waiter = WaiterId{++last_};
    receive.wait = kReceiveWaitMax;
    TWINQ_CHECK(!cycle_.engine().Handle(now, receive).has_value());
  }
  // A message wakes who has waited longest, and is deleted.
  void SendAndDelete(Timestamp now) {
    cycle_.Send(now);
    TWINQ_CHECK(cycle_.engine().answers().size() == 1);
    const auto& answer = std::get<MessagesReceived>(cycle_.engine().answers().front().reply);
    const Receipt receipt = answer.entries.front().delivery.receipt;
    cycle_.queue().Delete(now, receipt);
  }
  void Cancel(Timestamp now, uint64_t waiter) {
    cycle_.engine().Handle(now, CancelWaiter{cycle_.queue().id(), WaiterId{waiter}});
    TWINQ_CHECK(cycle_.engine().answers().size() == 1);
  }

 private:
  StandardCycle cycle_;
  uint64_t last_ = 0;
};

void WakeUp(benchmark::State& state) {
  WaitingQueue queue(state.range(0));
  Timestamp now = kStart;
  while (state.KeepRunning()) {
    now = now + kTurn;
    queue.SendAndDelete(now);
    queue.Wait(now);
  }
  state.SetItemsProcessed(state.iterations());
}

void Cancel(benchmark::State& state) {
  WaitingQueue queue(state.range(0));
  RandomNumbers random;
  std::vector<uint64_t> waiters(static_cast<size_t>(state.range(0)));
  for (size_t i = 0; i < waiters.size(); ++i) waiters[i] = i + 1;
  uint64_t last = waiters.size();
  Timestamp now = kStart;
  while (state.KeepRunning()) {
    now = now + kTurn;
    queue.Cancel(now, std::exchange(waiters[random.Below(waiters.size())], ++last));
    queue.Wait(now);
  }
  state.SetItemsProcessed(state.iterations());
}

void WaiterCounts(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("waiting")->Arg(1)->Arg(1'000)->Arg(100'000)->Iterations(kTurns);
}

BENCHMARK(WakeUp)->Name("wake_up/engine")->Apply(WaiterCounts);
BENCHMARK(Cancel)->Name("cancel_waiter/engine")->Apply(WaiterCounts);

}  // namespace
}  // namespace twinq::bench
