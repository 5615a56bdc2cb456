// Which requests are refused, and with which words: a table per action, from SQS semantics 2.0
// to 2.13.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"

#include "journal/volatile_journal.h"
#include "server/api/error_table.h"
#include "tests/server/api/api_server.h"

namespace twinq::api {
namespace {

struct RefusalCase {
  const char* name;
  std::string request;  // In protobuf's text form; placeholders are filled in as below.
  const char* error;    // SQS's name.
  std::string text;
};

std::string CaseName(const ::testing::TestParamInfo<RefusalCase>& test) { return test.param.name; }

constexpr char kMissing[] = "MissingRequiredParameterException";
constexpr char kInvalidValue[] = "InvalidParameterValueException";
constexpr char kNoQueue[] = "QueueDoesNotExist";
constexpr char kNoQueueText[] = "The specified queue does not exist.";
constexpr char kBadName[] =
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
constexpr char kBadFifoName[] =
    "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, "
    "must end with .fifo suffix and be 1 to 80 in length";
constexpr char kUnsupported[] = "UnsupportedOperation";

std::string Missing(const char* parameter) {
  return absl::StrCat("The request must contain the parameter ", parameter, ".");
}
std::string Unsupported(const char* parameter) {
  return absl::StrCat("This server does not support the parameter ", parameter, " yet.");
}
std::string InvalidValue(const std::string& value, const char* parameter, const char* reason) {
  return absl::StrCat("Value ", value, " for parameter ", parameter,
                      " is invalid. Reason: ", reason);
}

// What no case expects.
const ApiError kNotRefused{.code = ApiErrorCode::kInternalFailure};

// A standard queue "jobs" and a FIFO queue "orders.fifo", each with one message in flight, whose
// handles stand for JOBS_HANDLE and ORDERS_HANDLE.
class RefusalTest : public ::testing::TestWithParam<RefusalCase> {
 protected:
  RefusalTest() {
    server_.CreateQueue("jobs");
    server_.CreateQueue("orders.fifo");
    server_.Send("jobs", "a");
    server_.SendToGroup("orders.fifo", "g", "a");
    jobs_handle_ = server_.Receive("jobs")[0].receipt_handle();
    orders_handle_ = server_.Receive("orders.fifo")[0].receipt_handle();
  }

