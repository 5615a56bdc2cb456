// What keeping the log short costs, and how short it is, on a disk: send, receive and delete in
// tens, 255 commands a commit, with messages that stay.

#include <algorithm>
#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>

#include "bench/micro/data_folder.h"
#include "bench/micro/journaled_shard.h"
#include "core/base/check.h"

namespace twinq::bench {
namespace {

constexpr uint64_t kSlackBytes = 64 << 20;  // twinqd's default.
constexpr uint64_t kNeverCleaned = uint64_t{1} << 40;
constexpr double kAllowedBytes = 128 << 20;  // The log's budget beside a multiple of live bytes.
constexpr int kTensPerCommit = 85;
constexpr int kMessagesPerCommit = 10 * kTensPerCommit;
constexpr int kCommitsPerLook = 50;

// Where the messages that stay are: in a queue of their own, whose log must be copied again and
// again, or before the traffic in its queue, where a message is the oldest when it goes.
enum class Resident : uint8_t { kBeside, kBefore };

void ReportTimes(benchmark::State& state, const JournaledShard::Times& times) {
  int64_t longest_us = 0;
  const auto report = [&](const char* name, const CallTimes& calls) {
    state.counters[name] = static_cast<double>(calls.longest_us());
    longest_us = std::max(longest_us, calls.longest_us());
  };
  report("execute_us", times.execute);
  report("advance_us", times.advance);
  report("flush_us", times.flush);
  report("on_synced_us", times.on_synced);
  state.counters["longest_us"] = static_cast<double>(longest_us);
}

class Traffic {
 public:
  Traffic(int64_t resident, Resident where, uint64_t slack_bytes)
      : shard_(folder_.path(), slack_bytes) {
    TWINQ_CHECK(shard_.Start().ok());
    resident_ = shard_.Create("resident");
    busy_ = where == Resident::kBeside ? shard_.Create("busy") : resident_;
    for (int64_t i = 0; i < resident; i += kMessagesPerCommit) {
      for (int j = 0; j < kTensPerCommit; ++j) shard_.SendTen(resident_, body_);
      shard_.Commit();
    }
  }

  // Sends, receives and deletes so many messages.
  void Run(int64_t messages) {
    for (int64_t i = 0; i < messages; i += kMessagesPerCommit) {
      for (int j = 0; j < kTensPerCommit; ++j) shard_.SendTen(busy_, body_);
      for (int j = 0; j < kTensPerCommit; ++j) shard_.ReceiveTen(busy_);
      shard_.DeleteReceived(busy_);
      shard_.Commit();
      if (++commits_ % kCommitsPerLook == 0) Look();
    }
  }

  JournaledShard& shard() { return shard_; }
  QueueId resident() const { return resident_; }
  // Forgets what was seen so far.
  void StartLooking() {
    worst_share_ = 0;
    shard_.times() = JournaledShard::Times();
  }

  void Report(benchmark::State& state) {
    state.counters["log_share"] = worst_share_;
    state.counters["log_mib"] = static_cast<double>(folder_.bytes()) / (1 << 20);
    state.counters["live_mib"] = static_cast<double>(shard_.live_bytes()) / (1 << 20);
    ReportTimes(state, shard_.times());
  }

 private:
  void Look() {
    const double beyond = static_cast<double>(folder_.bytes()) - kAllowedBytes;
    worst_share_ = std::max(worst_share_, beyond / static_cast<double>(shard_.live_bytes()));
  }

  const std::string body_ = std::string(100, 'x');
  const DataFolder folder_;
  JournaledShard shard_;
  QueueId resident_;
  QueueId busy_;
  int64_t commits_ = 0;
  double worst_share_ = 0;  // (Bytes of all files - kAllowedBytes) / live bytes.
};

template <Resident where, uint64_t slack_bytes>
void Cycle(benchmark::State& state) {
  constexpr int64_t kToSteadyState = 1'000'000;
  constexpr int64_t kMeasured = 2'000'000;
  Traffic traffic(state.range(0), where, slack_bytes);
  traffic.Run(kToSteadyState);
  traffic.StartLooking();
  while (state.KeepRunning()) traffic.Run(kMeasured);
  state.SetItemsProcessed(kMeasured);
  traffic.Report(state);
}

// While what stays goes at once.
template <typename End>
void EndOfResident(benchmark::State& state) {
  constexpr int64_t kToSteadyState = 1'500'000;
  constexpr int64_t kMeasured = 1'000'000;
  Traffic traffic(state.range(0), Resident::kBeside, kSlackBytes);
  traffic.Run(kToSteadyState);
  traffic.StartLooking();
  while (state.KeepRunning()) {
    traffic.shard().Execute(End{traffic.resident()});
    traffic.Run(kMeasured);
  }
  state.SetItemsProcessed(kMeasured);
  traffic.Report(state);
}

void HalfAMillion(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("resident")->Arg(500'000)->Iterations(1)->UseRealTime();
}
void Million(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("resident")->Arg(1'000'000)->Iterations(1)->UseRealTime();
}

BENCHMARK(Cycle<Resident::kBeside, kSlackBytes>)->Name("log/beside/cleaned")->Apply(HalfAMillion);
BENCHMARK(Cycle<Resident::kBeside, kNeverCleaned>)->Name("log/beside/never")->Apply(HalfAMillion);
BENCHMARK(Cycle<Resident::kBefore, kSlackBytes>)->Name("log/before/cleaned")->Apply(HalfAMillion);
BENCHMARK(Cycle<Resident::kBefore, kNeverCleaned>)->Name("log/before/never")->Apply(HalfAMillion);
BENCHMARK(EndOfResident<PurgeQueue>)->Name("log/purge/cleaned")->Apply(Million);
BENCHMARK(EndOfResident<DeleteQueue>)->Name("log/delete_queue/cleaned")->Apply(Million);

}  // namespace
}  // namespace twinq::bench
