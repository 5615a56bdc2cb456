#include <string>

#include "absl/strings/str_format.h"

#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "client/cli/manual/completion_scripts.h"
#include "client/cli/manual/outline.h"

namespace twinq::cli {
namespace {

// twinq completion SHELL: prints the script; asks no server.
class Completion : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    program_ = &parent;
    CLI::App* verb =
        parent.add_subcommand("completion", "Print what makes a shell complete twinq's commands");
    verb->add_option("SHELL", shell_, "the shell")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}))
        ->required();
    verb->footer(
        "Examples:\n"
        "  source <(twinq completion bash)      in ~/.bashrc\n"
        "  source <(twinq completion zsh)       in ~/.zshrc, below compinit\n"
        "  twinq completion fish | source       in ~/.config/fish/config.fish");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    absl::FPrintF(session.out, "%s", Script(OutlineOf(*program_)));
    return ExitCode::kOk;
  }

 private:
  std::string Script(const VerbOutline& program) const {
    if (shell_ == "bash") return BashCompletion(program);
    return shell_ == "zsh" ? ZshCompletion(program) : FishCompletion(program);
  }

  const CLI::App* program_ = nullptr;
  std::string shell_;
};

}  // namespace

std::unique_ptr<Command> MakeCompletion() { return std::make_unique<Completion>(); }

}  // namespace twinq::cli
