// One message's whole life on a queue that holds many others: send, receive, delete. The floor and
// the engine run the same loop, with the same clock, ids and bodies, so their ratio is what the
// semantics cost.
//
// Each case runs a fixed number of cycles on a queue that it fills itself, and reports beside the
// time of a cycle the memory that a resident message takes (bytes_per_message, with its body).

#include <cstddef>
#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>

#include "bench/micro/bare_queue.h"
#include "bench/micro/engine_queue.h"
#include "bench/micro/resident_memory.h"

namespace twinq::bench {
namespace {

constexpr size_t kBodyBytes = 100;
constexpr int64_t kCycles = 2'000'000;
constexpr int64_t kStepNs = 1'000;  // Virtual time from one cycle to the next.

// Ids that differ and look random (splitmix64), the same in every run.
class MessageIds {
 public:
  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

 private:
  uint64_t state_ = 1;
};

class BareCycle {
 public:
  void Send(int64_t now_ns) { queue_.Send(now_ns, ids_.Next(), body_); }

  void ReceiveAndDelete(int64_t now_ns) {
    const BareQueue::Received received = queue_.Receive(now_ns);
    benchmark::DoNotOptimize(received.body.data());
    queue_.Delete(received.id);
  }

 private:
  const std::string body_ = std::string(kBodyBytes, 'x');
  MessageIds ids_;
  BareQueue queue_;
};

class EngineCycle {
 public:
  void Send(int64_t now_ns) {
    const MessageId id = MessageId::FromRandomBits(ids_.Next(), ids_.Next());
    queue_.Send(Timestamp::FromNanos(now_ns), id, body_);
  }

  void ReceiveAndDelete(int64_t now_ns) {
    const Timestamp now = Timestamp::FromNanos(now_ns);
    const EngineQueue::Received received = queue_.Receive(now);
    benchmark::DoNotOptimize(received.payload->body().data());
    queue_.Delete(now, received.receipt);
  }

 private:
  const std::string body_ = std::string(kBodyBytes, 'x');
  MessageIds ids_;
  EngineQueue queue_{*QueueName::Parse("bench")};
};

template <typename Cycle>
void SendReceiveDelete(benchmark::State& state) {
  const int64_t resident_before = ResidentMemoryBytes();
  Cycle cycle;
  int64_t now_ns = 1'700'000'000'000'000'000;
  const int64_t residents = state.range(0);
  for (int64_t i = 0; i < residents; ++i) cycle.Send(now_ns += kStepNs);
  const auto grown = static_cast<double>(ResidentMemoryBytes() - resident_before);

  for (auto _ : state) {
    now_ns += kStepNs;
    cycle.Send(now_ns);
    cycle.ReceiveAndDelete(now_ns);
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["bytes_per_message"] = grown / static_cast<double>(residents);
}

void Residents(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("resident")->Arg(1'000'000)->Arg(10'000'000)->Iterations(kCycles);
}

BENCHMARK(SendReceiveDelete<BareCycle>)->Name("standard_cycle/floor")->Apply(Residents);
BENCHMARK(SendReceiveDelete<EngineCycle>)->Name("standard_cycle/engine")->Apply(Residents);

}  // namespace
}  // namespace twinq::bench
