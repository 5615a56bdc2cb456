#ifndef TWINQ_TESTS_SERVER_RUNTIME_RUNNING_SHARD_H_
#define TWINQ_TESTS_SERVER_RUNTIME_RUNNING_SHARD_H_

#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "broker/command_sink.h"
#include "broker/shard.h"
#include "core/base/manual_clock.h"
#include "journal/journal.h"
#include "platform/mutex.h"
#include "server/runtime/shard_runner.h"

namespace twinq {

// Where commands of a test note their replies. Outlives the commands.
struct ReplyBoard {
  platform::Mutex mutex;
  platform::CondVar changed;
};

// A command that counts its replies and can be waited for.
class TestCommand : public PendingCommand {
 public:
  TestCommand(ReplyBoard& board, Command asked);

  void AwaitReply();
  int reply_count() const;
  // REQUIRES: AwaitReply() has returned.
  const MessagesReceived& received() const { return std::get<MessagesReceived>(reply); }
  ApiErrorCode error() const { return std::get<ApiError>(reply).code; }

 private:
  void OnReply() override;

  ReplyBoard& board_;
  int reply_count_ ABSL_GUARDED_BY(board_.mutex) = 0;
};

// A shard with its runner, started, under a clock for everything that stands still. Stops at its
// end.
class RunningShard {
 public:
  explicit RunningShard(Journal& journal, ShardRunner::Options options = {},
                        ReplyWhen reply_when = ReplyWhen::kDurable);
  ~RunningShard() { runner.Stop(); }

  // Submits the command and waits for its reply.
  Reply Ask(Command asked);
  // A new queue; one whose name ends in ".fifo" is FIFO.
  QueueId MakeQueue(const std::string& name);

  ManualClock clock;
  Shard shard;
  ShardRunner runner;
  ReplyBoard board;
};

// Commands for a queue; FIFO messages, too, whose deduplication ids then are their bodies.
Command Send(QueueId queue, absl::string_view body);
Command SendToGroup(QueueId queue, absl::string_view group, absl::string_view body);
Command Receive(QueueId queue, int messages_max, absl::Duration wait);

// The bodies of the messages received.
std::vector<std::string> Bodies(const MessagesReceived& received);

}  // namespace twinq

#endif  // TWINQ_TESTS_SERVER_RUNTIME_RUNNING_SHARD_H_
