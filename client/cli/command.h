#ifndef TWINQ_CLIENT_CLI_COMMAND_H_
#define TWINQ_CLIENT_CLI_COMMAND_H_

#include <memory>

#include "CLI/App.hpp"
#include "absl/status/statusor.h"

#include "client/cli/exit_code.h"
#include "client/cli/session.h"

namespace twinq::cli {

// One verb of the program. Its arguments live in it: parsing fills them, Run() reads them.
class Command {
 public:
  virtual ~Command() = default;

  // Adds the verb to `parent`, and its arguments, which keep referring to this object.
  virtual CLI::App* AddTo(CLI::App& parent) = 0;

  // Does what the parsed arguments say and prints the answer. A failure is the status of the call
  // that failed; what had been done and printed before it stays so.
  virtual absl::StatusOr<ExitCode> Run(Session& session) = 0;
};

std::unique_ptr<Command> MakeQueueCreate();
std::unique_ptr<Command> MakeQueueList();
std::unique_ptr<Command> MakeQueueShow();
std::unique_ptr<Command> MakeQueueSet();
std::unique_ptr<Command> MakeQueuePurge();
std::unique_ptr<Command> MakeQueueDelete();
std::unique_ptr<Command> MakeSend();
std::unique_ptr<Command> MakeReceive();
std::unique_ptr<Command> MakeAck();
std::unique_ptr<Command> MakeExtend();
std::unique_ptr<Command> MakeRelease();
std::unique_ptr<Command> MakeServer();
std::unique_ptr<Command> MakeCompletion();
std::unique_ptr<Command> MakeMan();

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_COMMAND_H_
