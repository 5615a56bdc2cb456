#include "absl/strings/str_format.h"

#include "client/cli/command.h"
#include "client/cli/manual/man_page.h"
#include "client/cli/manual/outline.h"
#include "core/base/version.h"

namespace twinq::cli {
namespace {

// twinq man: prints the page's source; asks no server.
class Man : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    program_ = &parent;
    CLI::App* verb = parent.add_subcommand("man", "Print the manual page, for man to show");
    verb->footer("Example:\n  twinq man | man -l -");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    absl::FPrintF(session.out, "%s", ManPage(OutlineOf(*program_), Version()));
    return ExitCode::kOk;
  }

 private:
  const CLI::App* program_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> MakeMan() { return std::make_unique<Man>(); }

}  // namespace twinq::cli
