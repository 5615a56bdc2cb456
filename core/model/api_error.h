#ifndef TWINQ_CORE_MODEL_API_ERROR_H_
#define TWINQ_CORE_MODEL_API_ERROR_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace twinq {

// Every refusal that a client can meet, one value per sentence of the service. Which facts of
// ApiError the sentence needs stands behind each. server/api/error_table.cc alone knows the words,
// the gRPC code and the SQS error name.
enum class ApiErrorCode : uint8_t {
  kMissingParameter,  // parameter
  kQueueDoesNotExist,
  kQueueNameExists,  // parameter: the first attribute that differs
  kQueueDeletedRecently,
  kInvalidQueueName,
  kInvalidFifoQueueName,
  kUnknownAttribute,       // parameter
  kFifoAttributeOnly,      // parameter: given to CreateQueue for a standard queue
  kInvalidAttributeValue,  // parameter
  kQueueTypeIsFixed,
  kTwoEncryptions,
  kRedriveDocument,           // value: the policy
  kRedriveWithout,            // parameter: the member that is missing; value: the policy
  kRedriveCountOutOfRange,    // parameter: the count; value: the policy
  kRedriveTargetMissing,      // value: the policy
  kRedriveTargetOfOtherType,  // value: the policy
  kRedriveToItself,           // value: the policy
  kRedriveAllowDocument,      // value: the policy
  kInvalidGroupOrDedupId,     // parameter, value
  kMissingDedupId,
  kNotForThisQueueType,  // parameter, value
  kDelayOutOfRange,      // value
  kMessageTooLong,       // value: the most bytes that are allowed
  kBatchEntryTooLong,    // value: the most bytes that are allowed
  kInvalidMessageContents,
  kTooManyMessageAttributes,     // value: how many
  kInvalidMessageAttributeName,  // value: the name
  kMissingMessageAttributeType,  // parameter: the attribute's name
  kInvalidMessageAttributeType,  // parameter: the attribute's name
  kEmptyMessageAttribute,        // parameter: the attribute's name; value: the type it has
  kTwoMessageAttributeValues,    // parameter: the attribute's name
  kMessageAttributeList,         // parameter: the attribute's name
  kMessageAttributeCharacters,
  kMessageAttributeNotNumber,      // parameter: the attribute's name
  kInvalidMessageSystemAttribute,  // value: the attribute's name
  kEmptyBatch,                     // parameter: the type of an entry
  kTooManyEntries,                 // value: how many
  kInvalidBatchEntryId,
  kBatchEntryIdRepeated,  // value: the id
  kBatchTooLong,          // value: how many bytes
  kBatchEntryWithoutGroup,
  kBatchReceiptHandleExpired,
  kBatchNotForThisQueueType,
  kPurgeInProgress,  // value: the queue's name
  kTooManyTags,      // value: the queue's name
  kTagKeyLength,
  kTagValueLength,
  kTagCharacters,      // parameter: key or value; value: what it is
  kReservedTagKey,     // value: the key
  kInvalidLabel,       // value: the label
  kLabelExists,        // value: the label
  kNoSuchLabel,        // value: the label
  kUnknownAction,      // value: the action
  kOwnersAction,       // value: the action
  kInvalidPrincipals,  // value: the accounts
  kTooManyActions,     // value: how many
  kPolicyTooLarge,
  kTooManyInFlight,
  kMaxMessagesOutOfRange,        // value
  kWaitTimeOutOfRange,           // value
  kVisibilityTimeoutOutOfRange,  // value
  kMaxResultsOutOfRange,         // value
  kInvalidNextToken,             // value
  kReceiptHandleMalformed,       // value: the handle
  kReceiptHandleOfOtherQueue,    // value: the handle
  kReceiptHandleExpired,         // value: the handle
  kVisibilityTotalTooLong,       // value: the seconds asked for
  kMessageNotAvailable,          // value: the handle
  kMalformedRequest,             // value: what is malformed
  kUnsupportedParameter,         // parameter
  kOverloaded,
  kDiskReserve,  // value: the bytes that are to stay free
  kMemoryFull,   // value: the bytes that may be in use
  kInternalFailure,
  kStarting,
  kShuttingDown,
};

// One refusal: which, and the facts that its text needs. The engine fills in what it knows;
// server/api adds what only the request knows (a handle's text).
struct ApiError {
  ApiErrorCode code = ApiErrorCode::kMalformedRequest;
  std::string parameter = {};
  std::string value = {};

  friend bool operator==(const ApiError&, const ApiError&) = default;
};

// The enum's name without its k, for tests and logs: "QueueDoesNotExist".
absl::string_view ApiErrorCodeName(ApiErrorCode code);

}  // namespace twinq

#endif  // TWINQ_CORE_MODEL_API_ERROR_H_
