// Which attributes CreateQueue and SetQueueAttributes refuse, and with which words: SQS semantics
// 2.1, 2.7 and 3.1.

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "core/model/queue_kind.h"
#include "server/api/error_table.h"
#include "tests/server/api/refusals.h"

namespace twinq::api {
namespace {

constexpr char kBadAttributeName[] = "InvalidAttributeName";
constexpr char kBadAttributeValue[] = "InvalidAttributeValue";

struct AttributeCase {
  std::string name;
  QueueKind kind = QueueKind::kStandard;
  std::string attributes;
  const char* error;
  std::string text;
};

std::string AttributeCaseName(const ::testing::TestParamInfo<AttributeCase>& test) {
  return test.param.name;
}

class AttributeTest : public ::testing::TestWithParam<AttributeCase> {
 protected:
  bool is_fifo() const { return GetParam().kind == QueueKind::kFifo; }
  void ExpectRefusal(const char* action, const std::string& queue) {
    const ApiError error = server_.RefusalOf(action, queue + GetParam().attributes);

    EXPECT_EQ(FormOf(error.code).name.json, GetParam().error);
    EXPECT_EQ(ErrorText(error, kEchoedBytesMax), GetParam().text);
  }
  void ExpectRefusalInCreation() {
    ExpectRefusal("CreateQueue",
                  is_fifo() ? Queue("new.fifo") + Attribute("FifoQueue", "true") : Queue("new"));
  }
  void ExpectRefusalInChange() {
    ExpectRefusal("SetQueueAttributes", Url(is_fifo() ? "orders.fifo" : "jobs"));
  }

