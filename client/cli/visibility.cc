#include <optional>
#include <string>

#include "absl/time/time.h"

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// twinq extend QUEUE HANDLE --for SPAN and twinq release QUEUE HANDLE: how long a received message
// stays hidden from others, from now on. Silent when done.
class ChangeVisibility : public Command {
 public:
  absl::StatusOr<ExitCode> Run(Session& session) override {
    TWINQ_RETURN_IF_ERROR(
        session.queues.ChangeMessageVisibility(queue_, receipt_handle_, visibility()));
    return ExitCode::kOk;
  }

 protected:
  void AddArguments(CLI::App& verb) {
    AddQueue(verb, queue_);
    verb.add_option("HANDLE", receipt_handle_, "its receipt handle, as `twinq receive` printed it")
        ->required();
  }

 private:
  virtual absl::Duration visibility() const = 0;

  std::string queue_;
  std::string receipt_handle_;
};

class Extend : public ChangeVisibility {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb =
        parent.add_subcommand("extend", "Keep a received message to yourself for longer");
    AddArguments(*verb);
    AddSpan(*verb, "--for", span_, "from now on, 0 to 12h")->required();
    verb->footer("Example:\n  twinq extend jobs $handle --for 5m");
    return verb;
  }

 private:
  absl::Duration visibility() const override { return span_.value_or(absl::ZeroDuration()); }

  std::optional<absl::Duration> span_;
};

class Release : public ChangeVisibility {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb = parent.add_subcommand("release", "Give a received message back at once");
    AddArguments(*verb);
    verb->footer("Example:\n  twinq release jobs $handle");
    return verb;
  }

 private:
  absl::Duration visibility() const override { return absl::ZeroDuration(); }
};

}  // namespace

std::unique_ptr<Command> MakeExtend() { return std::make_unique<Extend>(); }

std::unique_ptr<Command> MakeRelease() { return std::make_unique<Release>(); }

}  // namespace twinq::cli
