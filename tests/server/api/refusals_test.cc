// Which requests are refused, and with which words: a table per action, from SQS semantics 2.0
// to 2.13.

#include "tests/server/api/refusals.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace twinq::api {
namespace {

constexpr char kBadName[] =
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
constexpr char kBadFifoName[] =
    "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, "
    "must end with .fifo suffix and be 1 to 80 in length";

class CreateQueueRefusalTest : public RefusalTest {};

TEST_P(CreateQueueRefusalTest, HasItsNameAndText) { ExpectRefusal("CreateQueue"); }

INSTANTIATE_TEST_SUITE_P(
    Names, CreateQueueRefusalTest,
    ::testing::Values(
        RefusalCase{"Absent", "", kMissing, Missing("QueueName")},
        RefusalCase{"Empty", Queue(""), kMissing, Missing("QueueName")},
        RefusalCase{"Space", Queue("a b"), kInvalidValue, kBadName},
        RefusalCase{"Dot", Queue("a.b"), kInvalidValue, kBadName},
        RefusalCase{"NotAscii", Queue("\xC3\xA4"), kInvalidValue, kBadName},
        RefusalCase{"Characters81", Queue(std::string(81, 'a')), kInvalidValue, kBadName},
        RefusalCase{"FifoNameWithoutAttribute", Queue("new.fifo"), kInvalidValue, kBadName},
        RefusalCase{"FifoNameWithFalse", Queue("new.fifo") + Attribute("FifoQueue", "false"),
                    kInvalidValue, kBadName},
        RefusalCase{"FifoWithoutSuffix", Queue("new") + Attribute("FifoQueue", "true"),
                    kInvalidValue, kBadFifoName},
        RefusalCase{"FifoSuffixOfOtherCase", Queue("new.FIFO") + Attribute("FifoQueue", "true"),
                    kInvalidValue, kBadFifoName},
        RefusalCase{"FifoSuffixAlone", Queue(".fifo") + Attribute("FifoQueue", "true"),
                    kInvalidValue, kBadFifoName},
        RefusalCase{"FifoCharacters81",
                    Queue(std::string(76, 'a') + ".fifo") + Attribute("FifoQueue", "true"),
                    kInvalidValue, kBadFifoName}),
    CaseName);

class GetQueueUrlRefusalTest : public RefusalTest {};

TEST_P(GetQueueUrlRefusalTest, HasItsNameAndText) { ExpectRefusal("GetQueueUrl"); }

INSTANTIATE_TEST_SUITE_P(
    Names, GetQueueUrlRefusalTest,
    ::testing::Values(RefusalCase{"Absent", "", kMissing, Missing("QueueName")},
                      RefusalCase{"Empty", Queue(""), kMissing, Missing("QueueName")},
                      RefusalCase{"Unknown", Queue("other"), kNoQueue, kNoQueueText},
                      RefusalCase{"OfOtherCase", Queue("Jobs"), kNoQueue, kNoQueueText},
                      RefusalCase{"Url", Queue("http://host/1/jobs"), kNoQueue, kNoQueueText}),
    CaseName);

class ListQueuesRefusalTest : public RefusalTest {};

TEST_P(ListQueuesRefusalTest, HasItsNameAndText) { ExpectRefusal("ListQueues"); }

constexpr char kResultsRange[] = "Must be between 1 and 1000, if provided.";
constexpr char kNoToken[] = "It is no token of a page before.";

INSTANTIATE_TEST_SUITE_P(
    Pages, ListQueuesRefusalTest,
    ::testing::Values(RefusalCase{"None", "max_results: 0", kInvalidValue,
                                  InvalidValue("0", "MaxResults", kResultsRange)},
                      RefusalCase{"Negative", "max_results: -1", kInvalidValue,
                                  InvalidValue("-1", "MaxResults", kResultsRange)},
                      RefusalCase{"AboveMax", "max_results: 1001", kInvalidValue,
                                  InvalidValue("1001", "MaxResults", kResultsRange)},
                      RefusalCase{"TokenNotBase64", "next_token: \"a token!\"", kInvalidValue,
                                  InvalidValue("a token!", "NextToken", kNoToken)},
                      // "a b" in base64.
                      RefusalCase{"TokenOfNoName", "next_token: \"YSBi\"", kInvalidValue,
                                  InvalidValue("YSBi", "NextToken", kNoToken)}),
    CaseName);

// All actions on an existing queue.
class QueueUrlRefusalTest : public RefusalTest {};

TEST_P(QueueUrlRefusalTest, IsTheSameForEveryAction) {
  for (const char* action : {"DeleteQueue", "PurgeQueue", "ReceiveMessage", "SendMessageBatch",
                             "DeleteMessageBatch", "ChangeMessageVisibilityBatch"}) {
    ExpectRefusal(action);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Urls, QueueUrlRefusalTest,
    ::testing::Values(RefusalCase{"Absent", "", kMissing, Missing("QueueUrl")},
                      RefusalCase{"Empty", Url(""), kMissing, Missing("QueueUrl")},
                      RefusalCase{"UnknownName", Url("other"), kNoQueue, kNoQueueText},
                      RefusalCase{"UnknownUrl", Url("http://host/1/other"), kNoQueue, kNoQueueText},
                      RefusalCase{"NoName", Url("http://host/1//"), kNoQueue, kNoQueueText},
                      RefusalCase{"OfOtherCase", Url("JOBS"), kNoQueue, kNoQueueText},
                      RefusalCase{"WithoutFifoSuffix", Url("orders"), kNoQueue, kNoQueueText}),
    CaseName);

class SendMessageRefusalTest : public RefusalTest {};

TEST_P(SendMessageRefusalTest, HasItsNameAndText) { ExpectRefusal("SendMessage"); }

const std::string kJobs = Url("jobs") + Body("a");
const std::string kOrders = Url("orders.fifo") + Body("a");

constexpr char kTooLong[] =
    "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.";
std::string Repeated(const std::string& text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, SendMessageRefusalTest,
    ::testing::Values(RefusalCase{"NoQueue", Body("a"), kMissing, Missing("QueueUrl")},
                      RefusalCase{"UnknownQueue", Url("other") + Body("a"), kNoQueue, kNoQueueText},
                      RefusalCase{"Absent", Url("jobs"), kMissing, Missing("MessageBody")},
                      RefusalCase{"Empty", Url("jobs") + Body(""), kMissing,
                                  Missing("MessageBody")},
                      RefusalCase{"TooLong", Url("jobs") + Body(std::string(1'048'577, 'a')),
                                  kInvalidValue, kTooLong},
                      RefusalCase{"LongerThanTheQueuesLimit",
                                  Url("small") + Body(std::string(1'025, 'a')), kInvalidValue,
                                  "One or more parameters are invalid. Reason: Message must be "
                                  "shorter than 1024 bytes."},
                      RefusalCase{"LongerThanAnyLimit",
                                  Url("small") + Body(std::string(1'048'577, 'a')), kInvalidValue,
                                  "One or more parameters are invalid. Reason: Message must be "
                                  "shorter than 1024 bytes."},
                      // 342 characters of three bytes.
                      RefusalCase{"BytesCountNotCharacters",
                                  Url("small") + Body(Repeated("\xE2\x82\xAC", 342)), kInvalidValue,
                                  "One or more parameters are invalid. Reason: Message must be "
                                  "shorter than 1024 bytes."},
                      RefusalCase{"ControlCharacter", Url("jobs") + Body("\\x01"),
                                  "InvalidMessageContents", kBadContents},
                      RefusalCase{"NoCharacter", Url("jobs") + Body("\xEF\xBF\xBF"),
                                  "InvalidMessageContents", kBadContents}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Ids, SendMessageRefusalTest,
    ::testing::Values(
        RefusalCase{"NoGroupOnFifo", kOrders + Dedup("d"), kMissing, Missing("MessageGroupId")},
        RefusalCase{"NoDedupIdOnFifo", kOrders + Group("g"), kInvalidValue, kNoDedup},
        RefusalCase{"EmptyGroup", kOrders + Group("") + Dedup("d"), kInvalidValue,
                    BadId("", "MessageGroupId")},
        RefusalCase{"GroupWithSpace", kOrders + Group("a b") + Dedup("d"), kInvalidValue,
                    BadId("a b", "MessageGroupId")},
        RefusalCase{"GroupNotAscii", kOrders + Group("\xC3\xA4") + Dedup("d"), kInvalidValue,
                    BadId("\xC3\xA4", "MessageGroupId")},
        RefusalCase{"Group129", kOrders + Group(std::string(129, 'g')) + Dedup("d"), kInvalidValue,
                    BadId(std::string(129, 'g'), "MessageGroupId")},
        RefusalCase{"EmptyDedupId", kOrders + Group("g") + Dedup(""), kInvalidValue,
                    BadId("", "MessageDeduplicationId")},
        RefusalCase{"DedupIdWithTab", kOrders + Group("g") + Dedup("a\\tb"), kInvalidValue,
                    BadId("a\tb", "MessageDeduplicationId")},
        RefusalCase{"DedupId129", kOrders + Group("g") + Dedup(std::string(129, 'd')),
                    kInvalidValue, BadId(std::string(129, 'd'), "MessageDeduplicationId")},
        RefusalCase{"GroupOfPlaceholders", kJobs + Group("$p $v"), kInvalidValue,
                    BadId("$p $v", "MessageGroupId")},
        RefusalCase{"EmptyGroupOnStandard", kJobs + Group(""), kInvalidValue,
                    BadId("", "MessageGroupId")},
        RefusalCase{"DedupIdOnStandard", kJobs + Dedup("d"), kInvalidValue,
                    InvalidValue("d", "MessageDeduplicationId", kNotForType)}),
    CaseName);

INSTANTIATE_TEST_SUITE_P(
    Delays, SendMessageRefusalTest,
    ::testing::Values(RefusalCase{"Negative", kJobs + Delay(-1), kInvalidValue,
                                  InvalidValue("-1", "DelaySeconds", kDelayRange)},
                      RefusalCase{"AboveMax", kJobs + Delay(901), kInvalidValue,
                                  InvalidValue("901", "DelaySeconds", kDelayRange)},
                      RefusalCase{"OnFifo", kOrders + Group("g") + Dedup("d") + Delay(2),
                                  kInvalidValue, InvalidValue("2", "DelaySeconds", kNotForType)},
                      RefusalCase{"AboveMaxOnFifo", kOrders + Group("g") + Dedup("d") + Delay(901),
                                  kInvalidValue, InvalidValue("901", "DelaySeconds", kNotForType)},
                      RefusalCase{"NegativeOnFifo", kOrders + Group("g") + Dedup("d") + Delay(-1),
                                  kInvalidValue, InvalidValue("-1", "DelaySeconds", kDelayRange)}),
    CaseName);

std::string MessageAttribute(const std::string& name, const std::string& value) {
  return absl::StrCat(kJobs, "message_attributes { key: '", name, "' value { ", value, " } }");
}
std::string SystemAttribute(const std::string& name, const std::string& value) {
  return absl::StrCat(kJobs, "message_system_attributes { key: '", name, "' value { ", value,
                      " } }");
}
RefusalCase BadAttribute(const char* name, const std::string& value, const std::string& text) {
  return {name, MessageAttribute("a", value), kInvalidValue, text};
}
RefusalCase BadName(const char* name, const std::string& attribute) {
  return {name, MessageAttribute(attribute, "data_type: 'String' string_value: 'x'"), kInvalidValue,
          absl::StrCat("Message (user) attribute name '", attribute,
                       "' is invalid. A name has 1 to 256 letters, digits, underscores, hyphens "
                       "and periods; it neither begins nor ends with a period, has no two in a "
                       "row, and does not begin with AWS. or Amazon.")};
}
RefusalCase BadSystemAttribute(const char* name, const std::string& attribute,
                               const std::string& value) {
  return {name, SystemAttribute(attribute, value), kInvalidValue,
          absl::StrCat("Message system attribute '", attribute,
                       "' is invalid. The only one that can be sent is AWSTraceHeader, a String "
                       "of 1 to 4096 bytes.")};
}

constexpr char kBadType[] =
    "The type of message (user) attribute 'a' is invalid. You must use only the following "
    "supported type prefixes: Binary, Number, String.";
constexpr char kNoType[] =
    "The message attribute 'a' must contain non-empty message attribute type.";
constexpr char kNoString[] =
    "Message (user) attribute 'a' must contain a non-empty value of type 'String'.";
constexpr char kNoBytes[] =
    "Message (user) attribute 'a' must contain a non-empty value of type 'Binary'.";
constexpr char kTwoValues[] =
    "Message (user) attribute 'a' must contain one value: a StringValue if its type is String or "
    "Number, a BinaryValue if it is Binary.";
constexpr char kList[] =
    "Message (user) attribute 'a' has a list of values, which is not supported.";
constexpr char kNoNumber[] = "Can't cast the value of message (user) attribute 'a' to a number.";

INSTANTIATE_TEST_SUITE_P(
    Attributes, SendMessageRefusalTest,
    ::testing::Values(
        BadAttribute("NoType", "string_value: 'x'", kNoType),
        BadAttribute("EmptyType", "data_type: '' string_value: 'x'", kNoType),
        BadAttribute("UnknownType", "data_type: 'Bool' string_value: 'x'", kBadType),
        BadAttribute("TypeInLowerCase", "data_type: 'string' string_value: 'x'", kBadType),
        BadAttribute("TypeWithoutPoint", "data_type: 'Stringy' string_value: 'x'", kBadType),
        BadAttribute("TypeTooLong", "data_type: 'String." + std::string(250, 'x') + "'", kBadType),
        BadAttribute("NoValue", "data_type: 'String'", kNoString),
        BadAttribute("EmptyValue", "data_type: 'String.x' string_value: ''", kNoString),
        BadAttribute("BytesForString", "data_type: 'String' binary_value: 'x'", kNoString),
        BadAttribute("StringForBytes", "data_type: 'Binary' string_value: 'x'", kNoBytes),
        BadAttribute("TwoValues", "data_type: 'String' string_value: 'x' binary_value: 'x'",
                     kTwoValues),
        BadAttribute("List", "data_type: 'String' string_value: 'x' string_list_values: 'x'",
                     kList),
        BadAttribute("Characters", "data_type: 'String' string_value: '\\001'", kBadContents),
        BadAttribute("NoNumber", "data_type: 'Number' string_value: '1x'", kNoNumber),
        BadAttribute("NoDigits", "data_type: 'Number.int' string_value: '-.'", kNoNumber),
        BadAttribute("NoExponent", "data_type: 'Number' string_value: '1e'", kNoNumber)),
    CaseName);

INSTANTIATE_TEST_SUITE_P(AttributeNames, SendMessageRefusalTest,
                         ::testing::Values(BadName("Empty", ""), BadName("Space", "a b"),
                                           BadName("Slash", "a/b"), BadName("FirstPeriod", ".a"),
                                           BadName("LastPeriod", "a."),
                                           BadName("TwoPeriods", "a..b"), BadName("Aws", "aws.a"),
                                           BadName("Amazon", "AMAZON.a"),
                                           BadName("TooLong", std::string(257, 'a'))),
                         CaseName);

INSTANTIATE_TEST_SUITE_P(
    SystemAttributes, SendMessageRefusalTest,
    ::testing::Values(
        BadSystemAttribute("OtherName", "SenderId", "data_type: 'String' string_value: 'x'"),
        BadSystemAttribute("OtherType", "AWSTraceHeader", "data_type: 'Number' string_value: '1'"),
        BadSystemAttribute("NoValue", "AWSTraceHeader", "data_type: 'String'"),
        BadSystemAttribute("TooLong", "AWSTraceHeader",
                           "data_type: 'String' string_value: '" + std::string(4'097, 'x') + "'")),
    CaseName);

class ReceiveMessageRefusalTest : public RefusalTest {};

TEST_P(ReceiveMessageRefusalTest, HasItsNameAndText) { ExpectRefusal("ReceiveMessage"); }

RefusalCase OutOfRange(const char* name, const char* field, const char* value,
                       const char* parameter, const char* reason) {
  return {name, absl::StrCat(Url("jobs"), field, ": ", value), kInvalidValue,
          InvalidValue(value, parameter, reason)};
}

constexpr char kMaxRange[] = "Must be between 1 and 10, if provided.";
constexpr char kWaitRange[] = "Must be >= 0 and <= 20, if provided.";

INSTANTIATE_TEST_SUITE_P(
    Ranges, ReceiveMessageRefusalTest,
    ::testing::Values(
        OutOfRange("NoMessages", "max_number_of_messages", "0", "MaxNumberOfMessages", kMaxRange),
        OutOfRange("Messages11", "max_number_of_messages", "11", "MaxNumberOfMessages", kMaxRange),
        OutOfRange("MessagesNegative", "max_number_of_messages", "-1", "MaxNumberOfMessages",
                   kMaxRange),
        OutOfRange("WaitNegative", "wait_time_seconds", "-1", "WaitTimeSeconds", kWaitRange),
        OutOfRange("Wait21", "wait_time_seconds", "21", "WaitTimeSeconds", kWaitRange),
        OutOfRange("VisibilityNegative", "visibility_timeout", "-1", "VisibilityTimeout",
                   kVisibilityRange),
        OutOfRange("VisibilityAboveMax", "visibility_timeout", "43201", "VisibilityTimeout",
                   kVisibilityRange),
        RefusalCase{"AttemptIdOnFifo",
                    Url("orders.fifo") + "receive_request_attempt_id: \"attempt\"", kUnsupported,
                    Unsupported("ReceiveRequestAttemptId")}),
    CaseName);

class DeleteMessageRefusalTest : public RefusalTest {};

TEST_P(DeleteMessageRefusalTest, HasItsNameAndText) { ExpectRefusal("DeleteMessage"); }

INSTANTIATE_TEST_SUITE_P(
    Handles, DeleteMessageRefusalTest,
    ::testing::Values(
        RefusalCase{"NoQueue", Handle("JOBS_HANDLE"), kMissing, Missing("QueueUrl")},
        RefusalCase{"UnknownQueue", Url("other") + Handle("JOBS_HANDLE"), kNoQueue, kNoQueueText},
        RefusalCase{"Absent", Url("jobs"), kMissing, Missing("ReceiptHandle")},
        RefusalCase{"Empty", Url("jobs") + Handle(""), kMissing, Missing("ReceiptHandle")},
        RefusalCase{"Garbage", Url("jobs") + Handle("garbage"), kBadHandle, NoHandle("garbage")},
        RefusalCase{"LongerByOne", Url("jobs") + Handle("JOBS_HANDLEA"), kBadHandle,
                    NoHandle("JOBS_HANDLEA")},
        RefusalCase{"OfAFifoQueue", Url("jobs") + Handle("ORDERS_HANDLE"), kBadHandle,
                    HandleOfOther("ORDERS_HANDLE")},
        RefusalCase{"OfAStandardQueue", Url("orders.fifo") + Handle("JOBS_HANDLE"), kBadHandle,
                    HandleOfOther("JOBS_HANDLE")}),
    CaseName);

class ChangeVisibilityRefusalTest : public RefusalTest {};

TEST_P(ChangeVisibilityRefusalTest, HasItsNameAndText) { ExpectRefusal("ChangeMessageVisibility"); }

INSTANTIATE_TEST_SUITE_P(
    Requests, ChangeVisibilityRefusalTest,
    ::testing::Values(
        RefusalCase{"NoQueue", Handle("JOBS_HANDLE") + Timeout(1), kMissing, Missing("QueueUrl")},
        RefusalCase{"UnknownQueue", Url("other") + Handle("JOBS_HANDLE") + Timeout(1), kNoQueue,
                    kNoQueueText},
        RefusalCase{"NoHandle", Url("jobs") + Timeout(1), kMissing, Missing("ReceiptHandle")},
        RefusalCase{"EmptyHandle", Url("jobs") + Handle("") + Timeout(1), kMissing,
                    Missing("ReceiptHandle")},
        RefusalCase{"NoTimeout", Url("jobs") + Handle("JOBS_HANDLE"), kMissing,
                    Missing("VisibilityTimeout")},
        RefusalCase{"Negative", Url("jobs") + Handle("JOBS_HANDLE") + Timeout(-1), kInvalidValue,
                    InvalidValue("-1", "VisibilityTimeout", kVisibilityRange)},
        RefusalCase{"AboveMax", Url("jobs") + Handle("JOBS_HANDLE") + Timeout(43'201),
                    kInvalidValue, InvalidValue("43201", "VisibilityTimeout", kVisibilityRange)},
        RefusalCase{"Garbage", Url("jobs") + Handle("garbage") + Timeout(1), kBadHandle,
                    NoHandle("garbage")},
        RefusalCase{"OfOtherQueue", Url("jobs") + Handle("ORDERS_HANDLE") + Timeout(1), kBadHandle,
                    HandleOfOther("ORDERS_HANDLE")},
        // The whole budget of 12 hours is refused right after the receive.
        RefusalCase{"WholeBudget", Url("jobs") + Handle("JOBS_HANDLE") + Timeout(43'200),
                    kInvalidValue,
                    InvalidValue("43200", "VisibilityTimeout",
                                 "Total VisibilityTimeout for the message is beyond the limit "
                                 "[43200 seconds]")}),
    CaseName);

class OrderOfChecksTest : public OrderTest {};

TEST_P(OrderOfChecksTest, NamesTheFirstFault) { ExpectFirst(); }

INSTANTIATE_TEST_SUITE_P(
    Actions, OrderOfChecksTest,
    ::testing::Values(
        OrderCase{"RequiredBeforeQueueInSend", "SendMessage", Url("other"),
                  ApiErrorCode::kMissingParameter},
        OrderCase{"RequiredBeforeQueueInDelete", "DeleteMessage", Url("other"),
                  ApiErrorCode::kMissingParameter},
        OrderCase{"RequiredBeforeQueueInChange", "ChangeMessageVisibility",
                  Url("other") + Handle("garbage"), ApiErrorCode::kMissingParameter},
        OrderCase{"QueueBeforeQueueType", "SendMessage", Url("other") + Body("a") + Dedup("d"),
                  ApiErrorCode::kQueueDoesNotExist},
        OrderCase{"QueueBeforeRanges", "ReceiveMessage",
                  Url("other") + "max_number_of_messages: 11", ApiErrorCode::kQueueDoesNotExist},
        OrderCase{"QueueBeforeHandle", "DeleteMessage", Url("other") + Handle("garbage"),
                  ApiErrorCode::kQueueDoesNotExist},
        OrderCase{"QueueBeforeTimeout", "ChangeMessageVisibility",
                  Url("other") + Handle("garbage") + Timeout(-1), ApiErrorCode::kQueueDoesNotExist},
        OrderCase{"QueueTypeBeforeSyntax", "SendMessage", kJobs + Group("a b") + Dedup("d"),
                  ApiErrorCode::kNotForThisQueueType},
        OrderCase{"GroupBeforeDedupId", "SendMessage", kOrders, ApiErrorCode::kMissingParameter},
        OrderCase{"QueueTypeBeforeContent", "SendMessage",
                  Url("orders.fifo") + Body("\\x01") + Group("g"), ApiErrorCode::kMissingDedupId},
        OrderCase{"GroupBeforeDelay", "SendMessage", kOrders + Dedup("d") + Delay(1),
                  ApiErrorCode::kMissingParameter},
        OrderCase{"DedupIdBeforeSyntax", "SendMessage", kOrders + Group("a b"),
                  ApiErrorCode::kMissingDedupId},
        OrderCase{"DedupIdBeforeDelay", "SendMessage", kOrders + Group("g") + Delay(1),
                  ApiErrorCode::kMissingDedupId},
        OrderCase{"DedupIdBeforeSize", "SendMessage",
                  Url("orders.fifo") + Body(std::string(1'048'577, 'a')) + Group("g"),
                  ApiErrorCode::kMissingDedupId},
        OrderCase{"QueueTypeBeforeDelayRange", "SendMessage", kJobs + Dedup("d") + Delay(901),
                  ApiErrorCode::kNotForThisQueueType},
        OrderCase{"SyntaxBeforeDelayRange", "SendMessage", kJobs + Group("a b") + Delay(901),
                  ApiErrorCode::kInvalidGroupOrDedupId},
        OrderCase{"DelayBeforeSize", "SendMessage",
                  Url("small") + Body(std::string(1'025, 'a')) + Delay(901),
                  ApiErrorCode::kDelayOutOfRange},
        OrderCase{"DelayBeforeContent", "SendMessage", Url("jobs") + Body("\\x01") + Delay(-1),
                  ApiErrorCode::kDelayOutOfRange},
        OrderCase{"SizeOfTheQueueBeforeContent", "SendMessage",
                  Url("small") + Body("\\x01" + std::string(1'024, 'a')),
                  ApiErrorCode::kMessageTooLong},
        OrderCase{"SyntaxBeforeContent", "SendMessage", Url("jobs") + Body("\\x01") + Group("a b"),
                  ApiErrorCode::kInvalidGroupOrDedupId},
        OrderCase{"SizeBeforeContent", "SendMessage",
                  Url("jobs") + Body("\\x01" + std::string(1'048'576, 'a')),
                  ApiErrorCode::kMessageTooLong},
        OrderCase{"RequiredBeforeQueueInSet", "SetQueueAttributes", Url("other"),
                  ApiErrorCode::kMissingParameter},
        OrderCase{"QueueBeforeAttributesInSet", "SetQueueAttributes",
                  Url("other") + Attribute("Foo", "1"), ApiErrorCode::kQueueDoesNotExist},
        OrderCase{"NameBeforeAttributes", "CreateQueue", Queue("a b") + Attribute("Foo", "1"),
                  ApiErrorCode::kInvalidQueueName},
        OrderCase{"AttributesBeforeExistence", "CreateQueue",
                  Queue("jobs") + Attribute("VisibilityTimeout", "-1"),
                  ApiErrorCode::kInvalidAttributeValue}),
    OrderCaseName);

}  // namespace
}  // namespace twinq::api
