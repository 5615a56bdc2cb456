// MessageSlots beside a vector with a list of free indices. A turn frees a slot drawn at random and
// takes one.

#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/micro/random_numbers.h"
#include "core/queue/message_slots.h"

namespace twinq::bench {
namespace {

constexpr int64_t kTurns = 2'000'000;

class Slots {
 public:
  uint32_t Take() {
    const uint32_t index = slots_.NextFree();
    slots_.Take(index);
    return index;
  }
  void Free(uint32_t index) { slots_.Free(index); }

 private:
  MessageSlots slots_;
};

class FreeList {
 public:
  uint32_t Take() {
    uint32_t index = static_cast<uint32_t>(slots_.size());
    if (free_.empty()) {
      slots_.emplace_back();
    } else {
      index = free_.back();
      free_.pop_back();
      slots_[index] = MessageSlot();
    }
    slots_[index].state = MessageSlot::State::kDelayed;
    return index;
  }
  void Free(uint32_t index) {
    slots_[index].state = MessageSlot::State::kFree;
    free_.push_back(index);
  }

 private:
  std::vector<MessageSlot> slots_;
  std::vector<uint32_t> free_;
};

template <typename Form>
void Turns(benchmark::State& state) {
  Form form;
  RandomNumbers random;
  std::vector<uint32_t> used(static_cast<size_t>(state.range(0)));
  for (uint32_t& index : used) index = form.Take();
  for (auto _ : state) {
    uint32_t& index = used[random.Below(used.size())];
    form.Free(index);
    index = form.Take();
  }
  state.SetItemsProcessed(state.iterations());
}

void SlotCounts(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("slots")->Arg(1'000)->Arg(1'000'000)->Iterations(kTurns);
}

BENCHMARK(Turns<Slots>)->Name("message_slots/slots")->Apply(SlotCounts);
BENCHMARK(Turns<FreeList>)->Name("message_slots/vector")->Apply(SlotCounts);

}  // namespace
}  // namespace twinq::bench
