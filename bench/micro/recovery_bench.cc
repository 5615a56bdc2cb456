// A start on a log that is there: opened, checked and replayed into an engine, beside reading it.
// The log has sends of `body` bytes, one in four received and deleted; its files are in the
// system's cache in all cases.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/types/span.h"
#include <benchmark/benchmark.h>

#include "bench/micro/data_folder.h"
#include "bench/micro/journaled_shard.h"
#include "core/base/check.h"
#include "journal/file/file_journal.h"
#include "platform/posix_file_system.h"

namespace twinq::bench {
namespace {

constexpr uint64_t kNeverCleaned = uint64_t{1} << 40;
constexpr int64_t kRecordsPerCommit = 6'000;

// A folder with a log of so many records, nearly.
class WrittenLog {
 public:
  WrittenLog(int64_t records, int64_t body_bytes) {
    const std::string body(static_cast<size_t>(body_bytes), 'x');
    JournaledShard shard(folder_.path(), kNeverCleaned);
    TWINQ_CHECK(shard.Start().ok());
    const QueueId queue = shard.Create("bench");
    for (int64_t i = 0; i < records; i += kRecordsPerCommit) {
      for (int j = 0; j < 400; ++j) shard.SendTen(queue, body);
      for (int j = 0; j < 100; ++j) shard.ReceiveTen(queue);
      shard.Commit();
      shard.DeleteReceived(queue);
    }
    shard.Commit();
    end_ = shard.journal().synced_up_to().durable;
  }

  const std::string& folder() const { return folder_.path(); }
  uint64_t bytes() const { return end_.value(); }

 private:
  const DataFolder folder_;
  JournalPosition end_;
};

void Report(benchmark::State& state, const WrittenLog& log) {
  state.SetItemsProcessed(state.range(0) * state.iterations());
  state.counters["mb_per_s"] = benchmark::Counter(static_cast<double>(log.bytes()) / 1e6,
                                                  benchmark::Counter::kIsIterationInvariantRate);
}

void StartShard(benchmark::State& state) {
  const WrittenLog log(state.range(0), state.range(1));
  std::unique_ptr<JournaledShard> shard;
  while (state.KeepRunning()) {
    shard = std::make_unique<JournaledShard>(log.folder(), kNeverCleaned);
    TWINQ_CHECK(shard->Start().ok());
  }
  Report(state, log);
}

// The journal's part of it: nothing is done with the records.
void ReplayJournal(benchmark::State& state) {
  const WrittenLog log(state.range(0), state.range(1));
  platform::PosixFileSystem files;
  while (state.KeepRunning()) {
    const auto journal = FileJournal::Open(files, log.folder(), {});
    TWINQ_CHECK(journal.ok());
    const absl::Status replayed = (*journal)->Replay([](JournalPosition, absl::string_view record) {
      benchmark::DoNotOptimize(record.data());
      return absl::OkStatus();
    });
    TWINQ_CHECK(replayed.ok());
  }
  Report(state, log);
}

// Its first `bytes`, or all that there are.
void ReadFile(FileDirectory& directory, const std::string& name, uint64_t bytes,
              std::string& buffer) {
  const auto file = directory.OpenFile(name);
  TWINQ_CHECK(file.ok());
  for (uint64_t at = 0; at < bytes; at += buffer.size()) {
    TWINQ_CHECK((*file)->Read(at, absl::MakeSpan(buffer)).ok());
  }
}

void ReadFiles(benchmark::State& state) {
  const WrittenLog log(state.range(0), state.range(1));
  platform::PosixFileSystem files;
  std::string buffer(size_t{1} << 20, '\0');
  while (state.KeepRunning()) {
    const auto directory = files.OpenDirectory(log.folder());
    TWINQ_CHECK(directory.ok());
    const auto names = (*directory)->ListFiles();
    TWINQ_CHECK(names.ok());
    uint64_t left = log.bytes();
    for (const std::string& name : *names) {
      const uint64_t bytes = std::min(left, kSegmentBytes);
      ReadFile(**directory, name, bytes, buffer);
      left -= bytes;
    }
  }
  Report(state, log);
}

void Logs(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"records", "body"})
      ->Args({1'000'000, 100})
      ->Args({3'000'000, 100})
      ->Args({300'000, 2'000})
      ->Iterations(1)
      ->UseRealTime();
}

BENCHMARK(StartShard)->Name("recovery/shard")->Apply(Logs);
BENCHMARK(ReplayJournal)->Name("recovery/journal")->Apply(Logs);
BENCHMARK(ReadFiles)->Name("recovery/read")->Apply(Logs);

}  // namespace
}  // namespace twinq::bench
