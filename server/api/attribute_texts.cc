#include "server/api/attribute_texts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/time/time.h"

#include "core/model/limits.h"
#include "server/api/request_checks.h"

namespace twinq::api {
namespace {

constexpr std::array<absl::string_view, 4> kFifoOnly = {
    "ContentBasedDeduplication", "DeduplicationScope", "FifoQueue", "FifoThroughputLimit"};

// Attributes of SQS that this server does not have yet.
constexpr std::array<absl::string_view, 7> kNotYet = {
    "FifoThroughputLimit", "KmsDataKeyReusePeriodSeconds",
    "KmsMasterKeyId",      "Policy",
    "RedriveAllowPolicy",  "RedrivePolicy",
    "SqsManagedSseEnabled"};

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

std::optional<ApiError> CheckStillFifo(absl::string_view text) {
  const std::optional<bool> is_fifo = ParseBoolean(text);
  if (!is_fifo.has_value()) return Invalid("FifoQueue");
  if (!*is_fifo) return ApiError{.code = ApiErrorCode::kQueueTypeIsFixed};
  return std::nullopt;
}

std::optional<ApiError> ParseOne(absl::string_view name, absl::string_view text,
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
  if (name == "FifoQueue") return CheckStillFifo(text);
  if (IsAmong(kNotYet, name)) return Unsupported(name);
  return Unknown(name);
}

// How an attribute that only FIFO queues have is refused on a standard queue.
using RefuseFifoOnly = ApiError (*)(absl::string_view name);

ApiError RefuseInCreation(absl::string_view name) {
  if (name == "ContentBasedDeduplication") return Unknown(name);
  return {.code = ApiErrorCode::kFifoAttributeOnly, .parameter = std::string(name)};
}

std::variant<GivenQueueAttributes, ApiError> Parse(QueueKind kind, const AttributeTexts& texts,
                                                   RefuseFifoOnly refuse) {
  GivenQueueAttributes given;
  for (const auto& [name, text] : texts) {
    if (kind == QueueKind::kStandard && IsAmong(kFifoOnly, name)) {
      return refuse(name);
    }
    if (std::optional<ApiError> error = ParseOne(name, text, given)) return *std::move(error);
  }
  return given;
}

}  // namespace

std::optional<bool> ParseBoolean(absl::string_view text) {
  if (absl::EqualsIgnoreCase(text, "true")) return true;
  if (absl::EqualsIgnoreCase(text, "false")) return false;
  return std::nullopt;
}

std::variant<GivenQueueAttributes, ApiError> AttributesOfNewQueue(QueueKind kind,
                                                                  const AttributeTexts& texts) {
  return Parse(kind, texts, RefuseInCreation);
}

std::variant<GivenQueueAttributes, ApiError> AttributesForQueue(QueueKind kind,
                                                                const AttributeTexts& texts) {
  return Parse(kind, texts, Unknown);
}

}  // namespace twinq::api
