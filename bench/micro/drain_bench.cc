// Receive + delete in batches of ten over a backlog, until a share of it is gone: what consumers do
// that have fallen behind.

#include <algorithm>
#include <cstdint>

#include <benchmark/benchmark.h>

#include "bench/micro/cycles.h"
#include "bench/micro/virtual_time.h"
#include "core/model/limits.h"

namespace twinq::bench {
namespace {

constexpr int64_t kDrainedMax = 500'000;  // Of a larger backlog, so that it stays one.

template <typename Cycle>
void Drain(benchmark::State& state, Cycle& cycle, int64_t backlog) {
  Timestamp now = kStart;
  int64_t drained = 0;
  for (auto _ : state) {
    state.PauseTiming();
    for (int64_t i = 0; i < backlog; ++i) cycle.Send(now = now + kStep);
    state.ResumeTiming();
    for (int64_t left = std::min(backlog, kDrainedMax); left > 0;) {
      now = now + kStep;
      EngineQueue::Receipts receipts = cycle.queue().ReceiveBatch(now);
      left -= static_cast<int64_t>(receipts.size());
      drained += static_cast<int64_t>(receipts.size());
      cycle.queue().Delete(now, std::move(receipts));
    }
  }
  state.SetItemsProcessed(drained);
}

void DrainStandard(benchmark::State& state) {
  StandardCycle cycle;
  Drain(state, cycle, state.range(0));
}

void DrainFifo(benchmark::State& state) {
  FifoCycle cycle(static_cast<uint64_t>(state.range(0)));
  Drain(state, cycle, state.range(1));
}

BENCHMARK(DrainStandard)->Name("drain/standard")->ArgName("resident")->Arg(1'000)->Iterations(500);
BENCHMARK(DrainStandard)
    ->Name("drain/standard")
    ->ArgName("resident")
    ->Arg(1'000'000)
    ->Iterations(1);
BENCHMARK(DrainFifo)
    ->Name("drain/fifo")
    ->ArgNames({"groups", "resident"})
    ->ArgsProduct({{1, 1'000, 100'000}, {1'000}})
    ->Iterations(500);
BENCHMARK(DrainFifo)
    ->Name("drain/fifo")
    ->ArgNames({"groups", "resident"})
    ->ArgsProduct({{1, 1'000, 100'000}, {1'000'000}})
    ->Iterations(1);

}  // namespace
}  // namespace twinq::bench
