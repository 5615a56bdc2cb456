#include "core/model/api_error.h"

#include "core/base/check.h"

namespace twinq {
namespace {

struct Row {
  ApiErrorCode code;
  absl::string_view name;
};
constexpr Row kRows[] = {
    {ApiErrorCode::kMissingParameter, "MissingParameter"},
    {ApiErrorCode::kQueueDoesNotExist, "QueueDoesNotExist"},
    {ApiErrorCode::kQueueNameExists, "QueueNameExists"},
    {ApiErrorCode::kQueueDeletedRecently, "QueueDeletedRecently"},
    {ApiErrorCode::kInvalidQueueName, "InvalidQueueName"},
    {ApiErrorCode::kInvalidFifoQueueName, "InvalidFifoQueueName"},
    {ApiErrorCode::kUnknownAttribute, "UnknownAttribute"},
    {ApiErrorCode::kFifoAttributeOnly, "FifoAttributeOnly"},
    {ApiErrorCode::kInvalidAttributeValue, "InvalidAttributeValue"},
    {ApiErrorCode::kQueueTypeIsFixed, "QueueTypeIsFixed"},
    {ApiErrorCode::kTwoEncryptions, "TwoEncryptions"},
    {ApiErrorCode::kRedriveDocument, "RedriveDocument"},
    {ApiErrorCode::kRedriveWithout, "RedriveWithout"},
    {ApiErrorCode::kRedriveCountOutOfRange, "RedriveCountOutOfRange"},
    {ApiErrorCode::kRedriveTargetMissing, "RedriveTargetMissing"},
    {ApiErrorCode::kRedriveTargetOfOtherType, "RedriveTargetOfOtherType"},
    {ApiErrorCode::kRedriveToItself, "RedriveToItself"},
    {ApiErrorCode::kRedriveAllowDocument, "RedriveAllowDocument"},
    {ApiErrorCode::kInvalidGroupOrDedupId, "InvalidGroupOrDedupId"},
    {ApiErrorCode::kMissingDedupId, "MissingDedupId"},
    {ApiErrorCode::kNotForThisQueueType, "NotForThisQueueType"},
    {ApiErrorCode::kDelayOutOfRange, "DelayOutOfRange"},
    {ApiErrorCode::kMessageTooLong, "MessageTooLong"},
    {ApiErrorCode::kBatchEntryTooLong, "BatchEntryTooLong"},
    {ApiErrorCode::kInvalidMessageContents, "InvalidMessageContents"},
    {ApiErrorCode::kTooManyMessageAttributes, "TooManyMessageAttributes"},
    {ApiErrorCode::kInvalidMessageAttributeName, "InvalidMessageAttributeName"},
    {ApiErrorCode::kMissingMessageAttributeType, "MissingMessageAttributeType"},
    {ApiErrorCode::kInvalidMessageAttributeType, "InvalidMessageAttributeType"},
    {ApiErrorCode::kEmptyMessageAttribute, "EmptyMessageAttribute"},
    {ApiErrorCode::kTwoMessageAttributeValues, "TwoMessageAttributeValues"},
    {ApiErrorCode::kMessageAttributeList, "MessageAttributeList"},
    {ApiErrorCode::kMessageAttributeCharacters, "MessageAttributeCharacters"},
    {ApiErrorCode::kMessageAttributeNotNumber, "MessageAttributeNotNumber"},
    {ApiErrorCode::kInvalidMessageSystemAttribute, "InvalidMessageSystemAttribute"},
    {ApiErrorCode::kEmptyBatch, "EmptyBatch"},
    {ApiErrorCode::kTooManyEntries, "TooManyEntries"},
    {ApiErrorCode::kInvalidBatchEntryId, "InvalidBatchEntryId"},
    {ApiErrorCode::kBatchEntryIdRepeated, "BatchEntryIdRepeated"},
    {ApiErrorCode::kBatchTooLong, "BatchTooLong"},
    {ApiErrorCode::kBatchEntryWithoutGroup, "BatchEntryWithoutGroup"},
    {ApiErrorCode::kBatchReceiptHandleExpired, "BatchReceiptHandleExpired"},
    {ApiErrorCode::kBatchNotForThisQueueType, "BatchNotForThisQueueType"},
    {ApiErrorCode::kPurgeInProgress, "PurgeInProgress"},
    {ApiErrorCode::kTooManyTags, "TooManyTags"},
    {ApiErrorCode::kTagKeyLength, "TagKeyLength"},
    {ApiErrorCode::kTagValueLength, "TagValueLength"},
    {ApiErrorCode::kTagCharacters, "TagCharacters"},
    {ApiErrorCode::kReservedTagKey, "ReservedTagKey"},
    {ApiErrorCode::kInvalidLabel, "InvalidLabel"},
    {ApiErrorCode::kLabelExists, "LabelExists"},
    {ApiErrorCode::kNoSuchLabel, "NoSuchLabel"},
    {ApiErrorCode::kUnknownAction, "UnknownAction"},
    {ApiErrorCode::kOwnersAction, "OwnersAction"},
    {ApiErrorCode::kInvalidPrincipals, "InvalidPrincipals"},
    {ApiErrorCode::kTooManyActions, "TooManyActions"},
    {ApiErrorCode::kPolicyTooLarge, "PolicyTooLarge"},
    {ApiErrorCode::kTooManyInFlight, "TooManyInFlight"},
    {ApiErrorCode::kMaxMessagesOutOfRange, "MaxMessagesOutOfRange"},
    {ApiErrorCode::kWaitTimeOutOfRange, "WaitTimeOutOfRange"},
    {ApiErrorCode::kVisibilityTimeoutOutOfRange, "VisibilityTimeoutOutOfRange"},
    {ApiErrorCode::kMaxResultsOutOfRange, "MaxResultsOutOfRange"},
    {ApiErrorCode::kInvalidNextToken, "InvalidNextToken"},
    {ApiErrorCode::kReceiptHandleMalformed, "ReceiptHandleMalformed"},
    {ApiErrorCode::kReceiptHandleOfOtherQueue, "ReceiptHandleOfOtherQueue"},
    {ApiErrorCode::kReceiptHandleExpired, "ReceiptHandleExpired"},
    {ApiErrorCode::kVisibilityTotalTooLong, "VisibilityTotalTooLong"},
    {ApiErrorCode::kMessageNotAvailable, "MessageNotAvailable"},
    {ApiErrorCode::kMalformedRequest, "MalformedRequest"},
    {ApiErrorCode::kUnsupportedParameter, "UnsupportedParameter"},
    {ApiErrorCode::kOverloaded, "Overloaded"},
    {ApiErrorCode::kDiskReserve, "DiskReserve"},
    {ApiErrorCode::kMemoryFull, "MemoryFull"},
    {ApiErrorCode::kInternalFailure, "InternalFailure"},
    {ApiErrorCode::kStarting, "Starting"},
    {ApiErrorCode::kShuttingDown, "ShuttingDown"},
};

}  // namespace

absl::string_view ApiErrorCodeName(ApiErrorCode code) {
  for (const Row& row : kRows) {
    if (row.code == code) return row.name;
  }
  TWINQ_CHECK(false);  // Every code has a row: error_table_test.cc goes through all of them.
}

}  // namespace twinq
