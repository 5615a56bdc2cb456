// DedupWindow beside a bare hash map that is told which entry to forget. A turn finds nothing, adds
// an entry and forgets the oldest.

#include <cstddef>
#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include <benchmark/benchmark.h>

#include "bench/micro/random_numbers.h"
#include "bench/micro/virtual_time.h"
#include "core/base/check.h"
#include "core/model/limits.h"
#include "core/queue/dedup_window.h"
#include "platform/resident_memory.h"

namespace twinq::bench {
namespace {

constexpr int64_t kTurns = 2'000'000;

class Keys {
 public:
  DedupKey Next() { return {.high = random_.Next(), .low = random_.Next()}; }

 private:
  RandomNumbers random_;
};

class Window {
 public:
  explicit Window(int64_t entries) : step_(kDedupWindow / entries) {}

  void Send() {
    now_ = now_ + step_;
    window_.Forget(now_, 1'000);
    const DedupKey key = keys_.Next();
    TWINQ_CHECK(window_.Find(key, now_) == nullptr);
    window_.Put({.key = key, .first_sent_at = now_, .id = {}, .sequence = sequence_});
    sequence_ = sequence_.Next();
  }

 private:
  const absl::Duration step_;
  Keys keys_;
  Timestamp now_ = kStart;
  SequenceNumber sequence_;
  DedupWindow window_;
};

class BareMap {
 public:
  explicit BareMap(int64_t entries) : entries_(static_cast<size_t>(entries)) {}

  void Send() {
    if (map_.size() == entries_) map_.erase(oldest_.Next());
    const DedupKey key = keys_.Next();
    TWINQ_CHECK(map_.find(key) == map_.end());
    map_[key] = {.key = key, .first_sent_at = kStart, .id = {}, .sequence = {}};
  }

 private:
  const size_t entries_;
  Keys keys_;
  Keys oldest_;  // The same keys over again.
  absl::flat_hash_map<DedupKey, DedupWindow::Entry> map_;
};

template <typename Form>
void Turns(benchmark::State& state) {
  const int64_t bytes_before = platform::ResidentMemoryBytes();
  Form form(state.range(0));
  for (int64_t i = 0; i < state.range(0); ++i) form.Send();
  const auto grown = static_cast<double>(platform::ResidentMemoryBytes() - bytes_before);
  for (auto _ : state) form.Send();
  state.SetItemsProcessed(state.iterations());
  state.counters["bytes_per_entry"] = grown / static_cast<double>(state.range(0));
}

void Entries(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("entries")->Arg(1'000)->Arg(100'000)->Arg(3'000'000)->Iterations(kTurns);
}

BENCHMARK(Turns<Window>)->Name("dedup_window/window")->Apply(Entries);
BENCHMARK(Turns<BareMap>)->Name("dedup_window/map")->Apply(Entries);

}  // namespace
}  // namespace twinq::bench
