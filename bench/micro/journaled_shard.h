#ifndef TWINQ_BENCH_MICRO_JOURNALED_SHARD_H_
#define TWINQ_BENCH_MICRO_JOURNALED_SHARD_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

#include "bench/micro/call_times.h"
#include "bench/micro/random_numbers.h"
#include "bench/micro/virtual_time.h"
#include "broker/command.h"
#include "broker/shard.h"
#include "core/model/receipt.h"
#include "journal/file/file_journal.h"
#include "platform/posix_file_system.h"

namespace twinq::bench {

// A shard on a file journal, driven by one thread: commands, then a commit with its sync, as the
// server would do it with a sync thread that is never late. Virtual time goes on by kStep a
// message.
class JournaledShard {
 public:
  // In an empty folder, or one that such a shard has left. Nothing of the log is let go of when
  // `slack_bytes` are more than will be written.
  JournaledShard(const std::string& folder, uint64_t slack_bytes);

  // Replays the journal. Call once, before anything else.
  absl::Status Start() { return shard_.Start(ReceiptKey{}); }
  QueueId Create(absl::string_view name);

  // Executed at once, answered by the next Commit().
  void SendTen(QueueId queue, const std::string& body);
  void ReceiveTen(QueueId queue);
  // All that the last Commit() has received, in tens.
  void DeleteReceived(QueueId queue);
  void Execute(Command command);
  // What the server does behind a batch, then the sync if one is wanted.
  void Commit();

  uint64_t live_bytes() { return shard_.totals().live_bytes; }
  // Of single calls on the shard, by kind.
  struct Times {
    CallTimes execute;
    CallTimes advance;
    CallTimes flush;
    CallTimes on_synced;
  };
  Times& times() { return times_; }
  const FileJournal& journal() const { return *journal_; }

 private:
  struct Asked final : public PendingCommand {
    void OnReply() override {}
  };

  void Sync();
  void TakeReplies();

  platform::PosixFileSystem files_;
  const std::unique_ptr<FileJournal> journal_;
  Shard shard_;
  Timestamp now_ = kStart;
  RandomNumbers random_;
  Times times_;
  std::deque<Asked> asked_;  // Since the last commit.
  std::vector<Receipt> received_;
  QueueId created_{};
};

}  // namespace twinq::bench

#endif  // TWINQ_BENCH_MICRO_JOURNALED_SHARD_H_
