// Commits, one at a time: the file journal beside bare files, recycled and growing. The bytes of a
// commit are those of its records with their lengths; the bare files get as many.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include <benchmark/benchmark.h>

#include "bench/disk/recycled_segments.h"
#include "bench/micro/data_folder.h"
#include "core/base/check.h"
#include "journal/file/file_journal.h"
#include "platform/posix_file_system.h"

namespace twinq::bench {
namespace {

constexpr size_t kRecordBytes = 256;  // With the length before it.

// A journal whose log stays at some 32 MiB, as cleaning would keep it.
class ShortLog {
 public:
  explicit ShortLog(const std::string& directory) {
    auto opened = FileJournal::Open(files_, directory, {.new_log_id = 1});
    TWINQ_CHECK(opened.ok());
    journal_ = *std::move(opened);
    // Until every segment that comes has been used before.
    for (uint64_t bytes = 0; bytes < 6 * kSegmentBytes; bytes += kDropBytes) Commit(kDropBytes);
  }

  void Commit(size_t bytes) {
    records_.assign(bytes / kRecordBytes, record_);
    const auto end = journal_->Append(records_);
    std::unique_ptr<SyncTicket> ticket = journal_->BeginSync();
    absl::Status outcome = ticket->Run();
    TWINQ_CHECK(end.ok() && journal_->EndSync(std::move(ticket), std::move(outcome)).ok());
    appended_ += bytes;
    if (appended_ >= kDropBytes) NoteHead(*end);
  }

 private:
  static constexpr size_t kDropBytes = 256 << 10;  // From one DropBefore() to the next.
  static constexpr size_t kHeads = (32 << 20) / kDropBytes;

  void NoteHead(JournalPosition end) {
    appended_ = 0;
    heads_.push_back(end);
    if (heads_.size() <= kHeads) return;
    TWINQ_CHECK(journal_->DropBefore(heads_.front()).ok());
    heads_.pop_front();
  }

  const std::string record_ = std::string(kRecordBytes - kRecordPrefixBytes, 'x');
  platform::PosixFileSystem files_;
  std::unique_ptr<FileJournal> journal_;
  std::vector<absl::string_view> records_;
  size_t appended_ = 0;  // Since the last head.
  std::deque<JournalPosition> heads_;
};

void CommitToJournal(benchmark::State& state) {
  const DataFolder folder;
  ShortLog log(folder.path());
  while (state.KeepRunning()) log.Commit(static_cast<size_t>(state.range(0)));
  state.SetItemsProcessed(state.iterations());
}

void CommitToRecycled(benchmark::State& state) {
  const DataFolder folder;
  const auto segments = RecycledSegments::Create(folder.path());
  TWINQ_CHECK(segments.ok());
  const std::string bytes(static_cast<size_t>(state.range(0)), 'x');
  while (state.KeepRunning()) TWINQ_CHECK((*segments)->Commit(bytes).ok());
  state.SetItemsProcessed(state.iterations());
}

void CommitToGrowing(benchmark::State& state) {
  const DataFolder folder;
  platform::PosixFileSystem files;
  const auto directory = files.OpenDirectory(folder.path());
  TWINQ_CHECK(directory.ok());
  const auto file = (*directory)->CreateFile("growing");
  TWINQ_CHECK(file.ok());
  const std::string bytes(static_cast<size_t>(state.range(0)), 'x');
  uint64_t offset = 0;
  while (state.KeepRunning()) {
    TWINQ_CHECK((*file)->Write(offset, bytes).ok() && (*file)->SyncData().ok());
    offset += bytes.size();
  }
  state.SetItemsProcessed(state.iterations());
}

void Commits(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("bytes")->Arg(4 << 10)->Arg(64 << 10)->Iterations(4'000)->UseRealTime();
}

BENCHMARK(CommitToJournal)->Name("commit/journal")->Apply(Commits);
BENCHMARK(CommitToRecycled)->Name("commit/recycled")->Apply(Commits);
BENCHMARK(CommitToGrowing)->Name("commit/growing")->Apply(Commits);

}  // namespace
}  // namespace twinq::bench
