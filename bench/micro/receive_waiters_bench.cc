// ReceiveWaiters beside a deque, which nobody can leave but from its front. A turn serves the first
// and adds one at the end.

#include <cstdint>
#include <deque>

#include "absl/time/time.h"
#include <benchmark/benchmark.h>

#include "bench/micro/virtual_time.h"
#include "core/model/limits.h"
#include "core/queue/receive_waiters.h"

namespace twinq::bench {
namespace {

constexpr int64_t kTurns = 1'000'000;

class Waiters {
 public:
  void Add(const Waiter& waiter) { waiters_.Add(waiter); }
  void ServeFirst() { waiters_.Remove(waiters_.front().id); }

 private:
  ReceiveWaiters waiters_;
};

class Deque {
 public:
  void Add(const Waiter& waiter) { waiters_.push_back(waiter); }
  void ServeFirst() { waiters_.pop_front(); }

 private:
  std::deque<Waiter> waiters_;
};

template <typename Form>
void Turns(benchmark::State& state) {
  Form form;
  Timestamp now = kStart;
  uint64_t last = 0;
  const auto add = [&] {
    now = now + kStep;
    form.Add({.id = WaiterId{++last},
              .credit = {},
              .visibility = absl::Seconds(30),
              .arrived_at = now,
              .wait_until = now + kReceiveWaitMax});
  };
  for (int64_t i = 0; i < state.range(0); ++i) add();
  for (auto _ : state) {
    form.ServeFirst();
    add();
  }
  state.SetItemsProcessed(state.iterations());
}

void WaiterCounts(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("waiting")->Arg(1)->Arg(1'000)->Arg(100'000)->Iterations(kTurns);
}

BENCHMARK(Turns<Waiters>)->Name("receive_waiters/waiters")->Apply(WaiterCounts);
BENCHMARK(Turns<Deque>)->Name("receive_waiters/deque")->Apply(WaiterCounts);

}  // namespace
}  // namespace twinq::bench
