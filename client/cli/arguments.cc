#include "client/cli/arguments.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

#include "client/lib/durations.h"
#include "core/base/status_macros.h"

namespace twinq::cli {

void AddQueue(CLI::App& verb, std::string& queue) {
  verb.add_option("QUEUE", queue, "name or URL")->required();
}

CLI::Option* AddSettings(CLI::App& verb, std::vector<std::string>& settings) {
  const auto complaint = [](const std::string& text) {
    return std::string(ParseAssignment(text).status().message());
  };
  return verb
      .add_option("SETTING", settings, "attributes as NAME=VALUE, as in VisibilityTimeout=60")
      ->check(CLI::Validator(complaint, "NAME=VALUE"));
}

std::string SettingsHelp() {
  return R"(Settings, with their defaults; times in seconds:
  VisibilityTimeout=30              how long a received message is hidden
  DelaySeconds=0                    how long a new message is hidden
  MessageRetentionPeriod=345600     how long a message is kept
  ReceiveMessageWaitTimeSeconds=0   how long a receive waits for a message
  MaximumMessageSize=1048576        in bytes
  ContentBasedDeduplication=false   FIFO: the same body is the same message
  DeduplicationScope=queue          FIFO: queue or messageGroup)";
}

client::QueueAttributes AttributesOf(const std::vector<std::string>& settings) {
  client::QueueAttributes attributes;
  for (const std::string& text : settings) {
    const Assignment assignment = *ParseAssignment(text);
    attributes[assignment.name] = assignment.value;
  }
  return attributes;
}

CLI::Option* AddSpan(CLI::App& verb, const std::string& name, std::optional<absl::Duration>& span,
                     const std::string& description) {
  const auto complaint = [](const std::string& text) {
    return std::string(client::ParseDuration(text).status().message());
  };
  const auto assign = [&span](const std::string& text) { span = *client::ParseDuration(text); };
  return verb.add_option_function<std::string>(name, assign, description)
      ->check(CLI::Validator(complaint, "DURATION"));
}

absl::StatusOr<Assignment> ParseAssignment(absl::string_view text) {
  const size_t equals = text.find('=');
  if (equals == absl::string_view::npos || equals == 0) {
    return absl::InvalidArgumentError(absl::StrCat("\"", text, "\" is not NAME=VALUE"));
  }
  return Assignment{.name = std::string(text.substr(0, equals)),
                    .value = std::string(text.substr(equals + 1))};
}

absl::StatusOr<std::pair<std::string, client::MessageAttribute>> ParseAttribute(
    absl::string_view text) {
  TWINQ_ASSIGN_OR_RETURN(const Assignment assignment, ParseAssignment(text));
  const size_t colon = assignment.name.find(':');
  std::pair<std::string, client::MessageAttribute> attribute;
  attribute.first = assignment.name.substr(0, colon);
  attribute.second.value = assignment.value;
  if (colon != std::string::npos) attribute.second.data_type = assignment.name.substr(colon + 1);
  return attribute;
}

absl::string_view NameOf(absl::string_view queue_url) {
  const size_t slash = queue_url.rfind('/');
  return slash == absl::string_view::npos ? queue_url : queue_url.substr(slash + 1);
}

}  // namespace twinq::cli
