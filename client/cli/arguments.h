#ifndef TWINQ_CLIENT_CLI_ARGUMENTS_H_
#define TWINQ_CLIENT_CLI_ARGUMENTS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "CLI/App.hpp"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

#include "client/lib/messages.h"
#include "client/lib/queue_client.h"

namespace twinq::cli {

// Arguments that several verbs have.

// The queue, by name or URL, which is required.
void AddQueue(CLI::App& verb, std::string& queue);
// Arguments of the form NAME=VALUE, each checked when the command line is read.
CLI::Option* AddSettings(CLI::App& verb, std::vector<std::string>& settings);
// The names that they know, a line each below a heading.
std::string SettingsHelp();
// What they say. REQUIRES: each was checked.
client::QueueAttributes AttributesOf(const std::vector<std::string>& settings);
// An option that takes a span, as in "30s".
CLI::Option* AddSpan(CLI::App& verb, const std::string& name, std::optional<absl::Duration>& span,
                     const std::string& description);

// "NAME=VALUE". InvalidArgument, naming the text, for what has no name or no "=".
struct Assignment {
  std::string name;
  std::string value;
};
absl::StatusOr<Assignment> ParseAssignment(absl::string_view text);
// "NAME=VALUE", or "NAME:TYPE=VALUE" of another type than String.
absl::StatusOr<std::pair<std::string, client::MessageAttribute>> ParseAttribute(
    absl::string_view text);

// The last part of a queue's URL.
absl::string_view NameOf(absl::string_view queue_url);

}  // namespace twinq::cli

#endif  // TWINQ_CLIENT_CLI_ARGUMENTS_H_
