#include "server/api/error_table.h"

#include "absl/strings/str_replace.h"

#include "core/base/check.h"

namespace twinq::api {
namespace {

using absl::StatusCode;

constexpr ErrorName kInvalidValue{"InvalidParameterValueException", "InvalidParameterValue"};
constexpr ErrorName kMissing{"MissingRequiredParameterException", "MissingParameter"};
constexpr ErrorName kInvalidHandle{"ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid"};
constexpr ErrorName kInvalidContents{"InvalidMessageContents", "InvalidMessageContents"};
constexpr ErrorName kBadAttributeName{"InvalidAttributeName", "InvalidAttributeName"};
constexpr ErrorName kBadAttributeValue{"InvalidAttributeValue", "InvalidAttributeValue"};
constexpr ErrorName kNoQueue{"QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"};
constexpr ErrorName kQueueExists{"QueueNameExists", "QueueAlreadyExists"};
constexpr ErrorName kDeletedRecently{"QueueDeletedRecently",
                                     "AWS.SimpleQueueService.QueueDeletedRecently"};
constexpr ErrorName kPurging{"PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress"};
constexpr ErrorName kNoEntries{"EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest"};
constexpr ErrorName kManyEntries{"TooManyEntriesInBatchRequest",
                                 "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"};
constexpr ErrorName kBadEntryId{"InvalidBatchEntryId",
                                "AWS.SimpleQueueService.InvalidBatchEntryId"};
constexpr ErrorName kSameEntryIds{"BatchEntryIdsNotDistinct",
                                  "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"};
constexpr ErrorName kLongBatch{"BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong"};
constexpr ErrorName kUnsupported{"UnsupportedOperation",
                                 "AWS.SimpleQueueService.UnsupportedOperation"};
constexpr ErrorName kOverLimit{"OverLimit", "OverLimit"};
constexpr ErrorName kThrottled{"RequestThrottled", "RequestThrottled"};
constexpr ErrorName kMalformed{"SerializationException", "SerializationException"};
constexpr ErrorName kFailure{"InternalFailure", "InternalFailure"};
constexpr ErrorName kUnavailable{"ServiceUnavailable", "ServiceUnavailable"};

// Texts and names: SQS semantics, sections 2.0 to 2.17 and 5.6. Ours where it says so.
struct Row {
  ApiErrorCode error;
  ErrorForm form;
};
constexpr Row kRows[] = {
    {ApiErrorCode::kMissingParameter,
     {kMissing, StatusCode::kInvalidArgument, "The request must contain the parameter $p."}},
    {ApiErrorCode::kQueueDoesNotExist,
     {kNoQueue, StatusCode::kNotFound, "The specified queue does not exist."}},
    {ApiErrorCode::kQueueNameExists,
     {kQueueExists, StatusCode::kAlreadyExists,
      "A queue already exists with the same name and a different value for attribute $p"}},
    {ApiErrorCode::kQueueDeletedRecently,
     {kDeletedRecently, StatusCode::kFailedPrecondition,
      "You must wait 60 seconds after deleting a queue before you can create another with the same "
      "name."}},
    {ApiErrorCode::kInvalidQueueName,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"}},
    {ApiErrorCode::kInvalidFifoQueueName,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or "
      "underscores, must end with .fifo suffix and be 1 to 80 in length"}},
    {ApiErrorCode::kUnknownAttribute,
     {kBadAttributeName, StatusCode::kInvalidArgument, "Unknown Attribute $p."}},
    {ApiErrorCode::kFifoAttributeOnly,
     {kBadAttributeName, StatusCode::kInvalidArgument,
      "You can specify the $p only when FifoQueue is set to true."}},
    {ApiErrorCode::kInvalidAttributeValue,
     {kBadAttributeValue, StatusCode::kInvalidArgument, "Invalid value for the parameter $p."}},
    {ApiErrorCode::kQueueTypeIsFixed,
     {kBadAttributeValue, StatusCode::kInvalidArgument,
      "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not "
      "supported."}},
    {ApiErrorCode::kTwoEncryptions,
     {kBadAttributeName, StatusCode::kInvalidArgument,
      "You can use one type of server-side encryption (SSE) at one time. You can either enable "
      "KMS SSE or SQS SSE."}},
    // Ours: the service's text is not known.
    {ApiErrorCode::kRedriveDocument,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter RedrivePolicy is invalid. Reason: It must be a JSON object of at "
      "most 8192 bytes."}},
    {ApiErrorCode::kRedriveWithout,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain "
      "mandatory attribute: $p."}},
    {ApiErrorCode::kRedriveCountOutOfRange,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter RedrivePolicy is invalid. Reason: Invalid value for "
      "maxReceiveCount: $p, valid values are from 1 to 1000 both inclusive."}},
    {ApiErrorCode::kRedriveTargetMissing,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter RedrivePolicy is invalid. Reason: Dead letter target does not "
      "exist."}},
    {ApiErrorCode::kRedriveTargetOfOtherType,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same "
      "type of queue as the source."}},
    // Ours: the service's text is not known.
    {ApiErrorCode::kRedriveToItself,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter RedrivePolicy is invalid. Reason: A queue cannot be its own "
      "dead-letter queue."}},
    // Ours: the service's text is not known.
    {ApiErrorCode::kRedriveAllowDocument,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter RedriveAllowPolicy is invalid. Reason: It must be a JSON object of "
      "at most 8192 bytes with redrivePermission allowAll, denyAll or byQueue, and "
      "sourceQueueArns of 1 to 10 ARNs if and only if that is byQueue."}},
    {ApiErrorCode::kInvalidGroupOrDedupId,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter $p is invalid. Reason: $p can only include alphanumeric and "
      "punctuation characters. 1 to 128 in length."}},
    {ApiErrorCode::kMissingDedupId,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId "
      "provided explicitly"}},
    {ApiErrorCode::kNotForThisQueueType,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter $p is invalid. Reason: The request include parameter that is not "
      "valid for this queue type."}},
    {ApiErrorCode::kDelayOutOfRange,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= "
      "900."}},
    {ApiErrorCode::kMessageTooLong,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "One or more parameters are invalid. Reason: Message must be shorter than $v bytes."}},
    {ApiErrorCode::kBatchEntryTooLong,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "One or more parameters cannot be validated. Reason: Message must be shorter than $v "
      "bytes."}},
    {ApiErrorCode::kInvalidMessageContents,
     {kInvalidContents, StatusCode::kInvalidArgument,
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
      "#xE000 to #xFFFD | #x10000 to #x10FFFF"}},
    {ApiErrorCode::kTooManyMessageAttributes,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Number of message attributes [$v] exceeds the allowed maximum [10]."}},
    // Ours: the service's text is not known.
    {ApiErrorCode::kInvalidMessageAttributeName,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Message (user) attribute name '$v' is invalid. A name has 1 to 256 letters, digits, "
      "underscores, hyphens and periods; it neither begins nor ends with a period, has no two in a "
      "row, and does not begin with AWS. or Amazon."}},
    {ApiErrorCode::kMissingMessageAttributeType,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "The message attribute '$p' must contain non-empty message attribute type."}},
    {ApiErrorCode::kInvalidMessageAttributeType,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "The type of message (user) attribute '$p' is invalid. You must use only the following "
      "supported type prefixes: Binary, Number, String."}},
    {ApiErrorCode::kEmptyMessageAttribute,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Message (user) attribute '$p' must contain a non-empty value of type '$v'."}},
    // Ours, these two.
    {ApiErrorCode::kTwoMessageAttributeValues,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Message (user) attribute '$p' must contain one value: a StringValue if its type is String "
      "or Number, a BinaryValue if it is Binary."}},
    {ApiErrorCode::kMessageAttributeList,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Message (user) attribute '$p' has a list of values, which is not supported."}},
    {ApiErrorCode::kMessageAttributeCharacters,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
      "#xE000 to #xFFFD | #x10000 to #x10FFFF"}},
    {ApiErrorCode::kMessageAttributeNotNumber,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Can't cast the value of message (user) attribute '$p' to a number."}},
    // Ours.
    {ApiErrorCode::kInvalidMessageSystemAttribute,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Message system attribute '$v' is invalid. The only one that can be sent is AWSTraceHeader, "
      "a String of 1 to 4096 bytes."}},
    {ApiErrorCode::kEmptyBatch,
     {kNoEntries, StatusCode::kInvalidArgument, "There should be at least one $p in the request."}},
    {ApiErrorCode::kTooManyEntries,
     {kManyEntries, StatusCode::kInvalidArgument,
      "Maximum number of entries per request are 10. You have sent $v."}},
    {ApiErrorCode::kInvalidBatchEntryId,
     {kBadEntryId, StatusCode::kInvalidArgument,
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can "
      "be at most 80 letters long."}},
    {ApiErrorCode::kBatchEntryIdRepeated,
     {kSameEntryIds, StatusCode::kInvalidArgument, "Id $v repeated."}},
    {ApiErrorCode::kBatchTooLong,
     {kLongBatch, StatusCode::kInvalidArgument,
      "Batch requests cannot be longer than 1048576 bytes. You have sent $v bytes."}},
    // Of a SendMessage, the same text is a MissingParameter.
    {ApiErrorCode::kBatchEntryWithoutGroup,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "The request must contain the parameter MessageGroupId."}},
    {ApiErrorCode::kBatchReceiptHandleExpired,
     {kInvalidHandle, StatusCode::kInvalidArgument, "The receipt handle has expired"}},
    {ApiErrorCode::kBatchNotForThisQueueType,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "The request include parameter that is not valid for this queue type"}},
    // No client should try again by itself: what it wanted gone may be gone already.
    {ApiErrorCode::kPurgeInProgress,
     {kPurging, StatusCode::kFailedPrecondition,
      "Only one PurgeQueue operation on $v is allowed every 60 seconds."}},
    {ApiErrorCode::kTooManyTags,
     {kInvalidValue, StatusCode::kInvalidArgument, "Too many tags added for queue $v."}},
    {ApiErrorCode::kTagKeyLength,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Tag keys must be between 1 and 128 characters in length."}},
    // Ours, these three: the service's texts are not known.
    {ApiErrorCode::kTagValueLength,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Tag values must be between 0 and 256 characters in length."}},
    {ApiErrorCode::kTagCharacters,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "The tag $p '$v' is invalid. It can only include letters, digits, spaces and _ . : / = + - "
      "@."}},
    {ApiErrorCode::kReservedTagKey,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "The tag key '$v' is invalid. Keys that begin with aws: are reserved."}},
    // Ours: the service's text is not known.
    {ApiErrorCode::kInvalidLabel,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter Label is invalid. Reason: Can only include alphanumeric characters, "
      "hyphens, or underscores. 1 to 80 in length"}},
    {ApiErrorCode::kLabelExists,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter Label is invalid. Reason: Already exists."}},
    {ApiErrorCode::kNoSuchLabel,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter Label is invalid. Reason: can't find label."}},
    // The text ends with a space.
    {ApiErrorCode::kUnknownAction,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value SQS:$v for parameter ActionName is invalid. Reason: Please refer to the appropriate "
      "WSDL for a list of valid actions. "}},
    {ApiErrorCode::kOwnersAction,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value SQS:$v for parameter ActionName is invalid. Reason: Only the queue owner is allowed "
      "to "
      "invoke this action."}},
    {ApiErrorCode::kInvalidPrincipals,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter PrincipalId is invalid. Reason: Unable to verify."}},
    {ApiErrorCode::kTooManyActions,
     {kOverLimit, StatusCode::kInvalidArgument, "$v Actions were found, maximum allowed is 7."}},
    // Ours: the service's text is not known.
    {ApiErrorCode::kPolicyTooLarge,
     {kOverLimit, StatusCode::kFailedPrecondition,
      "The policy would have more than 20 statements or 8192 bytes."}},
    {ApiErrorCode::kTooManyInFlight,
     {kOverLimit, StatusCode::kResourceExhausted,
      "Too many messages have been received without being deleted. Please delete your received "
      "messages or let them timeout before receiving more."}},
    {ApiErrorCode::kMaxMessagesOutOfRange,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if "
      "provided."}},
    {ApiErrorCode::kWaitTimeOutOfRange,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if "
      "provided."}},
    {ApiErrorCode::kVisibilityTimeoutOutOfRange,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if "
      "provided."}},
    // Ours: the service's texts for these two are not known.
    {ApiErrorCode::kMaxResultsOutOfRange,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter MaxResults is invalid. Reason: Must be between 1 and 1000, if "
      "provided."}},
    {ApiErrorCode::kInvalidNextToken,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter NextToken is invalid. Reason: It is no token of a page before."}},
    {ApiErrorCode::kReceiptHandleMalformed,
     {kInvalidHandle, StatusCode::kInvalidArgument,
      "The input receipt handle \"$v\" is not a valid receipt handle."}},
    {ApiErrorCode::kReceiptHandleOfOtherQueue,
     {kInvalidHandle, StatusCode::kInvalidArgument,
      "The receipt handle \"$v\" is not valid for this queue."}},
    {ApiErrorCode::kReceiptHandleExpired,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."}},
    {ApiErrorCode::kVisibilityTotalTooLong,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for "
      "the message is beyond the limit [43200 seconds]"}},
    {ApiErrorCode::kMessageNotAvailable,
     {kInvalidValue, StatusCode::kInvalidArgument,
      "Value $v for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not "
      "available for visibility timeout change."}},
    // Ours: the service has no such protocol or no such limit.
    {ApiErrorCode::kMalformedRequest,
     {kMalformed, StatusCode::kInvalidArgument, "The request is malformed: $v"}},
    {ApiErrorCode::kUnsupportedParameter,
     {kUnsupported, StatusCode::kUnimplemented,
      "This server does not support the parameter $p yet."}},
    {ApiErrorCode::kOverloaded,
     {kThrottled, StatusCode::kResourceExhausted,
      "The server has more requests waiting than it may hold. Repeat the request later."}},
    {ApiErrorCode::kDiskReserve,
     {kThrottled, StatusCode::kResourceExhausted,
      "The server's disk is nearly full: no more than the reserve of $v bytes is free, which is "
      "kept for receiving and deleting. Repeat the request when there is room again."}},
    {ApiErrorCode::kMemoryFull,
     {kThrottled, StatusCode::kResourceExhausted,
      "The server's memory is full: queues and messages may take $v bytes. Repeat the request when "
      "messages have been deleted."}},
    {ApiErrorCode::kInternalFailure,
     {kFailure, StatusCode::kInternal,
      "The request failed inside the server. Whether it took effect is unknown."}},
    {ApiErrorCode::kStarting,
     {kUnavailable, StatusCode::kUnavailable,
      "The server is starting: it is still reading its journal. Repeat the request later."}},
    {ApiErrorCode::kShuttingDown,
     {kUnavailable, StatusCode::kUnavailable, "The server is shutting down."}},
};

