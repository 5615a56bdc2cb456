// Any text is refused as a document, or says the same as its canonical form, and a policy of it can
// have statements added and removed.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

#include "broker/directory.h"
#include "core/base/check.h"
#include "core/model/limits.h"
#include "server/api/policy_documents.h"
#include "wire/json_object.h"
#include "wire/policy_document.h"

namespace twinq {
namespace {

// The library may read the digits of a double a little off, and then another way once more.
bool HasDoubles(absl::string_view written) { return absl::StrContains(written, 'E'); }

void FuzzObject(absl::string_view text) {
  const std::optional<wire::JsonObject> object = wire::JsonObject::Parse(text);
  if (!object.has_value()) return;
  const std::string canonical = object->Canonical();
  const std::optional<wire::JsonObject> again = wire::JsonObject::Parse(canonical);
  TWINQ_CHECK(again.has_value());
  TWINQ_CHECK(HasDoubles(canonical) || again->Canonical() == canonical);
  for (const absl::string_view name : {"deadLetterTargetArn", "maxReceiveCount", "a", ""}) {
    TWINQ_CHECK(object->Has(name) == again->Has(name));
    TWINQ_CHECK(object->Has(name) == object->Text(name).has_value());
    TWINQ_CHECK(object->String(name) == again->String(name));
    TWINQ_CHECK(object->Strings(name) == again->Strings(name));
  }
}

void FuzzPolicy(absl::string_view text) {
  std::optional<wire::PolicyDocument> policy = wire::PolicyDocument::Parse(text);
  TWINQ_CHECK(policy.has_value() == wire::JsonObject::Parse(text).has_value());
  if (!policy.has_value()) return;
  policy->Remove("a");
  const size_t others = policy->statements();
  policy->Add({.sid = "a", .principals = {"1", "2"}, .actions = {"SQS:*"}, .resource = "r"});
  TWINQ_CHECK(policy->HasStatement("a"));
  std::optional<wire::PolicyDocument> again = wire::PolicyDocument::Parse(policy->Text());
  // A single statement lies a level deeper now, perhaps one too many.
  if (!again.has_value()) return;
  TWINQ_CHECK(HasDoubles(policy->Text()) || again->Text() == policy->Text());
  TWINQ_CHECK(again->statements() == others + 1 && again->HasStatement("a"));
  again->Remove("a");
  TWINQ_CHECK(again->statements() == others && !again->HasStatement("a"));
}

void FuzzAttributes(const std::string& text) {
  const auto directory = Directory().With("dead", {.id = QueueId(1), .kind = QueueKind::kStandard});
  const std::optional<JsonText> policy = api::ParsePolicy(text);
  TWINQ_CHECK(!policy.has_value() || policy->text.size() <= kPolicyBytesMax);
  const auto redrive = api::ParseRedrivePolicy(text, "jobs", QueueKind::kStandard, *directory);
  const auto allow = api::ParseRedriveAllowPolicy(text);
  if (policy.has_value()) return;
  TWINQ_CHECK(std::holds_alternative<ApiError>(redrive) && std::holds_alternative<ApiError>(allow));
}

}  // namespace
}  // namespace twinq

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(data, data + size);
  twinq::FuzzObject(text);
  twinq::FuzzPolicy(text);
  twinq::FuzzAttributes(text);
  return 0;
}