 private:
  RefusingServer server_;
};

// What both actions refuse alike.
class EitherActionTest : public AttributeTest {};

TEST_P(EitherActionTest, HasItsNameAndText) {
  ExpectRefusalInCreation();
  ExpectRefusalInChange();
}

AttributeCase Bad(const std::string& fault, const std::string& attribute, const std::string& value,
                  QueueKind kind = QueueKind::kStandard) {
  return {attribute + fault, kind, Attribute(attribute, value), kBadAttributeValue,
          absl::StrCat("Invalid value for the parameter ", attribute, ".")};
}

AttributeCase Unknown(const char* name, const std::string& attribute, const std::string& value,
                      QueueKind kind = QueueKind::kStandard) {
  return {name, kind, Attribute(attribute, value), kBadAttributeName,
          absl::StrCat("Unknown Attribute ", attribute, ".")};
}

AttributeCase BadPolicy(const std::string& name, const std::string& policy,
                        const std::string& reason, const std::string& attribute = "RedrivePolicy") {
  return {name, QueueKind::kStandard, Attribute(attribute, absl::CEscape(policy)), kInvalidValue,
          InvalidValue(policy, attribute, reason)};
}
std::string Target(const std::string& queue) {
  return "\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:" + queue + "\"";
}
std::string Redrive(const std::string& queue, const std::string& count) {
  return "{" + Target(queue) + ",\"maxReceiveCount\":" + count + "}";
}
std::string BadCount(const std::string& count) {
  return "Invalid value for maxReceiveCount: " + count +
         ", valid values are from 1 to 1000 both inclusive.";
}

constexpr char kNoTarget[] = "Dead letter target does not exist.";
constexpr char kNoDocument[] = "It must be a JSON object of at most 8192 bytes.";
constexpr char kBadAllowPolicy[] =
    "It must be a JSON object of at most 8192 bytes with redrivePermission allowAll, denyAll or "
    "byQueue, and sourceQueueArns of 1 to 10 ARNs if and only if that is byQueue.";

INSTANTIATE_TEST_SUITE_P(
    Integers, EitherActionTest,
    ::testing::Values(
        Bad("AboveMax", "DelaySeconds", "901"), Bad("Negative", "DelaySeconds", "-1"),
        Bad("BelowMin", "MaximumMessageSize", "1023"),
        Bad("AboveMax", "MaximumMessageSize", "1048577"),
        Bad("Beyond32Bits", "MaximumMessageSize", "4294968320"),  // 2^32 + 1,024.
        Bad("BelowMin", "MessageRetentionPeriod", "59"),
        Bad("AboveMax", "MessageRetentionPeriod", "1209601"),
        Bad("AboveMax", "ReceiveMessageWaitTimeSeconds", "21"),
        Bad("Negative", "ReceiveMessageWaitTimeSeconds", "-1"),
        Bad("AboveMax", "VisibilityTimeout", "43201"), Bad("Negative", "VisibilityTimeout", "-1"),
        Bad("Empty", "VisibilityTimeout", ""), Bad("NoNumber", "VisibilityTimeout", "half"),
        Bad("Fraction", "VisibilityTimeout", "1.5"), Bad("WithSign", "VisibilityTimeout", "+1"),
        Bad("SpaceBefore", "VisibilityTimeout", " 1"), Bad("SpaceAfter", "VisibilityTimeout", "1 "),
        Bad("Hexadecimal", "VisibilityTimeout", "0x1"),
        Bad("OtherDigits", "VisibilityTimeout", "\xD9\xA3"),  // Arabic-Indic 3.
        Bad("Beyond64Bits", "VisibilityTimeout", "18446744073709551617")),
    AttributeCaseName);

INSTANTIATE_TEST_SUITE_P(
    OfFifoQueues, EitherActionTest,
    ::testing::Values(Bad("Empty", "ContentBasedDeduplication", "", QueueKind::kFifo),
                      Bad("Number", "ContentBasedDeduplication", "1", QueueKind::kFifo),
                      Bad("OtherWord", "ContentBasedDeduplication", "yes", QueueKind::kFifo),
                      Bad("Empty", "DeduplicationScope", "", QueueKind::kFifo),
                      Bad("OtherCase", "DeduplicationScope", "Queue", QueueKind::kFifo),
                      Bad("OtherWord", "DeduplicationScope", "group", QueueKind::kFifo)),
    AttributeCaseName);

INSTANTIATE_TEST_SUITE_P(
    Names, EitherActionTest,
    ::testing::Values(Unknown("Unknown", "Foo", "1"), Unknown("Empty", "", "1"),
                      Unknown("OfOtherCase", "visibilityTimeout", "1"),
                      Unknown("ReadOnly", "QueueArn", "arn:aws:sqs:us-east-1:1:jobs"),
                      Unknown("ReadOnlyCount", "ApproximateNumberOfMessages", "0"),
                      Unknown("ReadOnlyTime", "CreatedTimestamp", "0"), Unknown("All", "All", ""),
                      Unknown("ContentBasedOnStandard", "ContentBasedDeduplication", "true"),
                      Unknown("UnknownOnFifo", "Foo", "1", QueueKind::kFifo)),
    AttributeCaseName);

INSTANTIATE_TEST_SUITE_P(
    Kept, EitherActionTest,
    ::testing::Values(
        Bad("Below", "KmsDataKeyReusePeriodSeconds", "59"),
        Bad("Above", "KmsDataKeyReusePeriodSeconds", "86401"),
        Bad("TooLong", "KmsMasterKeyId", std::string(2'049, 'k')), Bad("NoJson", "Policy", "{"),
        Bad("NoObject", "Policy", "[]"),
        Bad("TooLong", "Policy", "{" + std::string(8'191, ' ') + "}"),
        Bad("Word", "SqsManagedSseEnabled", "on"), Bad("Empty", "SqsManagedSseEnabled", ""),
        Bad("Word", "FifoThroughputLimit", "perGroup", QueueKind::kFifo),
        Bad("WithoutScope", "FifoThroughputLimit", "perMessageGroupId", QueueKind::kFifo),
        AttributeCase{"TwoEncryptions", QueueKind::kStandard,
                      Attribute("KmsMasterKeyId", "a") + Attribute("SqsManagedSseEnabled", "true"),
                      kBadAttributeName,
                      "You can use one type of server-side encryption (SSE) at one time. You can "
                      "either enable KMS SSE or SQS SSE."}),
    AttributeCaseName);

INSTANTIATE_TEST_SUITE_P(
    RedrivePolicies, EitherActionTest,
    ::testing::Values(
        BadPolicy("NoJson", "x", kNoDocument), BadPolicy("NoObject", "1", kNoDocument),
        BadPolicy("NoTarget", "{\"maxReceiveCount\":3}",
                  "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."),
        BadPolicy("NoCount", "{" + Target("small") + "}",
                  "Redrive policy does not contain mandatory attribute: maxReceiveCount."),
        BadPolicy("CountZero", Redrive("small", "0"), BadCount("0")),
        BadPolicy("CountTooHigh", Redrive("small", "\"1001\""), BadCount("1001")),
        BadPolicy("CountNoNumber", Redrive("small", "[]"), BadCount("[]")),
        BadPolicy("CountNoInteger", Redrive("small", "true"), BadCount("true")),
        BadPolicy("UnknownTarget", Redrive("other", "3"), kNoTarget),
        BadPolicy("TargetOfOtherAccount",
                  "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:1:small\","
                  "\"maxReceiveCount\":3}",
                  kNoTarget),
        BadPolicy("TargetOfOtherType", Redrive("orders.fifo", "3"),
                  "Dead-letter queue must be same type of queue as the source.")),
    AttributeCaseName);

INSTANTIATE_TEST_SUITE_P(
    RedriveAllowPolicies, EitherActionTest,
    ::testing::Values(BadPolicy("AllowNoJson", "x", kBadAllowPolicy, "RedriveAllowPolicy"),
                      BadPolicy("AllowNothing", "{}", kBadAllowPolicy, "RedriveAllowPolicy"),
                      BadPolicy("AllowOther", "{\"redrivePermission\":\"allow\"}", kBadAllowPolicy,
                                "RedriveAllowPolicy"),
                      BadPolicy("AllowByNobody", "{\"redrivePermission\":\"byQueue\"}",
                                kBadAllowPolicy, "RedriveAllowPolicy"),
                      BadPolicy("AllowAllAndSome",
                                "{\"redrivePermission\":\"allowAll\",\"sourceQueueArns\":[\"a\"]}",
                                kBadAllowPolicy, "RedriveAllowPolicy")),
    AttributeCaseName);

// With several faults the first in the byte order of the names is told, in whichever order the
// request has them.
INSTANTIATE_TEST_SUITE_P(
    Several, EitherActionTest,
    ::testing::Values(
        AttributeCase{"ValueBeforeName", QueueKind::kStandard,
                      Attribute("Foo", "1") + Attribute("DelaySeconds", "-1"), kBadAttributeValue,
                      "Invalid value for the parameter DelaySeconds."},
        AttributeCase{"NameBeforeValue", QueueKind::kStandard,
                      Attribute("VisibilityTimeout", "-1") + Attribute("Foo", "1"),
                      kBadAttributeName, "Unknown Attribute Foo."},
        AttributeCase{"CapitalsFirst", QueueKind::kStandard,
                      Attribute("delaySeconds", "1") + Attribute("VisibilityTimeout", "-1"),
                      kBadAttributeValue, "Invalid value for the parameter VisibilityTimeout."}),
    AttributeCaseName);

class CreationTest : public AttributeTest {};

TEST_P(CreationTest, HasItsNameAndText) { ExpectRefusalInCreation(); }

INSTANTIATE_TEST_SUITE_P(
    Standard, CreationTest,
    ::testing::Values(
        Unknown("FifoFalse", "FifoQueue", "false"),
        Unknown("FifoFalseOfOtherCase", "FifoQueue", "False"), Bad("Word", "FifoQueue", "yes"),
        Bad("Empty", "FifoQueue", ""),
        AttributeCase{"Scope", QueueKind::kStandard, Attribute("DeduplicationScope", "queue"),
                      kBadAttributeName,
                      "You can specify the DeduplicationScope only when FifoQueue is set to true."},
        AttributeCase{"BadScope", QueueKind::kStandard, Attribute("DeduplicationScope", "x"),
                      kBadAttributeName,
                      "You can specify the DeduplicationScope only when FifoQueue is set to true."},
        AttributeCase{
            "ThroughputLimit", QueueKind::kStandard, Attribute("FifoThroughputLimit", "perQueue"),
            kBadAttributeName,
            "You can specify the FifoThroughputLimit only when FifoQueue is set to true."}),
    AttributeCaseName);

class ChangeTest : public AttributeTest {};

TEST_P(ChangeTest, HasItsNameAndText) { ExpectRefusalInChange(); }

INSTANTIATE_TEST_SUITE_P(
    Kinds, ChangeTest,
    ::testing::Values(
        AttributeCase{"None", QueueKind::kStandard, "", kMissing, Missing("Attributes")},
        BadPolicy("ToItself", Redrive("jobs", "3"), "A queue cannot be its own dead-letter queue."),
        Unknown("FifoTrueOnStandard", "FifoQueue", "true"),
        Unknown("FifoFalseOnStandard", "FifoQueue", "false"),
        Unknown("FifoWordOnStandard", "FifoQueue", "yes"),
        Unknown("ScopeOnStandard", "DeduplicationScope", "queue"),
        Unknown("ThroughputLimitOnStandard", "FifoThroughputLimit", "perQueue"),
        AttributeCase{"FifoFalseOnFifo", QueueKind::kFifo, Attribute("FifoQueue", "FALSE"),
                      kBadAttributeValue,
                      "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is "
                      "not supported."},
        Bad("WordOnFifo", "FifoQueue", "yes", QueueKind::kFifo),
        Bad("EmptyOnFifo", "FifoQueue", "", QueueKind::kFifo)),
    AttributeCaseName);

// A queue of the name exists, and an attribute that is given differs.
class ExistingQueueTest : public AttributeTest {};

TEST_P(ExistingQueueTest, HasItsNameAndText) {
  ExpectRefusal("CreateQueue",
                is_fifo() ? Queue("orders.fifo") + Attribute("FifoQueue", "true") : Queue("jobs"));
}

AttributeCase Other(const std::string& attributes, const char* difference,
                    QueueKind kind = QueueKind::kStandard) {
  return {difference, kind, attributes, "QueueNameExists",
          absl::StrCat("A queue already exists with the same name and a different value for "
                       "attribute ",
                       difference)};
}

INSTANTIATE_TEST_SUITE_P(
    Differences, ExistingQueueTest,
    ::testing::Values(Other(Attribute("DelaySeconds", "1"), "DelaySeconds"),
                      Other(Attribute("MaximumMessageSize", "1024"), "MaximumMessageSize"),
                      Other(Attribute("MessageRetentionPeriod", "60"), "MessageRetentionPeriod"),
                      // Only the difference is named.
                      Other(Attribute("VisibilityTimeout", "30") +
                                Attribute("ReceiveMessageWaitTimeSeconds", "1"),
                            "ReceiveMessageWaitTimeSeconds"),
                      Other(Attribute("VisibilityTimeout", "31"), "VisibilityTimeout"),
                      Other(Attribute("ContentBasedDeduplication", "true"),
                            "ContentBasedDeduplication", QueueKind::kFifo),
                      Other(Attribute("DeduplicationScope", "messageGroup"), "DeduplicationScope",
                            QueueKind::kFifo)),
    AttributeCaseName);

}  // namespace
}  // namespace twinq::api
