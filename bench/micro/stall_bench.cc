// The longest single call while something happens to very many messages: for so long a shard
// answers nobody else (longest_us; the time of a case is that of all its calls). A call is a
// command or a slice of Advance(), each with the release of the bodies that it frees.

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"
#include <benchmark/benchmark.h>

#include "bench/micro/call_times.h"
#include "bench/micro/cycles.h"
#include "bench/micro/virtual_time.h"
#include "core/base/check.h"
#include "core/model/limits.h"
#include "core/queue/queue_options.h"

namespace twinq::bench {
namespace {

constexpr QueueOptions kNoLimit{.in_flight_max = 100'000'000};

// A million groups with one message each, if there are no more messages.
struct Fifo : FifoCycle {
  Fifo() : FifoCycle(1'000'000, GroupOrder::kInTurn, kNoLimit) {}
};
struct Standard : StandardCycle {
  Standard() : StandardCycle(kNoLimit) {}
};

// Advances until nothing is due at `now`.
void CatchUp(Engine& engine, Timestamp now, CallTimes& times) {
  while (times.Measure([&] { return engine.Advance(now); }) <= now) continue;
}

void Report(benchmark::State& state, const CallTimes& times) {
  state.SetItemsProcessed(state.range(0));
  state.counters["longest_us"] = static_cast<double>(times.longest_us());
  state.counters["calls"] = static_cast<double>(times.calls());
}

template <typename Cycle>
Timestamp Fill(Cycle& cycle, int64_t messages) {
  Timestamp now = kStart;
  for (int64_t i = 0; i < messages; ++i) cycle.Send(now = now + kStep);
  return now;
}

// The sends themselves, while everything grows.
template <typename Cycle>
void Grow(benchmark::State& state) {
  Cycle cycle;
  CallTimes times;
  Timestamp now = kStart;
  while (state.KeepRunning()) {
    for (int64_t i = 0; i < state.range(0); ++i) {
      now = now + kStep;
      times.Measure([&] { cycle.Send(now); });
    }
  }
  Report(state, times);
}

// Sends that are deleted at once: only the dedup window grows, and then stays as it is.
void Deduplicate(benchmark::State& state) {
  Fifo cycle;
  CallTimes times;
  Timestamp now = kStart;
  while (state.KeepRunning()) {
    for (int64_t i = 0; i < state.range(0); ++i) {
      now = now + kStep;
      times.Measure([&] { cycle.Send(now); });
      cycle.ReceiveAndDelete(now);
    }
  }
  Report(state, times);
}

template <typename Cycle>
void Purge(benchmark::State& state) {
  Cycle cycle;
  CallTimes times;
  Timestamp now = Fill(cycle, state.range(0));
  while (state.KeepRunning()) {
    times.Measure([&] { cycle.engine().Handle(now, PurgeQueue{cycle.queue().id()}); });
    CatchUp(cycle.engine(), now, times);
  }
  Report(state, times);
}

template <typename Cycle>
void Delete(benchmark::State& state) {
  Cycle cycle;
  CallTimes times;
  Timestamp now = Fill(cycle, state.range(0));
  while (state.KeepRunning()) {
    times.Measure([&] { cycle.engine().Handle(now, DeleteQueue{cycle.queue().id()}); });
    CatchUp(cycle.engine(), now, times);
  }
  Report(state, times);
}

// All at once, after a pause in which nobody asked.
template <typename Cycle>
void EndRetention(benchmark::State& state) {
  Cycle cycle;
  CallTimes times;
  Timestamp now = Fill(cycle, state.range(0));
  while (state.KeepRunning()) CatchUp(cycle.engine(), now + kRetentionDefault, times);
  Report(state, times);
}

template <typename Cycle>
void EndVisibility(benchmark::State& state) {
  Cycle cycle;
  CallTimes times;
  Timestamp now = Fill(cycle, state.range(0));
  for (int64_t i = 0; i < state.range(0); ++i) cycle.Hold(now);
  while (state.KeepRunning()) CatchUp(cycle.engine(), now + absl::Hours(12), times);
  Report(state, times);
}

template <typename Cycle>
void EndDelay(benchmark::State& state) {
  Cycle cycle;
  CallTimes times;
  cycle.engine().Handle(
      kStart, SetQueueAttributes{.queue = cycle.queue().id(), .attributes = {.delay = kDelayMax}});
  Timestamp now = Fill(cycle, state.range(0));
  while (state.KeepRunning()) CatchUp(cycle.engine(), now + kDelayMax, times);
  Report(state, times);
}

void Wait(Standard& cycle, int64_t waiters) {
  for (int64_t i = 1; i <= waiters; ++i) {
    ReceiveMessages receive;
    receive.queue = cycle.queue().id();
    receive.waiter = WaiterId{static_cast<uint64_t>(i)};
    receive.wait = kReceiveWaitMax;
    TWINQ_CHECK(!cycle.engine().Handle(kStart, receive).has_value());
  }
}

void EndWaits(benchmark::State& state) {
  Standard cycle;
  CallTimes times;
  Wait(cycle, state.range(0));
  while (state.KeepRunning()) CatchUp(cycle.engine(), kStart + kReceiveWaitMax, times);
  Report(state, times);
}

void DeleteUnderWaiters(benchmark::State& state) {
  Standard cycle;
  CallTimes times;
  Wait(cycle, state.range(0));
  while (state.KeepRunning()) {
    times.Measure([&] { cycle.engine().Handle(kStart, DeleteQueue{cycle.queue().id()}); });
    size_t answers = cycle.engine().answers().size();
    while (times.Measure([&] { return cycle.engine().Advance(kStart); }) <= kStart) {
      answers += cycle.engine().answers().size();
    }
    answers += cycle.engine().answers().size();
    TWINQ_CHECK(answers == static_cast<size_t>(state.range(0)));
  }
  Report(state, times);
}

void Million(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("messages")->Arg(1'000'000)->Iterations(1);
}
void Millions(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("messages")->Arg(1'000'000)->Arg(10'000'000)->Iterations(1);
}
void Waiters(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("waiters")->Arg(100'000)->Iterations(1);
}

BENCHMARK(Grow<Standard>)->Name("stall/grow/standard")->Apply(Million);
BENCHMARK(Grow<Fifo>)->Name("stall/grow/fifo")->Apply(Million);
BENCHMARK(Deduplicate)
    ->Name("stall/deduplicate/fifo")
    ->ArgName("messages")
    ->Arg(4'500'000)
    ->Iterations(1);
BENCHMARK(Purge<Standard>)->Name("stall/purge/standard")->Apply(Millions);
BENCHMARK(Purge<Fifo>)->Name("stall/purge/fifo")->Apply(Millions);
BENCHMARK(Delete<Standard>)->Name("stall/delete_queue/standard")->Apply(Million);
BENCHMARK(Delete<Fifo>)->Name("stall/delete_queue/fifo")->Apply(Million);
BENCHMARK(EndRetention<Standard>)->Name("stall/retention/standard")->Apply(Million);
BENCHMARK(EndRetention<Fifo>)->Name("stall/retention/fifo")->Apply(Million);
BENCHMARK(EndVisibility<Standard>)->Name("stall/visibility/standard")->Apply(Million);
BENCHMARK(EndVisibility<Fifo>)->Name("stall/visibility/fifo")->Apply(Million);
BENCHMARK(EndDelay<Standard>)->Name("stall/delay/standard")->Apply(Million);
BENCHMARK(EndDelay<Fifo>)->Name("stall/delay/fifo")->Apply(Million);
BENCHMARK(EndWaits)->Name("stall/end_waits/standard")->Apply(Waiters);
BENCHMARK(DeleteUnderWaiters)->Name("stall/delete_under_waiters/standard")->Apply(Waiters);

}  // namespace
}  // namespace twinq::bench
