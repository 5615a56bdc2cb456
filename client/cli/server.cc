#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "client/cli/command.h"
#include "client/cli/json_lines.h"
#include "core/base/status_macros.h"

namespace twinq::cli {
namespace {

// twinq server: what the server is, and since when.
class Server : public Command {
 public:
  CLI::App* AddTo(CLI::App& parent) override {
    CLI::App* verb =
        parent.add_subcommand("server", "Show version, storage, durability, uptime and limits");
    verb->footer(
        "Examples:\n"
        "  twinq server --server queues.example.org:9323\n"
        "  twinq server --output json | jq -r .Durability");
    return verb;
  }

  absl::StatusOr<ExitCode> Run(Session& session) override {
    TWINQ_ASSIGN_OR_RETURN(const client::ServerInfo info, session.admin.GetServerInfo());
    switch (session.format) {
      case OutputFormat::kTable:
        Print(session, info);
        break;
      case OutputFormat::kRaw:
        absl::FPrintF(session.out, "%s\n", info.version);
        break;
      case OutputFormat::kJson:
        PrintJson(session.out, JsonOf(info));
        break;
    }
    return ExitCode::kOk;
  }

 private:
  static void Print(const Session& session, const client::ServerInfo& info) {
    const auto line = [&session](absl::string_view name, const std::string& value) {
      absl::FPrintF(session.out, "%-11s %s\n", name, value);
    };
    line("version", info.version);
    line("storage", info.storage);
    line("durability",
         info.durability.empty() ? "none: nothing survives the process" : info.durability);
    line("uptime", absl::FormatDuration(absl::Trunc(info.uptime, absl::Seconds(1))));
    line("grpc", info.grpc_address);
    line("metrics", info.metrics_address.empty() ? "off" : info.metrics_address);
    if (info.memory_bytes_max.has_value()) {
      line("memory max", absl::StrCat(*info.memory_bytes_max >> 20, " MiB"));
    }
  }
};

}  // namespace

std::unique_ptr<Command> MakeServer() { return std::make_unique<Server>(); }

}  // namespace twinq::cli
