#include "server/api/error_table.h"

#include <cstdint>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "core/model/api_error.h"

namespace twinq::api {
namespace {

using absl::StatusCode;

constexpr size_t kValueBytesMax = 1'024;
constexpr absl::string_view kInvalidValue = "InvalidParameterValueException";

struct FormCase {
  ApiErrorCode code;
  StatusCode status;
  absl::string_view name;
  absl::string_view text;  // With the parameter P and the value V.
};

// Every code, in the order of the enum. What is not the service's own text is marked.
constexpr FormCase kForms[] = {
    {ApiErrorCode::kMissingParameter, StatusCode::kInvalidArgument,
     "MissingRequiredParameterException", "The request must contain the parameter P."},
    {ApiErrorCode::kQueueDoesNotExist, StatusCode::kNotFound, "QueueDoesNotExist",
     "The specified queue does not exist."},
    {ApiErrorCode::kQueueNameExists, StatusCode::kAlreadyExists, "QueueNameExists",
     "A queue already exists with the same name and a different value for attribute P"},
    {ApiErrorCode::kQueueDeletedRecently, StatusCode::kFailedPrecondition, "QueueDeletedRecently",
     "You must wait 60 seconds after deleting a queue before you can create another with the same "
     "name."},
    {ApiErrorCode::kInvalidQueueName, StatusCode::kInvalidArgument, kInvalidValue,
     "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"},
    {ApiErrorCode::kInvalidFifoQueueName, StatusCode::kInvalidArgument, kInvalidValue,
     "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, "
     "must end with .fifo suffix and be 1 to 80 in length"},
    {ApiErrorCode::kUnknownAttribute, StatusCode::kInvalidArgument, "InvalidAttributeName",
     "Unknown Attribute P."},
    {ApiErrorCode::kFifoAttributeOnly, StatusCode::kInvalidArgument, "InvalidAttributeName",
     "You can specify the P only when FifoQueue is set to true."},
    {ApiErrorCode::kInvalidAttributeValue, StatusCode::kInvalidArgument, "InvalidAttributeValue",
     "Invalid value for the parameter P."},
    {ApiErrorCode::kQueueTypeIsFixed, StatusCode::kInvalidArgument, "InvalidAttributeValue",
     "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported."},
    {ApiErrorCode::kTwoEncryptions, StatusCode::kInvalidArgument, "InvalidAttributeName",
     "You can use one type of server-side encryption (SSE) at one time. You can either enable "
     "KMS SSE or SQS SSE."},
    // Ours.
    {ApiErrorCode::kRedriveDocument, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter RedrivePolicy is invalid. Reason: It must be a JSON object of at "
     "most 8192 bytes."},
    {ApiErrorCode::kRedriveWithout, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain "
     "mandatory attribute: P."},
    {ApiErrorCode::kRedriveCountOutOfRange, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter RedrivePolicy is invalid. Reason: Invalid value for "
     "maxReceiveCount: P, valid values are from 1 to 1000 both inclusive."},
    {ApiErrorCode::kRedriveTargetMissing, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist."},
    {ApiErrorCode::kRedriveTargetOfOtherType, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same "
     "type of queue as the source."},
    // Ours.
    {ApiErrorCode::kRedriveToItself, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter RedrivePolicy is invalid. Reason: A queue cannot be its own "
     "dead-letter queue."},
    // Ours.
    {ApiErrorCode::kRedriveAllowDocument, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter RedriveAllowPolicy is invalid. Reason: It must be a JSON object of "
     "at most 8192 bytes with redrivePermission allowAll, denyAll or byQueue, and "
     "sourceQueueArns of 1 to 10 ARNs if and only if that is byQueue."},
    {ApiErrorCode::kInvalidGroupOrDedupId, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter P is invalid. Reason: P can only include alphanumeric and punctuation "
     "characters. 1 to 128 in length."},
    {ApiErrorCode::kMissingDedupId, StatusCode::kInvalidArgument, kInvalidValue,
     "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId "
     "provided explicitly"},
    {ApiErrorCode::kNotForThisQueueType, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter P is invalid. Reason: The request include parameter that is not valid "
     "for this queue type."},
    {ApiErrorCode::kDelayOutOfRange, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= "
     "900."},
    {ApiErrorCode::kMessageTooLong, StatusCode::kInvalidArgument, kInvalidValue,
     "One or more parameters are invalid. Reason: Message must be shorter than V bytes."},
    {ApiErrorCode::kBatchEntryTooLong, StatusCode::kInvalidArgument, kInvalidValue,
     "One or more parameters cannot be validated. Reason: Message must be shorter than V bytes."},
    {ApiErrorCode::kInvalidMessageContents, StatusCode::kInvalidArgument, "InvalidMessageContents",
     "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
     "#xE000 to #xFFFD | #x10000 to #x10FFFF"},
    {ApiErrorCode::kTooManyMessageAttributes, StatusCode::kInvalidArgument, kInvalidValue,
     "Number of message attributes [V] exceeds the allowed maximum [10]."},
    // Ours.
    {ApiErrorCode::kInvalidMessageAttributeName, StatusCode::kInvalidArgument, kInvalidValue,
     "Message (user) attribute name 'V' is invalid. A name has 1 to 256 letters, digits, "
     "underscores, hyphens and periods; it neither begins nor ends with a period, has no two in a "
     "row, and does not begin with AWS. or Amazon."},
    {ApiErrorCode::kMissingMessageAttributeType, StatusCode::kInvalidArgument, kInvalidValue,
     "The message attribute 'P' must contain non-empty message attribute type."},
    {ApiErrorCode::kInvalidMessageAttributeType, StatusCode::kInvalidArgument, kInvalidValue,
     "The type of message (user) attribute 'P' is invalid. You must use only the following "
     "supported type prefixes: Binary, Number, String."},
    {ApiErrorCode::kEmptyMessageAttribute, StatusCode::kInvalidArgument, kInvalidValue,
     "Message (user) attribute 'P' must contain a non-empty value of type 'V'."},
    // Ours.
    {ApiErrorCode::kTwoMessageAttributeValues, StatusCode::kInvalidArgument, kInvalidValue,
     "Message (user) attribute 'P' must contain one value: a StringValue if its type is String "
     "or Number, a BinaryValue if it is Binary."},
    // Ours.
    {ApiErrorCode::kMessageAttributeList, StatusCode::kInvalidArgument, kInvalidValue,
     "Message (user) attribute 'P' has a list of values, which is not supported."},
    {ApiErrorCode::kMessageAttributeCharacters, StatusCode::kInvalidArgument, kInvalidValue,
     "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
     "#xE000 to #xFFFD | #x10000 to #x10FFFF"},
    {ApiErrorCode::kMessageAttributeNotNumber, StatusCode::kInvalidArgument, kInvalidValue,
     "Can't cast the value of message (user) attribute 'P' to a number."},
    // Ours.
    {ApiErrorCode::kInvalidMessageSystemAttribute, StatusCode::kInvalidArgument, kInvalidValue,
     "Message system attribute 'V' is invalid. The only one that can be sent is AWSTraceHeader, "
     "a String of 1 to 4096 bytes."},
    {ApiErrorCode::kEmptyBatch, StatusCode::kInvalidArgument, "EmptyBatchRequest",
     "There should be at least one P in the request."},
    {ApiErrorCode::kTooManyEntries, StatusCode::kInvalidArgument, "TooManyEntriesInBatchRequest",
     "Maximum number of entries per request are 10. You have sent V."},
    {ApiErrorCode::kInvalidBatchEntryId, StatusCode::kInvalidArgument, "InvalidBatchEntryId",
     "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can "
     "be at most 80 letters long."},
    {ApiErrorCode::kBatchEntryIdRepeated, StatusCode::kInvalidArgument, "BatchEntryIdsNotDistinct",
     "Id V repeated."},
    {ApiErrorCode::kBatchTooLong, StatusCode::kInvalidArgument, "BatchRequestTooLong",
     "Batch requests cannot be longer than 1048576 bytes. You have sent V bytes."},
    {ApiErrorCode::kBatchEntryWithoutGroup, StatusCode::kInvalidArgument, kInvalidValue,
     "The request must contain the parameter MessageGroupId."},
    {ApiErrorCode::kBatchReceiptHandleExpired, StatusCode::kInvalidArgument,
     "ReceiptHandleIsInvalid", "The receipt handle has expired"},
    {ApiErrorCode::kBatchNotForThisQueueType, StatusCode::kInvalidArgument, kInvalidValue,
     "The request include parameter that is not valid for this queue type"},
    {ApiErrorCode::kPurgeInProgress, StatusCode::kFailedPrecondition, "PurgeQueueInProgress",
     "Only one PurgeQueue operation on V is allowed every 60 seconds."},
    {ApiErrorCode::kTooManyTags, StatusCode::kInvalidArgument, kInvalidValue,
     "Too many tags added for queue V."},
    {ApiErrorCode::kTagKeyLength, StatusCode::kInvalidArgument, kInvalidValue,
     "Tag keys must be between 1 and 128 characters in length."},
    {ApiErrorCode::kTagValueLength, StatusCode::kInvalidArgument, kInvalidValue,
     "Tag values must be between 0 and 256 characters in length."},              // Ours.
    {ApiErrorCode::kTagCharacters, StatusCode::kInvalidArgument, kInvalidValue,  // Ours.
     "The tag P 'V' is invalid. It can only include letters, digits, spaces and _ . : / = + - @."},
    {ApiErrorCode::kReservedTagKey, StatusCode::kInvalidArgument, kInvalidValue,  // Ours.
     "The tag key 'V' is invalid. Keys that begin with aws: are reserved."},
    {ApiErrorCode::kTooManyInFlight, StatusCode::kResourceExhausted, "OverLimit",
     "Too many messages have been received without being deleted. Please delete your received "
     "messages or let them timeout before receiving more."},
    {ApiErrorCode::kMaxMessagesOutOfRange, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if "
     "provided."},
    {ApiErrorCode::kWaitTimeOutOfRange, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if "
     "provided."},
    {ApiErrorCode::kVisibilityTimeoutOutOfRange, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if "
     "provided."},
    {ApiErrorCode::kMaxResultsOutOfRange, StatusCode::kInvalidArgument, kInvalidValue,  // Ours.
     "Value V for parameter MaxResults is invalid. Reason: Must be between 1 and 1000, if "
     "provided."},
    {ApiErrorCode::kInvalidNextToken, StatusCode::kInvalidArgument, kInvalidValue,  // Ours.
     "Value V for parameter NextToken is invalid. Reason: It is no token of a page before."},
    {ApiErrorCode::kReceiptHandleMalformed, StatusCode::kInvalidArgument, "ReceiptHandleIsInvalid",
     "The input receipt handle \"V\" is not a valid receipt handle."},
    {ApiErrorCode::kReceiptHandleOfOtherQueue, StatusCode::kInvalidArgument,
     "ReceiptHandleIsInvalid", "The receipt handle \"V\" is not valid for this queue."},
    {ApiErrorCode::kReceiptHandleExpired, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."},
    {ApiErrorCode::kVisibilityTotalTooLong, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the "
     "message is beyond the limit [43200 seconds]"},
    {ApiErrorCode::kMessageNotAvailable, StatusCode::kInvalidArgument, kInvalidValue,
     "Value V for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not "
     "available for visibility timeout change."},
    // Ours from here on.
    {ApiErrorCode::kMalformedRequest, StatusCode::kInvalidArgument, "SerializationException",
     "The request is malformed: V"},
    {ApiErrorCode::kUnsupportedParameter, StatusCode::kUnimplemented, "UnsupportedOperation",
     "This server does not support the parameter P yet."},
    {ApiErrorCode::kOverloaded, StatusCode::kResourceExhausted, "RequestThrottled",
     "The server has more requests waiting than it may hold. Repeat the request later."},
    {ApiErrorCode::kDiskReserve, StatusCode::kResourceExhausted, "RequestThrottled",
     "The server's disk is nearly full: no more than the reserve of V bytes is free, which is kept "
     "for receiving and deleting. Repeat the request when there is room again."},
    {ApiErrorCode::kInternalFailure, StatusCode::kInternal, "InternalFailure",
     "The request failed inside the server. Whether it took effect is unknown."},
    {ApiErrorCode::kStarting, StatusCode::kUnavailable, "ServiceUnavailable",
     "The server is starting: it is still reading its journal. Repeat the request later."},
    {ApiErrorCode::kShuttingDown, StatusCode::kUnavailable, "ServiceUnavailable",
     "The server is shutting down."},
};

class ErrorFormTest : public ::testing::TestWithParam<FormCase> {};

TEST_P(ErrorFormTest, HasNameStatusAndText) {
  const FormCase& expected = GetParam();
  const ApiError error{.code = expected.code, .parameter = "P", .value = "V"};

  EXPECT_EQ(FormOf(expected.code).name.json, expected.name);
  EXPECT_EQ(FormOf(expected.code).code, expected.status);
  EXPECT_EQ(ErrorText(error, kValueBytesMax), expected.text);
}

INSTANTIATE_TEST_SUITE_P(Codes, ErrorFormTest, ::testing::ValuesIn(kForms), [](const auto& test) {
  return std::string(ApiErrorCodeName(test.param.code));
});

// kShuttingDown is the last of the enum; a code behind it makes this list, and so the table, too
// short.
TEST(ErrorTableTest, ThisTestKnowsEveryCode) {
  ASSERT_EQ(std::size(kForms), static_cast<size_t>(ApiErrorCode::kShuttingDown) + 1);
  for (size_t i = 0; i < std::size(kForms); ++i) {
    EXPECT_EQ(kForms[i].code, static_cast<ApiErrorCode>(i));
  }
}

struct QueryNameCase {
  const char* json;
  const char* query;
};

// Which errors the Query protocol and failed entries of batches call otherwise.
constexpr QueryNameCase kQueryNames[] = {
    {"InvalidParameterValueException", "InvalidParameterValue"},
    {"MissingRequiredParameterException", "MissingParameter"},
    {"QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"},
    {"QueueNameExists", "QueueAlreadyExists"},
    {"PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress"},
    {"EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest"},
    {"TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"},
    {"BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"},
    {"InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId"},
    {"BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong"},
    {"UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation"},
};

std::string QueryNameOf(absl::string_view json) {
  for (const QueryNameCase& other : kQueryNames) {
    if (json == other.json) return other.query;
  }
  return std::string(json);
}

TEST(ErrorNameTest, EveryErrorHasTheNamesOfBothProtocols) {
  for (const FormCase& form : kForms) {
    EXPECT_EQ(FormOf(form.code).name.query, QueryNameOf(form.name));
  }
}

TEST(ErrorTextTest, PlaceholdersInWhatAClientSentAreNotFilledIn) {
  const ApiError error{
      .code = ApiErrorCode::kInvalidGroupOrDedupId, .parameter = "$v", .value = "$p $v"};

  EXPECT_EQ(ErrorText(error, kValueBytesMax),
            "Value $p $v for parameter $v is invalid. Reason: $v can only include alphanumeric and "
            "punctuation characters. 1 to 128 in length.");
}

TEST(ErrorTextTest, AValueIsCutAtTheLimit) {
  const auto text_of = [](size_t bytes) {
    return ErrorText({.code = ApiErrorCode::kMalformedRequest, .value = std::string(bytes, 'x')},
                     100);
  };

  EXPECT_EQ(text_of(100), absl::StrCat("The request is malformed: ", std::string(100, 'x')));
  EXPECT_EQ(text_of(101), text_of(100));
}

// An attribute's name is what a client sent, too.
TEST(ErrorTextTest, AParameterIsCutAtTheLimit) {
  const ApiError error{.code = ApiErrorCode::kUnknownAttribute, .parameter = std::string(101, 'x')};

  EXPECT_EQ(ErrorText(error, 100), absl::StrCat("Unknown Attribute ", std::string(100, 'x'), "."));
}

struct CutCase {
  const char* name;
  std::string character;
};

class ErrorTextCutTest : public ::testing::TestWithParam<CutCase> {};

TEST_P(ErrorTextCutTest, FallsBetweenTwoCharacters) {
  const std::string& character = GetParam().character;
  for (size_t room = 0; room <= character.size(); ++room) {
    const ApiError error{.code = ApiErrorCode::kMalformedRequest,
                         .value = absl::StrCat("ab", character, "cd")};
    const std::string kept = room < character.size() ? "ab" : absl::StrCat("ab", character);

    EXPECT_EQ(ErrorText(error, 2 + room), absl::StrCat("The request is malformed: ", kept)) << room;
  }
}

INSTANTIATE_TEST_SUITE_P(Lengths, ErrorTextCutTest,
                         ::testing::Values(CutCase{"OneByte", "x"}, CutCase{"TwoBytes", "\xC3\xA4"},
                                           CutCase{"ThreeBytes", "\xE2\x82\xAC"},
                                           CutCase{"FourBytes", "\xF0\x9F\x98\x80"}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq::api
