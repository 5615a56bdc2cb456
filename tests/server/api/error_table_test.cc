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

// What no script of API calls shows (tests/scenarios/api), or only for entries of batches, where
// there is no status.
constexpr FormCase kForms[] = {
    {ApiErrorCode::kBatchEntryTooLong, StatusCode::kInvalidArgument, kInvalidValue,
     "One or more parameters cannot be validated. Reason: Message must be shorter than V bytes."},
    {ApiErrorCode::kBatchReceiptHandleExpired, StatusCode::kInvalidArgument,
     "ReceiptHandleIsInvalid", "The receipt handle has expired"},
    {ApiErrorCode::kBatchNotForThisQueueType, StatusCode::kInvalidArgument, kInvalidValue,
     "The request include parameter that is not valid for this queue type"},
    {ApiErrorCode::kTooManyInFlight, StatusCode::kResourceExhausted, "OverLimit",
     "Too many messages have been received without being deleted. Please delete your received "
     "messages or let them timeout before receiving more."},
    {ApiErrorCode::kMalformedRequest, StatusCode::kInvalidArgument, "SerializationException",
     "The request is malformed: V"},
    {ApiErrorCode::kOverloaded, StatusCode::kResourceExhausted, "RequestThrottled",
     "The server has more requests waiting than it may hold. Repeat the request later."},
    {ApiErrorCode::kDiskReserve, StatusCode::kResourceExhausted, "RequestThrottled",
     "The server's disk is nearly full: no more than the reserve of V bytes is free, which is kept "
     "for receiving and deleting. Repeat the request when there is room again."},
    {ApiErrorCode::kMemoryFull, StatusCode::kResourceExhausted, "RequestThrottled",
     "The server's memory is full: queues and messages may take V bytes. Repeat the request when "
     "messages have been deleted."},
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
    {"QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently"},
    {"UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation"},
};

std::string QueryNameOf(absl::string_view json) {
  for (const QueryNameCase& other : kQueryNames) {
    if (json == other.json) return other.query;
  }
  return std::string(json);
}

TEST(ErrorNameTest, EveryErrorHasTheNamesOfBothProtocols) {
  // kShuttingDown is the last of the enum.
  for (int i = 0; i <= static_cast<int>(ApiErrorCode::kShuttingDown); ++i) {
    const ErrorName& name = FormOf(static_cast<ApiErrorCode>(i)).name;
    EXPECT_EQ(name.query, QueryNameOf(name.json));
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
