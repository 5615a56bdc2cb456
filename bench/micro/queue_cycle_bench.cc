// One message's whole life on a queue that holds many others: send, receive, delete. Floor and
// engine run the same loop, with the same clock, ids and bodies, so their ratio is what the
// semantics cost.
//
// Each case fills its queue itself and reports beside the time the memory that a resident message
// took while it did (bytes_per_message, with its body; true of the first case of a process only).

#include <algorithm>
#include <cstdint>

#include "absl/time/time.h"
#include <benchmark/benchmark.h>

#include "bench/micro/cycles.h"
#include "bench/micro/virtual_time.h"
#include "core/model/limits.h"
#include "platform/resident_memory.h"

namespace twinq::bench {
namespace {

constexpr int64_t kCycles = 1'000'000;
constexpr int64_t kCyclesOfFloor = 2'000'000;

// Sends `residents` messages and then cycles until `sends` were sent in all, so that what the queue
// remembers of them (a dedup window) is as full as it gets. Then measures.
template <typename Cycle>
void SendReceiveDelete(benchmark::State& state, Cycle& cycle, int64_t residents,
                       absl::Duration step = kStep, int64_t sends = 0) {
  Timestamp now = kStart;
  const int64_t bytes_before = platform::ResidentMemoryBytes();
  for (int64_t i = 0; i < residents; ++i) cycle.Send(now = now + step);
  const auto grown = static_cast<double>(platform::ResidentMemoryBytes() - bytes_before);
  const auto run = [&] {
    now = now + step;
    cycle.Send(now);
    cycle.ReceiveAndDelete(now);
  };
  for (int64_t i = residents; i < sends; ++i) run();
  cycle.Prepare(static_cast<int64_t>(state.max_iterations));

  for (auto _ : state) run();
  state.SetItemsProcessed(state.iterations());
  state.counters["bytes_per_message"] =
      grown / static_cast<double>(std::max<int64_t>(residents, 1));
}

void OnBareQueue(benchmark::State& state) {
  BareCycle cycle;
  SendReceiveDelete(state, cycle, state.range(0));
}

void OnStandardQueue(benchmark::State& state) {
  StandardCycle cycle;
  SendReceiveDelete(state, cycle, state.range(0));
}

// With a dedup window of five minutes at 10,000 sends a second: three million entries.
void OnFifoQueue(benchmark::State& state) {
  FifoCycle cycle(static_cast<uint64_t>(state.range(0)));
  SendReceiveDelete(state, cycle, state.range(1), kStep, kDedupWindow / kStep);
}

// One message a group, group after group, and a slow clock: next to no dedup window.
void OnGroupsOfOneMessage(benchmark::State& state) {
  FifoCycle cycle(static_cast<uint64_t>(state.range(0)), GroupOrder::kInTurn);
  SendReceiveDelete(state, cycle, state.range(0), absl::Milliseconds(100));
}

void WithDedupIds(benchmark::State& state) {
  FifoCycle cycle(100);
  SendReceiveDelete(state, cycle, 1'000, kDedupWindow / state.range(0), state.range(0));
}

void Residents(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("resident")->RangeMultiplier(10)->Range(1'000, 10'000'000);
}

BENCHMARK(OnBareQueue)->Name("standard_cycle/floor")->Apply(Residents)->Iterations(kCyclesOfFloor);
BENCHMARK(OnStandardQueue)
    ->Name("standard_cycle/engine")
    ->Apply(Residents)
    ->Iterations(kCyclesOfFloor);
BENCHMARK(OnFifoQueue)
    ->Name("fifo_cycle/engine")
    ->ArgNames({"groups", "resident"})
    ->ArgsProduct({{1, 100, 10'000, 1'000'000}, {1'000'000}})
    ->ArgsProduct({{1'000'000}, {1'000, 10'000, 100'000, 10'000'000}})
    ->ArgsProduct({{1}, {1'000, 10'000'000}})
    ->Iterations(kCycles);
BENCHMARK(OnGroupsOfOneMessage)
    ->Name("groups_of_one/engine")
    ->ArgName("groups")
    ->RangeMultiplier(10)
    ->Range(1'000, 1'000'000)
    ->Iterations(kCycles);
BENCHMARK(WithDedupIds)
    ->Name("dedup_ids/engine")
    ->ArgName("entries")
    ->Arg(1'000)
    ->Arg(100'000)
    ->Arg(3'000'000)
    ->Iterations(kCycles);

}  // namespace
}  // namespace twinq::bench
