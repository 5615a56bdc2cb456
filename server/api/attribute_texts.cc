#include "server/api/attribute_texts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

#include "core/model/limits.h"
#include "server/api/message_text.h"
#include "server/api/policy_documents.h"
#include "server/api/queue_urls.h"

namespace twinq::api {
namespace {

constexpr std::array<absl::string_view, 4> kFifoOnly = {
    "ContentBasedDeduplication", "DeduplicationScope", "FifoQueue", "FifoThroughputLimit"};

template <size_t kNames>
bool IsAmong(const std::array<absl::string_view, kNames>& names, absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct SecondsAttribute {
  absl::string_view name;
  absl::Duration min;
  absl::Duration max;
  std::optional<absl::Duration> GivenQueueAttributes::*value;
};
constexpr SecondsAttribute kReusePeriod = {"KmsDataKeyReusePeriodSeconds", kKmsReusePeriodMin,
                                           kKmsReusePeriodMax, nullptr};
constexpr SecondsAttribute kSeconds[] = {
    {"DelaySeconds", absl::ZeroDuration(), kDelayMax, &GivenQueueAttributes::delay},
    {"MessageRetentionPeriod", kRetentionMin, kRetentionMax, &GivenQueueAttributes::retention},
    {"ReceiveMessageWaitTimeSeconds", absl::ZeroDuration(), kReceiveWaitMax,
     &GivenQueueAttributes::receive_wait},
    {"VisibilityTimeout", absl::ZeroDuration(), kVisibilityTimeoutMax,
     &GivenQueueAttributes::visibility_timeout},
};

// Decimal digits and nothing else.
std::optional<int64_t> ParseInteger(absl::string_view text) {
  int64_t value = 0;
  if (!std::all_of(text.begin(), text.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(text, &value)) {
    return std::nullopt;
  }
  return value;
}

ApiError Unknown(absl::string_view name) {
  return {.code = ApiErrorCode::kUnknownAttribute, .parameter = std::string(name)};
}

ApiError Invalid(absl::string_view name) {
  return {.code = ApiErrorCode::kInvalidAttributeValue, .parameter = std::string(name)};
}

// Notes a value that has been parsed, and is not nothing.
template <typename Value>
std::optional<ApiError> Note(absl::string_view name, std::optional<Value> parsed,
                             std::optional<Value>& given) {
  if (!parsed.has_value()) return Invalid(name);
  given = parsed;
  return std::nullopt;
}

std::optional<absl::Duration> ParseSeconds(const SecondsAttribute& attribute,
                                           absl::string_view text) {
  const std::optional<int64_t> seconds = ParseInteger(text);
  if (!seconds.has_value() || absl::Seconds(*seconds) < attribute.min ||
      absl::Seconds(*seconds) > attribute.max) {
    return std::nullopt;
  }
  return absl::Seconds(*seconds);
}

std::optional<uint32_t> ParseMessageBytesMax(absl::string_view text) {
  const std::optional<int64_t> bytes = ParseInteger(text);
  if (!bytes.has_value() || *bytes < kMaximumMessageSizeMin || *bytes > kMessageBytesMax) {
    return std::nullopt;
  }
  return static_cast<uint32_t>(*bytes);
}

std::optional<DedupScope> ParseDedupScope(absl::string_view text) {
  if (text == "queue") return DedupScope::kQueue;
  if (text == "messageGroup") return DedupScope::kMessageGroup;
  return std::nullopt;
}

std::optional<FifoThroughputLimit> ParseThroughputLimit(absl::string_view text) {
  if (text == "perQueue") return FifoThroughputLimit::kPerQueue;
  if (text == "perMessageGroupId") return FifoThroughputLimit::kPerMessageGroupId;
  return std::nullopt;
}

std::optional<std::string> ParseKmsKeyId(const std::string& text) {
  if (text.size() > kKmsKeyIdBytesMax || !HasOnlyPermittedCharacters(text)) return std::nullopt;
  return text;
}

// Notes a document, or says why it is refused.
template <typename Document>
std::optional<ApiError> NoteDocument(std::variant<Document, ApiError> parsed,
                                     std::optional<Document>& given) {
  if (auto* error = std::get_if<ApiError>(&parsed)) return std::move(*error);
  given = std::get<Document>(std::move(parsed));
  return std::nullopt;
}

std::optional<ApiError> CheckStillFifo(absl::string_view text) {
  const std::optional<bool> is_fifo = ParseBoolean(text);
  if (!is_fifo.has_value()) return Invalid("FifoQueue");
  if (!*is_fifo) return ApiError{.code = ApiErrorCode::kQueueTypeIsFixed};
  return std::nullopt;
}

// Of those that rules of the engine look at; nothing if it is none of them.
std::optional<std::optional<ApiError>> ParseEngineAttribute(absl::string_view name,
                                                            absl::string_view text,
                                                            GivenQueueAttributes& given) {
  for (const SecondsAttribute& attribute : kSeconds) {
    if (name != attribute.name) continue;
    return Note(name, ParseSeconds(attribute, text), given.*attribute.value);
  }
  if (name == "MaximumMessageSize") {
    return Note(name, ParseMessageBytesMax(text), given.message_bytes_max);
  }
  if (name == "ContentBasedDeduplication") {
    return Note(name, ParseBoolean(text), given.content_based_dedup);
  }
  if (name == "DeduplicationScope") return Note(name, ParseDedupScope(text), given.dedup_scope);
  return std::nullopt;
}

std::optional<ApiError> ParseKeptAttribute(const AttributesOwner& owner, absl::string_view name,
                                           const std::string& text, GivenKeptAttributes& given) {
  if (name == "FifoThroughputLimit") {
    return Note(name, ParseThroughputLimit(text), given.fifo_throughput_limit);
  }
  if (name == kReusePeriod.name) {
    return Note(name, ParseSeconds(kReusePeriod, text), given.kms_data_key_reuse_period);
  }
  if (name == "KmsMasterKeyId") return Note(name, ParseKmsKeyId(text), given.kms_master_key_id);
  if (name == "Policy") return Note(name, ParsePolicy(text), given.policy);
  if (name == "RedriveAllowPolicy") {
    return NoteDocument(ParseRedriveAllowPolicy(text), given.redrive_allow_policy);
  }
  if (name == "RedrivePolicy") {
    return NoteDocument(ParseRedrivePolicy(text, owner.name, owner.kind, owner.directory),
                        given.redrive_policy);
  }
  if (name == "SqsManagedSseEnabled") return Note(name, ParseBoolean(text), given.sqs_managed_sse);
  return Unknown(name);
}

std::optional<ApiError> ParseOne(const AttributesOwner& owner, absl::string_view name,
                                 const std::string& text, GivenQueueAttributes& given) {
  if (const auto parsed = ParseEngineAttribute(name, text, given)) return *parsed;
  if (name == "FifoQueue") return CheckStillFifo(text);
  return ParseKeptAttribute(owner, name, text, given.kept);
}

// How an attribute that only FIFO queues have is refused on a standard queue.
using RefuseFifoOnly = ApiError (*)(absl::string_view name);

ApiError RefuseInCreation(absl::string_view name) {
  if (name == "ContentBasedDeduplication") return Unknown(name);
  return {.code = ApiErrorCode::kFifoAttributeOnly, .parameter = std::string(name)};
}

std::variant<GivenQueueAttributes, ApiError> Parse(const AttributesOwner& owner,
                                                   const AttributeTexts& texts,
                                                   RefuseFifoOnly refuse) {
  GivenQueueAttributes given;
  for (const auto& [name, text] : texts) {
    if (owner.kind == QueueKind::kStandard && IsAmong(kFifoOnly, name)) {
      return refuse(name);
    }
    if (std::optional<ApiError> error = ParseOne(owner, name, text, given))
      return *std::move(error);
  }
  return given;
}

std::string SecondsText(absl::Duration span) { return absl::StrCat(absl::ToInt64Seconds(span)); }
// Since 1970.
std::string SecondsText(Timestamp instant) { return absl::StrCat(instant.millis() / 1'000); }

std::string BooleanText(bool value) { return value ? "true" : "false"; }

void AddFifoTexts(const QueueAttributes& attributes, const KeptAttributes& kept,
                  AttributeTexts& texts) {
  texts["FifoQueue"] = "true";
  texts["ContentBasedDeduplication"] = BooleanText(attributes.content_based_dedup);
  texts["DeduplicationScope"] =
      attributes.dedup_scope == DedupScope::kQueue ? "queue" : "messageGroup";
  texts["FifoThroughputLimit"] = kept.fifo_throughput_limit == FifoThroughputLimit::kPerQueue
                                     ? "perQueue"
                                     : "perMessageGroupId";
}

void AddUnlessEmpty(const char* name, const std::string& text, AttributeTexts& texts) {
  if (!text.empty()) texts[name] = text;
}

}  // namespace

std::optional<bool> ParseBoolean(absl::string_view text) {
  if (absl::EqualsIgnoreCase(text, "true")) return true;
  if (absl::EqualsIgnoreCase(text, "false")) return false;
  return std::nullopt;
}

std::variant<GivenQueueAttributes, ApiError> AttributesOfNewQueue(const AttributesOwner& owner,
                                                                  const AttributeTexts& texts) {
  return Parse(owner, texts, RefuseInCreation);
}

std::variant<GivenQueueAttributes, ApiError> AttributesForQueue(const AttributesOwner& owner,
                                                                const AttributeTexts& texts) {
  return Parse(owner, texts, Unknown);
}

bool IsAttributeName(absl::string_view name) {
  constexpr std::array<absl::string_view, 22> kNames = {"All",
                                                        "ApproximateNumberOfMessages",
                                                        "ApproximateNumberOfMessagesDelayed",
                                                        "ApproximateNumberOfMessagesNotVisible",
                                                        "ContentBasedDeduplication",
                                                        "CreatedTimestamp",
                                                        "DeduplicationScope",
                                                        "DelaySeconds",
                                                        "FifoQueue",
                                                        "FifoThroughputLimit",
                                                        "KmsDataKeyReusePeriodSeconds",
                                                        "KmsMasterKeyId",
                                                        "LastModifiedTimestamp",
                                                        "MaximumMessageSize",
                                                        "MessageRetentionPeriod",
                                                        "Policy",
                                                        "QueueArn",
                                                        "ReceiveMessageWaitTimeSeconds",
                                                        "RedriveAllowPolicy",
                                                        "RedrivePolicy",
                                                        "SqsManagedSseEnabled",
                                                        "VisibilityTimeout"};
  return IsAmong(kNames, name);
}

AttributeTexts TextsOf(QueueKind kind, absl::string_view queue_name,
                       const QueueDescription& description) {
  const QueueAttributes& attributes = description.attributes;
  const KeptAttributes& kept = description.kept;
  const QueueCounts& counts = description.counts;
  AttributeTexts texts = {
      {"ApproximateNumberOfMessages", absl::StrCat(counts.available)},
      {"ApproximateNumberOfMessagesDelayed", absl::StrCat(counts.delayed)},
      {"ApproximateNumberOfMessagesNotVisible", absl::StrCat(counts.in_flight)},
      {"CreatedTimestamp", SecondsText(description.created_at)},
      {"DelaySeconds", SecondsText(attributes.delay)},
      {"LastModifiedTimestamp", SecondsText(description.modified_at)},
      {"MaximumMessageSize", absl::StrCat(attributes.message_bytes_max)},
      {"MessageRetentionPeriod", SecondsText(attributes.retention)},
      {"QueueArn", QueueArn(queue_name)},
      {"ReceiveMessageWaitTimeSeconds", SecondsText(attributes.receive_wait)},
      {"SqsManagedSseEnabled", BooleanText(kept.sqs_managed_sse)},
      {"VisibilityTimeout", SecondsText(attributes.visibility_timeout)},
  };
  if (kind == QueueKind::kFifo) AddFifoTexts(attributes, kept, texts);
  AddUnlessEmpty("KmsMasterKeyId", kept.kms_master_key_id, texts);
  AddUnlessEmpty("Policy", kept.policy.text, texts);
  AddUnlessEmpty("RedriveAllowPolicy", kept.redrive_allow_policy.text, texts);
  AddUnlessEmpty("RedrivePolicy", kept.redrive_policy.json.text, texts);
  if (kept.kms_data_key_reuse_period.has_value()) {
    texts[std::string(kReusePeriod.name)] = SecondsText(*kept.kms_data_key_reuse_period);
  }
  return texts;
}

}  // namespace twinq::api
