#ifndef TWINQ_BROKER_COMMAND_SINK_H_
#define TWINQ_BROKER_COMMAND_SINK_H_

#include <memory>

#include "absl/status/status.h"

#include "broker/command.h"
#include "broker/directory.h"

namespace twinq {

// A command on its way through a shard, and its reply on the way back. The front end owns it and
// keeps it alive from Submit() until OnReply(), and until a Cancel() that it calls has returned.
class PendingCommand {
 public:
  PendingCommand() = default;
  PendingCommand(const PendingCommand&) = delete;
  PendingCommand& operator=(const PendingCommand&) = delete;
  virtual ~PendingCommand() = default;

  // The reply is there and everything that it depends on is durable. Called exactly once for a
  // command that was submitted, on any thread, perhaps before Submit() returns. Must not block. May
  // destroy this.
  virtual void OnReply() = 0;

  Command command;
  Reply reply;

  // The path of the command; of concern to the shard and its inbox only.
  struct Path {
    PendingCommand* next = nullptr;  // In the inbox.
    WaiterId waiter{};               // While it waits in the broker; else zero.
    bool cancel_is_queued = false;
    bool is_under_way = false;  // Submitted, and OnReply() is not about to be called yet.
  };
  Path path;
};

// Where front ends hand in commands: a shard behind its inbox.
//
// Thread-safety: all methods may be called from any thread.
class CommandSink {
 public:
  virtual ~CommandSink() = default;

  // ResourceExhausted if the inbox is full, Unavailable if the sink is closed; OnReply() is then
  // not called. Otherwise the command's reply follows.
  virtual absl::Status Submit(PendingCommand& command) = 0;
  // Never refused. A receive that is waiting is answered with nothing, now; any other command is
  // answered as if nothing had happened. Does nothing once the reply is on its way.
  virtual void Cancel(PendingCommand& command) = 0;
  // The queues as far as they are durable.
  virtual std::shared_ptr<const Directory> directory() const = 0;
};

}  // namespace twinq

#endif  // TWINQ_BROKER_COMMAND_SINK_H_
