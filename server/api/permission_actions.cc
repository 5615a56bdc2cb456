#include "server/api/permission_actions.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

#include "core/model/limits.h"
#include "server/api/policy_documents.h"
#include "server/api/queue_urls.h"
#include "server/api/request_checks.h"
#include "wire/policy_document.h"

namespace twinq::api {
namespace {

using wire::PolicyDocument;
using ChangedPolicy = std::variant<JsonText, ApiError>;

// What can be allowed. An action means its batch form, too.
constexpr std::array<absl::string_view, 9> kAllowed = {
    "*",           "ChangeMessageVisibility",    "DeleteMessage", "GetQueueAttributes",
    "GetQueueUrl", "ListDeadLetterSourceQueues", "PurgeQueue",    "ReceiveMessage",
    "SendMessage"};
constexpr std::array<absl::string_view, 9> kOwners = {
    "AddPermission",    "CreateQueue",        "DeleteQueue", "ListQueueTags", "ListQueues",
    "RemovePermission", "SetQueueAttributes", "TagQueue",    "UntagQueue"};

template <size_t kNames>
bool IsAmong(const std::array<absl::string_view, kNames>& names, absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<ApiError> CheckActions(const google::protobuf::RepeatedPtrField<std::string>& names) {
  if (static_cast<size_t>(names.size()) > kPermissionActionsMax) {
    return BadValue(ApiErrorCode::kTooManyActions, absl::StrCat(names.size()));
  }
  for (const std::string& name : names) {
    if (IsAmong(kOwners, name)) return BadValue(ApiErrorCode::kOwnersAction, name);
    if (!IsAmong(kAllowed, name)) return BadValue(ApiErrorCode::kUnknownAction, name);
  }
  return std::nullopt;
}

bool IsAccountId(const std::string& id) {
  return id.size() == 12 && std::all_of(id.begin(), id.end(), absl::ascii_isdigit);
}

bool IsLabel(const std::string& label) {
  return !label.empty() && label.size() <= kPermissionLabelCharactersMax &&
         std::all_of(label.begin(), label.end(), [](char c) {
           return c == '_' || c == '-' || absl::ascii_isalnum(static_cast<unsigned char>(c));
         });
}

// The new document, unless it is more than a queue may have.
ChangedPolicy Accepted(const PolicyDocument& document) {
  std::optional<JsonText> policy = ParsePolicy(document.Text());
  if (!policy.has_value() || document.statements() > kPolicyStatementsMax) {
    return ApiError{.code = ApiErrorCode::kPolicyTooLarge};
  }
  return *std::move(policy);
}

ChangedPolicy WithStatement(const JsonText& policy, const wire::AllowStatement& statement) {
  std::optional<PolicyDocument> document = PolicyDocument::Parse(policy.text);
  if (!document.has_value()) {
    document = PolicyDocument::WithId(absl::StrCat(statement.resource, "/SQSDefaultPolicy"));
  }
  if (document->HasStatement(statement.sid)) {
    return BadValue(ApiErrorCode::kLabelExists, statement.sid);
  }
  document->Add(statement);
  return Accepted(*document);
}

ChangedPolicy WithoutStatement(const JsonText& policy, const std::string& label) {
  std::optional<PolicyDocument> document = PolicyDocument::Parse(policy.text);
  if (!document.has_value() || !document->HasStatement(label)) {
    return BadValue(ApiErrorCode::kNoSuchLabel, label);
  }
  document->Remove(label);
  if (document->statements() == 0) return JsonText();
  return Accepted(*document);
}

wire::AllowStatement StatementOf(const v1::AddPermissionRequest& request) {
  wire::AllowStatement statement{.sid = request.label(),
                                 .principals = {},
                                 .actions = {},
                                 .resource = QueueArn(QueueNameOf(request.queue_url()))};
  for (const std::string& account : request.aws_account_ids()) {
    statement.principals.push_back(absl::StrCat("arn:aws:iam::", account, ":root"));
  }
  for (const std::string& action : request.actions()) {
    statement.actions.push_back(absl::StrCat("SQS:", action));
  }
  return statement;
}

}  // namespace

Step BeginAddPermission(ApiContext& context, const v1::AddPermissionRequest& request,
                        v1::AddPermissionResponse&) {
  if (request.queue_url().empty()) return MissingParameter("QueueUrl");
  if (request.label().empty()) return MissingParameter("Label");
  if (request.actions().empty()) return MissingParameter("Actions");
  std::variant<Directory::Entry, ApiError> queue = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&queue)) return std::move(*error);
  if (!IsLabel(request.label())) return BadValue(ApiErrorCode::kInvalidLabel, request.label());
  if (auto error = CheckActions(request.actions())) return *std::move(error);
  const auto& accounts = request.aws_account_ids();
  if (accounts.empty() || !std::all_of(accounts.begin(), accounts.end(), IsAccountId)) {
    return BadValue(ApiErrorCode::kInvalidPrincipals,
                    absl::StrCat("[", absl::StrJoin(accounts, ", "), "]"));
  }
  return ChangePolicy{.queue = std::get<Directory::Entry>(queue).id,
                      .change = [statement = StatementOf(request)](const JsonText& policy) {
                        return WithStatement(policy, statement);
                      }};
}

Step BeginRemovePermission(ApiContext& context, const v1::RemovePermissionRequest& request,
                           v1::RemovePermissionResponse&) {
  if (request.queue_url().empty()) return MissingParameter("QueueUrl");
  if (request.label().empty()) return MissingParameter("Label");
  std::variant<Directory::Entry, ApiError> queue = FindQueue(context, request.queue_url());
  if (auto* error = std::get_if<ApiError>(&queue)) return std::move(*error);
  return ChangePolicy{.queue = std::get<Directory::Entry>(queue).id,
                      .change = [label = request.label()](const JsonText& policy) {
                        return WithoutStatement(policy, label);
                      }};
}

}  // namespace twinq::api
