// BucketedQueue beside an ordered set. A turn takes the first entry and adds one at a random place
// of the window that the entries span, as groups do whose next message was sent some time ago.

#include <cstddef>
#include <cstdint>
#include <set>

#include <benchmark/benchmark.h>

#include "bench/micro/random_numbers.h"
#include "core/queue/bucketed_queue.h"

namespace twinq::bench {
namespace {

constexpr int64_t kTurns = 1'000'000;
constexpr uint64_t kApart = 1'000'000;  // So far that entries do not meet.

class Buckets {
 public:
  void Insert(uint64_t entry) { queue_.Insert(entry); }
  uint64_t Pop() {
    const uint64_t first = queue_.front();
    queue_.Erase(first);
    return first;
  }

 private:
  BucketedQueue<uint64_t> queue_;
};

class OrderedSet {
 public:
  void Insert(uint64_t entry) { set_.insert(entry); }
  uint64_t Pop() {
    const uint64_t first = *set_.begin();
    set_.erase(set_.begin());
    return first;
  }

 private:
  std::set<uint64_t> set_;
};

template <typename Form>
void Turns(benchmark::State& state) {
  const uint64_t window = static_cast<uint64_t>(state.range(0)) * kApart;
  RandomNumbers random;
  Form form;
  for (int64_t i = 0; i < state.range(0); ++i) form.Insert(random.Below(window));
  for (auto _ : state) form.Insert(form.Pop() + 1 + random.Below(window));
  state.SetItemsProcessed(state.iterations());
}

void Sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("entries")->Arg(1'000)->Arg(1'000'000)->Iterations(kTurns);
}

BENCHMARK(Turns<Buckets>)->Name("bucketed_queue/buckets")->Apply(Sizes);
BENCHMARK(Turns<OrderedSet>)->Name("bucketed_queue/set")->Apply(Sizes);

}  // namespace
}  // namespace twinq::bench