  void ExpectRefusal(const char* action) {
    const ApiError error =
        server_.CallWithText(action, FillIn(GetParam().request)).value_or(kNotRefused);

    EXPECT_EQ(FormOf(error.code).name, GetParam().error);
    EXPECT_EQ(ErrorText(error, 1'024), FillIn(GetParam().text));
  }

 private:
  std::string FillIn(const std::string& text) const {
    return absl::StrReplaceAll(text,
                               {{"JOBS_HANDLE", jobs_handle_}, {"ORDERS_HANDLE", orders_handle_}});
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
  std::string jobs_handle_;
  std::string orders_handle_;
};

std::string Attribute(const std::string& name, const std::string& value) {
  return absl::StrCat(" attributes { key: \"", name, "\" value: \"", value, "\" }");
}
std::string Queue(const std::string& name) { return absl::StrCat("queue_name: \"", name, "\""); }

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

RefusalCase BadAttribute(const char* name, const std::string& attribute, const std::string& value) {
  return {name, Queue("new") + Attribute(attribute, value), "InvalidAttributeValue",
          absl::StrCat("Invalid value for the parameter ", attribute, ".")};
}
RefusalCase UnknownAttribute(const char* name, const std::string& attribute,
                             const std::string& value) {
  return {name, Queue("new") + Attribute(attribute, value), "InvalidAttributeName",
          absl::StrCat("Unknown Attribute ", attribute, ".")};
}

INSTANTIATE_TEST_SUITE_P(
    Attributes, CreateQueueRefusalTest,
    ::testing::Values(UnknownAttribute("Unknown", "Foo", "1"),
                      UnknownAttribute("EmptyName", "", "1"),
                      UnknownAttribute("OfOtherCase", "visibilityTimeout", "1"),
                      UnknownAttribute("FifoFalseOnStandard", "FifoQueue", "false"),
                      UnknownAttribute("FifoFalseOfOtherCase", "FifoQueue", "False"),
                      UnknownAttribute("FifoOnlyOnStandard", "ContentBasedDeduplication", "true"),
                      BadAttribute("FifoNeitherTrueNorFalse", "FifoQueue", "yes"),
                      BadAttribute("FifoEmpty", "FifoQueue", ""),
                      BadAttribute("VisibilityNegative", "VisibilityTimeout", "-1"),
                      BadAttribute("VisibilityAboveMax", "VisibilityTimeout", "43201"),
                      BadAttribute("VisibilityEmpty", "VisibilityTimeout", ""),
                      BadAttribute("VisibilityNoNumber", "VisibilityTimeout", "half"),
                      BadAttribute("VisibilityFraction", "VisibilityTimeout", "1.5"),
                      BadAttribute("VisibilityWithSign", "VisibilityTimeout", "+1"),
                      BadAttribute("VisibilityWithSpace", "VisibilityTimeout", " 1"),
                      BadAttribute("VisibilityBeyond64Bits", "VisibilityTimeout",
                                   "18446744073709551617"),
                      BadAttribute("WaitNegative", "ReceiveMessageWaitTimeSeconds", "-1"),
                      BadAttribute("WaitAboveMax", "ReceiveMessageWaitTimeSeconds", "21")),
    CaseName);

RefusalCase Existing(const char* name, const std::string& attributes, const char* difference) {
  return {name, Queue("jobs") + attributes, "QueueNameExists",
          absl::StrCat("A queue already exists with the same name and a different value for "
                       "attribute ",
                       difference)};
}

INSTANTIATE_TEST_SUITE_P(
    Existing, CreateQueueRefusalTest,
    ::testing::Values(Existing("OtherVisibility", Attribute("VisibilityTimeout", "31"),
                               "VisibilityTimeout"),
                      Existing("OtherWait", Attribute("ReceiveMessageWaitTimeSeconds", "1"),
                               "ReceiveMessageWaitTimeSeconds"),
                      Existing("OnlyTheDifferenceIsNamed",
                               Attribute("VisibilityTimeout", "30") +
                                   Attribute("ReceiveMessageWaitTimeSeconds", "1"),
                               "ReceiveMessageWaitTimeSeconds"),
                      RefusalCase{"Tags", Queue("new") + " tags { key: \"a\" value: \"b\" }",
                                  kUnsupported, Unsupported("tags")}),
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
  for (const char* action : {"DeleteQueue", "ReceiveMessage"}) ExpectRefusal(action);
}

std::string Url(const std::string& url) { return absl::StrCat("queue_url: \"", url, "\" "); }

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

std::string Body(const std::string& body) { return absl::StrCat("message_body: \"", body, "\" "); }
std::string Group(const std::string& id) { return absl::StrCat("message_group_id: \"", id, "\" "); }
std::string Dedup(const std::string& id) {
  return absl::StrCat("message_deduplication_id: \"", id, "\" ");
}
const std::string kJobs = Url("jobs") + Body("a");
const std::string kOrders = Url("orders.fifo") + Body("a");

constexpr char kBadContents[] =
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | "
    "#xE000 to #xFFFD | #x10000 to #x10FFFF";
constexpr char kNotForType[] =
    "The request include parameter that is not valid for this queue type.";
constexpr char kTooLong[] =
    "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.";
constexpr char kNoDedup[] =
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId "
    "provided explicitly";

std::string BadId(const std::string& value, const char* parameter) {
  return absl::StrCat("Value ", value, " for parameter ", parameter,
                      " is invalid. Reason: ", parameter,
                      " can only include alphanumeric and punctuation characters. 1 to 128 in "
                      "length.");
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
    NotYet, SendMessageRefusalTest,
    ::testing::Values(
        RefusalCase{"Delay", kJobs + "delay_seconds: 1", kUnsupported, Unsupported("DelaySeconds")},
        RefusalCase{"Attributes",
                    kJobs + "message_attributes { key: \"a\" value { data_type: \"String\" } }",
                    kUnsupported, Unsupported("MessageAttributes")},
        RefusalCase{
            "SystemAttributes",
            kJobs + "message_system_attributes { key: \"a\" value { data_type: \"String\" } }",
            kUnsupported, Unsupported("MessageSystemAttributes")}),
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
constexpr char kVisibilityRange[] = "Must be >= 0 and <= 43200, if provided.";

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
                    Unsupported("ReceiveRequestAttemptId")},
        RefusalCase{"AttributeNames", Url("jobs") + "attribute_names: \"All\"", kUnsupported,
                    Unsupported("AttributeNames")},
        RefusalCase{"SystemAttributeNames", Url("jobs") + "message_system_attribute_names: \"All\"",
                    kUnsupported, Unsupported("MessageSystemAttributeNames")}),
    CaseName);

constexpr char kBadHandle[] = "ReceiptHandleIsInvalid";

std::string Handle(const std::string& handle) {
  return absl::StrCat("receipt_handle: \"", handle, "\" ");
}
std::string NoHandle(const std::string& handle) {
  return absl::StrCat("The input receipt handle \"", handle, "\" is not a valid receipt handle.");
}
std::string HandleOfOther(const std::string& handle) {
  return absl::StrCat("The receipt handle \"", handle, "\" is not valid for this queue.");
}

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

std::string Timeout(int seconds) { return absl::StrCat("visibility_timeout: ", seconds); }

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

// Requests with two faults: the one that SQS semantics 2.0 checks first is named.
struct OrderCase {
  const char* name;
  const char* action;
  std::string request;
  ApiErrorCode first;
};

class OrderOfChecksTest : public ::testing::TestWithParam<OrderCase> {};

TEST_P(OrderOfChecksTest, NamesTheFirstFault) {
  VolatileJournal journal;
  ApiServer server(journal);
  server.CreateQueue("jobs");
  server.CreateQueue("orders.fifo");

  const ApiError error =
      server.CallWithText(GetParam().action, GetParam().request).value_or(kNotRefused);

  EXPECT_EQ(ApiErrorCodeName(error.code), ApiErrorCodeName(GetParam().first));
}

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
        OrderCase{"SyntaxBeforeContent", "SendMessage", Url("jobs") + Body("\\x01") + Group("a b"),
                  ApiErrorCode::kInvalidGroupOrDedupId},
        OrderCase{"SizeBeforeContent", "SendMessage",
                  Url("jobs") + Body("\\x01" + std::string(1'048'576, 'a')),
                  ApiErrorCode::kMessageTooLong},
        OrderCase{"NameBeforeAttributes", "CreateQueue", Queue("a b") + Attribute("Foo", "1"),
                  ApiErrorCode::kInvalidQueueName},
        OrderCase{"AttributesBeforeExistence", "CreateQueue",
                  Queue("jobs") + Attribute("VisibilityTimeout", "-1"),
                  ApiErrorCode::kInvalidAttributeValue}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace twinq::api
