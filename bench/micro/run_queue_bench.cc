// RunQueue beside the obvious priority queues: an ordered set, and one deque for each distinct
// timeout. A turn takes the first item and puts it back with a deadline one timeout later.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/micro/random_numbers.h"
#include "core/queue/run_queue.h"

namespace twinq::bench {
namespace {

constexpr uint32_t kItems = 100'000;
constexpr int64_t kTurns = 1'000'000;

using Deadline = std::pair<int64_t, uint32_t>;  // Equal ones by item.

class Runs {
 public:
  explicit Runs(size_t) : queue_(ByDeadline{&items_}) { items_.resize(kItems); }

  void Push(size_t, uint32_t item, int64_t deadline) {
    items_[item].deadline = deadline;
    queue_.Push(item);
  }
  Deadline Pop() {
    const Deadline first = queue_.front_key();
    queue_.Remove(first.second);
    return first;
  }

 private:
  struct Item {
    int64_t deadline = 0;
    RunLinks links;
  };
  struct ByDeadline {
    using Key = Deadline;
    Key key(uint32_t item) const { return {(*items)[item].deadline, item}; }
    RunLinks& links(uint32_t item) { return (*items)[item].links; }
    std::vector<Item>* items;
  };

  std::vector<Item> items_;
  RunQueue<ByDeadline> queue_;
};

class OrderedSet {
 public:
  explicit OrderedSet(size_t) {}

  void Push(size_t, uint32_t item, int64_t deadline) { deadlines_.emplace(deadline, item); }
  Deadline Pop() {
    const Deadline first = *deadlines_.begin();
    deadlines_.erase(deadlines_.begin());
    return first;
  }

 private:
  std::set<Deadline> deadlines_;
};

class DequePerTimeout {
 public:
  explicit DequePerTimeout(size_t values) : deques_(values) {}

  void Push(size_t value, uint32_t item, int64_t deadline) {
    deques_[value].emplace_back(deadline, item);
  }
  Deadline Pop() {
    std::deque<Deadline>* least = &deques_.front();
    for (std::deque<Deadline>& deque : deques_) {
      if (!deque.empty() && (least->empty() || deque.front() < least->front())) least = &deque;
    }
    const Deadline first = least->front();
    least->pop_front();
    return first;
  }

 private:
  std::vector<std::deque<Deadline>> deques_;
};

// Distinct timeouts that differ by 7 ms, one for each item, in no order.
template <typename Form>
void Timeouts(benchmark::State& state) {
  const auto values = static_cast<uint64_t>(state.range(0));
  Form form(values);
  RandomNumbers random;
  std::vector<size_t> value_of(kItems);
  for (size_t& value : value_of) value = random.Below(values);
  const auto push = [&](uint32_t item, int64_t now) {
    const size_t value = value_of[item];
    form.Push(value, item, now + 30'000'000'000 + 7'000'000 * static_cast<int64_t>(value));
  };
  for (uint32_t i = 0; i < kItems; ++i) push(i, 300'000 * int64_t{i});
  for (auto _ : state) {
    const auto [now, item] = form.Pop();
    push(item, now);
  }
  state.SetItemsProcessed(state.iterations());
}

// Deadlines in no order at all.
template <typename Form>
void Random(benchmark::State& state) {
  Form form(1);
  RandomNumbers random;
  const auto later = [&](int64_t now) {
    return now + static_cast<int64_t>(random.Below(30'000'000'000));
  };
  for (uint32_t i = 0; i < kItems; ++i) form.Push(0, i, later(0));
  for (auto _ : state) {
    const auto [now, item] = form.Pop();
    form.Push(0, item, later(now));
  }
  state.SetItemsProcessed(state.iterations());
}

void Values(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("values")->Arg(1)->Arg(8)->Arg(9)->Arg(1'000)->Iterations(kTurns);
}

BENCHMARK(Timeouts<Runs>)->Name("run_queue/runs")->Apply(Values);
BENCHMARK(Timeouts<OrderedSet>)->Name("run_queue/set")->Apply(Values);
BENCHMARK(Timeouts<DequePerTimeout>)->Name("run_queue/deques")->Apply(Values);
BENCHMARK(Random<Runs>)->Name("run_queue/runs/random")->Iterations(kTurns);
BENCHMARK(Random<OrderedSet>)->Name("run_queue/set/random")->Iterations(kTurns);

}  // namespace
}  // namespace twinq::bench
