// Many queues, each with a deadline of its own: cycles on one after another, drawn at random.

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include <benchmark/benchmark.h>

#include "bench/micro/cycles.h"
#include "bench/micro/engine.h"
#include "bench/micro/engine_queue.h"
#include "bench/micro/random_numbers.h"
#include "bench/micro/virtual_time.h"
#include "core/model/message_id.h"
#include "platform/resident_memory.h"

namespace twinq::bench {
namespace {

constexpr int64_t kCycles = 500'000;

class ManyQueues {
 public:
  explicit ManyQueues(int64_t count) {
    for (int64_t i = 0; i < count; ++i) queues_.emplace_back(engine_, absl::StrCat("bench-", i));
  }

  // On each one message stays in flight.
  void Hold() {
    for (EngineQueue& queue : queues_) {
      Send(queue, kStart);
      queue.Receive(kStart, absl::Hours(10) + absl::Seconds(random_.Below(3'600)));
    }
  }
  void Cycle(Timestamp now) {
    EngineQueue& queue = queues_[random_.Below(queues_.size())];
    Send(queue, now);
    queue.Delete(now, queue.Receive(now).receipt);
    engine_.Advance(now);
  }

 private:
  void Send(EngineQueue& queue, Timestamp now) {
    NewMessage message;
    message.id = MessageId::FromRandomBits(random_.Next(), random_.Next());
    queue.Send(now, std::move(message), Body());
  }

  Engine engine_;
  std::vector<EngineQueue> queues_;
  RandomNumbers random_;
};

void BesideOtherQueues(benchmark::State& state) {
  const int64_t bytes_before = platform::ResidentMemoryBytes();
  ManyQueues queues(state.range(0));
  const auto grown = static_cast<double>(platform::ResidentMemoryBytes() - bytes_before);
  queues.Hold();
  Timestamp now = kStart;
  while (state.KeepRunning()) queues.Cycle(now = now + kStep);
  state.SetItemsProcessed(state.iterations());
  state.counters["bytes_per_queue"] = grown / static_cast<double>(state.range(0));
}

BENCHMARK(BesideOtherQueues)
    ->Name("queues/engine")
    ->ArgName("queues")
    ->Arg(1)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Iterations(kCycles);

}  // namespace
}  // namespace twinq::bench
