// Messages in flight: cycles beside many of them, with few and many distinct timeouts, their
// expiry, and their return in an order that is not their own.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include <benchmark/benchmark.h>

#include "bench/micro/cycles.h"
#include "bench/micro/random_numbers.h"
#include "bench/micro/virtual_time.h"
#include "core/model/limits.h"

namespace twinq::bench {
namespace {

constexpr int64_t kCycles = 1'000'000;
constexpr int64_t kBacklog = 1'000;  // So that the queue is never empty.

// One message cycles while others stay in flight.
template <typename Cycle>
void BesideInFlight(benchmark::State& state, Cycle& cycle, int64_t in_flight) {
  Timestamp now = kStart;
  for (int64_t i = 0; i < in_flight + kBacklog; ++i) cycle.Send(now = now + kStep);
  for (int64_t i = 0; i < in_flight; ++i) cycle.Hold(now = now + kStep);
  cycle.Prepare(static_cast<int64_t>(state.max_iterations));
  while (state.KeepRunning()) {
    now = now + kStep;
    cycle.Send(now);
    cycle.ReceiveAndDelete(now);
  }
  state.SetItemsProcessed(state.iterations());
}

void InFlightOnBareQueue(benchmark::State& state) {
  BareCycle cycle;
  BesideInFlight(state, cycle, state.range(0));
}

void InFlightOnStandardQueue(benchmark::State& state) {
  StandardCycle cycle;
  BesideInFlight(state, cycle, state.range(0));
}

// Each in a group of its own.
void InFlightOnFifoQueue(benchmark::State& state) {
  FifoCycle cycle(1'000'000'000, GroupOrder::kInTurn);
  BesideInFlight(state, cycle, state.range(0));
}

// Timeouts of so many distinct values, in no order; all long enough to delete before their end.
class Timeouts {
 public:
  explicit Timeouts(int64_t values) : values_(static_cast<uint64_t>(values)) {}
  absl::Duration Next() { return kLeast + absl::Milliseconds(7 * random_.Below(values_)); }
  absl::Duration longest() const { return kLeast + absl::Milliseconds(7 * values_); }

 private:
  static constexpr absl::Duration kLeast = absl::Seconds(60);

  const uint64_t values_;
  RandomNumbers random_;
};

// A hundred thousand in flight; each cycle sends one, receives one and deletes the oldest received.
void DistinctTimeouts(benchmark::State& state) {
  constexpr size_t kInFlight = 100'000;
  Timeouts timeouts(state.range(0));
  StandardCycle cycle;
  Timestamp now = kStart;
  std::vector<Receipt> in_flight;
  in_flight.reserve(kInFlight);
  for (size_t i = 0; i < kInFlight; ++i) {
    now = now + kStep;
    cycle.Send(now);
    in_flight.push_back(cycle.queue().Receive(now, timeouts.Next()).receipt);
  }
  size_t oldest = 0;
  while (state.KeepRunning()) {
    now = now + kStep;
    cycle.Send(now);
    const Receipt next = cycle.queue().Receive(now, timeouts.Next()).receipt;
    cycle.queue().Delete(now, std::exchange(in_flight[oldest], next));
    oldest = (oldest + 1) % kInFlight;
  }
  state.SetItemsProcessed(state.iterations());
}

// A hundred thousand messages are received and then all expire, in slices.
void Expire(benchmark::State& state) {
  constexpr int64_t kInFlight = 100'000;
  Timeouts timeouts(state.range(0));
  StandardCycle cycle;
  Timestamp now = kStart;
  for (int64_t i = 0; i < kInFlight; ++i) cycle.Send(now = now + kStep);
  while (state.KeepRunning()) {
    state.PauseTiming();
    for (int64_t i = 0; i < kInFlight; ++i) {
      cycle.queue().Receive(now = now + absl::Nanoseconds(10), timeouts.Next());
    }
    now = now + timeouts.longest();
    state.ResumeTiming();
    while (cycle.engine().Advance(now) <= now) continue;
  }
  state.SetItemsProcessed(state.iterations() * kInFlight);
}

enum class Return { kInOrder, kAtRandom };

// Messages are received, and come back one by one: by visibility 0, then a receive of all again.
template <Return kReturn>
void ComeBack(benchmark::State& state) {
  const int64_t messages = state.range(0);
  StandardCycle cycle;
  RandomNumbers random;
  Timestamp now = kStart;
  for (int64_t i = 0; i < messages; ++i) cycle.Send(now = now + kStep);
  std::vector<Receipt> receipts(static_cast<size_t>(messages));
  while (state.KeepRunning()) {
    for (Receipt& receipt : receipts) receipt = cycle.queue().Receive(now).receipt;
    if (kReturn == Return::kAtRandom) {
      state.PauseTiming();
      for (size_t i = receipts.size() - 1; i > 0; --i) {
        std::swap(receipts[i], receipts[random.Below(i + 1)]);
      }
      state.ResumeTiming();
    }
    now = now + kStep;
    for (const Receipt& receipt : receipts) {
      cycle.queue().ChangeVisibility(now, receipt, absl::ZeroDuration());
    }
  }
  state.SetItemsProcessed(state.iterations() * messages);
}

void InFlightCounts(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("in_flight")->Arg(1)->Arg(1'000)->Arg(10'000)->Arg(kInFlightMax - 1);
}

void TimeoutCounts(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("values")->Arg(1)->Arg(8)->Arg(9)->Arg(1'000);
}

BENCHMARK(InFlightOnBareQueue)->Name("in_flight/floor")->Apply(InFlightCounts)->Iterations(kCycles);
BENCHMARK(InFlightOnStandardQueue)
    ->Name("in_flight/standard")
    ->Apply(InFlightCounts)
    ->Iterations(kCycles);
BENCHMARK(InFlightOnFifoQueue)->Name("in_flight/fifo")->Apply(InFlightCounts)->Iterations(kCycles);
BENCHMARK(DistinctTimeouts)->Name("timeouts/engine")->Apply(TimeoutCounts)->Iterations(kCycles);
BENCHMARK(Expire)->Name("expiry/engine")->Apply(TimeoutCounts)->Iterations(5);
BENCHMARK(ComeBack<Return::kInOrder>)
    ->Name("come_back/in_order")
    ->ArgName("messages")
    ->Arg(100'000)
    ->Iterations(5);
BENCHMARK(ComeBack<Return::kAtRandom>)
    ->Name("come_back/at_random")
    ->ArgName("messages")
    ->Arg(100'000)
    ->Iterations(5);

}  // namespace
}  // namespace twinq::bench