// At most so many bytes of well-formed UTF-8, cut between two characters.
absl::string_view BeginningOf(absl::string_view utf8, size_t bytes_max) {
  if (utf8.size() <= bytes_max) return utf8;
  const auto continues_character = [&utf8](size_t place) {
    return (static_cast<unsigned char>(utf8[place]) & 0xC0) == 0x80;
  };
  while (bytes_max > 0 && continues_character(bytes_max)) --bytes_max;
  return utf8.substr(0, bytes_max);
}

}  // namespace

const ErrorForm& FormOf(ApiErrorCode code) {
  for (const Row& row : kRows) {
    if (row.error == code) return row.form;
  }
  TWINQ_CHECK(false);  // Every code has a row; error_table_test.cc checks it.
}

std::vector<absl::string_view> ErrorNamesByCode() {
  std::vector<absl::string_view> names;
  for (const Row& row : kRows) {
    const auto code = static_cast<size_t>(row.error);
    if (names.size() <= code) names.resize(code + 1);
    names[code] = row.form.name.json;
  }
  return names;
}

std::string ErrorText(const ApiError& error, size_t value_bytes_max) {
  return absl::StrReplaceAll(FormOf(error.code).text,
                             {{"$p", BeginningOf(error.parameter, value_bytes_max)},
                              {"$v", BeginningOf(error.value, value_bytes_max)}});
}

}  // namespace twinq::api
