#include "server/api/policy_documents.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"

#include "core/model/limits.h"
#include "server/api/queue_urls.h"
#include "wire/json_object.h"

namespace twinq::api {
namespace {

using wire::JsonObject;

std::optional<JsonObject> ParseObject(const std::string& text) {
  if (text.size() > kPolicyBytesMax) return std::nullopt;
  return JsonObject::Parse(text);
}

JsonText TextOf(const std::string& text, const JsonObject& object) {
  return {.text = text, .canonical = object.Canonical()};
}

ApiError Refused(ApiErrorCode code, const std::string& policy, absl::string_view parameter = {}) {
  return {.code = code, .parameter = std::string(parameter), .value = policy};
}

// A number, or digits in a string.
std::optional<ApiError> CheckCount(const std::string& policy, const std::string& text) {
  int count = 0;
  if (absl::SimpleAtoi(text, &count) && count >= 1 && count <= kMaxReceiveCountMax) {
    return std::nullopt;
  }
  return Refused(ApiErrorCode::kRedriveCountOutOfRange, policy, text);
}

std::optional<ApiError> CheckTarget(const std::string& policy, const std::string& arn,
                                    absl::string_view queue_name, QueueKind kind,
                                    const Directory& directory) {
  const std::optional<absl::string_view> name = QueueNameOfArn(arn);
  if (name == queue_name) return Refused(ApiErrorCode::kRedriveToItself, policy);
  const Directory::Entry* target = name.has_value() ? directory.Find(*name) : nullptr;
  if (target == nullptr) return Refused(ApiErrorCode::kRedriveTargetMissing, policy);
  if (target->kind != kind) return Refused(ApiErrorCode::kRedriveTargetOfOtherType, policy);
  return std::nullopt;
}

// Whether the sources are there if and only if they are to be named one by one.
bool HasSourcesAsItShould(const JsonObject& object, absl::string_view permission) {
  if (permission != "byQueue") return !object.Has("sourceQueueArns");
  const std::optional<std::vector<std::string>> arns = object.Strings("sourceQueueArns");
  return arns.has_value() && !arns->empty() && arns->size() <= kRedriveSourcesMax;
}

}  // namespace

std::optional<JsonText> ParsePolicy(const std::string& text) {
  if (text.empty()) return JsonText();
  const std::optional<JsonObject> object = ParseObject(text);
  if (!object.has_value()) return std::nullopt;
  return TextOf(text, *object);
}

std::variant<RedrivePolicy, ApiError> ParseRedrivePolicy(const std::string& text,
                                                         absl::string_view queue_name,
                                                         QueueKind kind,
                                                         const Directory& directory) {
  if (text.empty()) return RedrivePolicy();
  const std::optional<JsonObject> object = ParseObject(text);
  if (!object.has_value()) return Refused(ApiErrorCode::kRedriveDocument, text);
  const std::optional<std::string> target = object->String("deadLetterTargetArn");
  if (!target.has_value()) {
    return Refused(ApiErrorCode::kRedriveWithout, text, "deadLetterTargetArn");
  }
  const std::optional<std::string> count = object->Text("maxReceiveCount");
  if (!count.has_value()) return Refused(ApiErrorCode::kRedriveWithout, text, "maxReceiveCount");
  if (auto error = CheckCount(text, *count)) return *std::move(error);
  if (auto error = CheckTarget(text, *target, queue_name, kind, directory)) {
    return *std::move(error);
  }
  return RedrivePolicy{.json = TextOf(text, *object),
                       .dead_letter_queue = std::string(QueueNameOfArn(*target).value_or(""))};
}

std::variant<JsonText, ApiError> ParseRedriveAllowPolicy(const std::string& text) {
  if (text.empty()) return JsonText();
  const std::optional<JsonObject> object = ParseObject(text);
  if (!object.has_value()) return Refused(ApiErrorCode::kRedriveAllowDocument, text);
  const std::string permission = object->String("redrivePermission").value_or("");
  const bool is_known =
      permission == "allowAll" || permission == "denyAll" || permission == "byQueue";
  if (!is_known || !HasSourcesAsItShould(*object, permission)) {
    return Refused(ApiErrorCode::kRedriveAllowDocument, text);
  }
  return TextOf(text, *object);
}

}  // namespace twinq::api
