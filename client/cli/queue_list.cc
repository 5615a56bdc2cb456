#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

#include "client/cli/command.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// A queue's name is the last part of its URL.
absl::string_view NameOf(absl::string_view url) {
  const size_t slash = url.rfind('/');
  return slash == absl::string_view::npos ? url : url.substr(slash + 1);
}

// twinq queue list: one name a line, in their order.
class QueueList : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    return parent.add_subcommand("list", "Print the names of the queues, up to 1000");
  }

  absl::StatusOr<ExitCode> Run(client::QueueClient& client, std::FILE* out) override {
    TWINQ_ASSIGN_OR_RETURN(const std::vector<std::string> urls, client.ListQueues());
    for (const std::string& url : urls) absl::FPrintF(out, "%s\n", NameOf(url));
    return ExitCode::kOk;
  }
};

}  // namespace

std::unique_ptr<Command> MakeQueueList() { return std::make_unique<QueueList>(); }

}  // namespace twinq::cli
