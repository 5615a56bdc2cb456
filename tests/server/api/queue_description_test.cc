// What GetQueueAttributes answers: SQS semantics 2.6 and 3.1.

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/volatile_journal.h"
#include "tests/server/api/api_server.h"

namespace twinq::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

using Attributes = std::map<std::string, std::string>;

class QueueDescriptionTest : public ::testing::Test {
 protected:
  QueueDescriptionTest() { server_.CreateQueue("jobs"); }

  std::optional<ApiError> Get(const std::string& queue, const std::vector<std::string>& names,
                              Attributes& attributes) {
    v1::GetQueueAttributesRequest request;
    request.set_queue_url(queue);
    for (const std::string& name : names) request.add_attribute_names(name);
    v1::GetQueueAttributesResponse response;
    std::optional<ApiError> error = server_.Call(request, response);
    attributes = {response.attributes().begin(), response.attributes().end()};
    return error;
  }
  Attributes AttributesOf(const std::string& queue, const std::vector<std::string>& names) {
    Attributes attributes;
    EXPECT_EQ(Get(queue, names, attributes), std::nullopt);
    return attributes;
  }
  void Set(const std::string& queue, const Attributes& attributes) {
    v1::SetQueueAttributesRequest request;
    request.set_queue_url(queue);
    request.mutable_attributes()->insert(attributes.begin(), attributes.end());
    v1::SetQueueAttributesResponse response;
    EXPECT_EQ(server_.Call(request, response), std::nullopt);
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
};

TEST_F(QueueDescriptionTest, AllOfAFreshStandardQueueIsExactlyThis) {
  EXPECT_THAT(
      AttributesOf("jobs", {"All"}),
      ElementsAre(Pair("ApproximateNumberOfMessages", "0"),
                  Pair("ApproximateNumberOfMessagesDelayed", "0"),
                  Pair("ApproximateNumberOfMessagesNotVisible", "0"),
                  Pair("CreatedTimestamp", "1700000000"), Pair("DelaySeconds", "0"),
                  Pair("LastModifiedTimestamp", "1700000000"),
                  Pair("MaximumMessageSize", "1048576"), Pair("MessageRetentionPeriod", "345600"),
                  Pair("QueueArn", "arn:aws:sqs:us-east-1:000000000000:jobs"),
                  Pair("ReceiveMessageWaitTimeSeconds", "0"), Pair("SqsManagedSseEnabled", "true"),
                  Pair("VisibilityTimeout", "30")));
}

TEST_F(QueueDescriptionTest, AFifoQueueHasFourMore) {
  server_.CreateQueue("orders.fifo", {{"DeduplicationScope", "messageGroup"},
                                      {"FifoThroughputLimit", "perMessageGroupId"},
                                      {"ContentBasedDeduplication", "TRUE"}});
  EXPECT_EQ(AttributesOf("orders.fifo", {"All"}).size(), 16u);
  EXPECT_THAT(AttributesOf("orders.fifo", {"FifoQueue", "ContentBasedDeduplication",
                                           "DeduplicationScope", "FifoThroughputLimit"}),
              ElementsAre(Pair("ContentBasedDeduplication", "true"),
                          Pair("DeduplicationScope", "messageGroup"), Pair("FifoQueue", "true"),
                          Pair("FifoThroughputLimit", "perMessageGroupId")));
}

TEST_F(QueueDescriptionTest, OnlyWhatIsNamedAndSetIsAnswered) {
  EXPECT_THAT(AttributesOf("jobs", {}), IsEmpty());
  EXPECT_THAT(AttributesOf("jobs", {"VisibilityTimeout", "VisibilityTimeout", "Policy",
                                    "RedrivePolicy", "KmsMasterKeyId", "FifoQueue"}),
              ElementsAre(Pair("VisibilityTimeout", "30")));
}

TEST_F(QueueDescriptionTest, UnknownNamesAreRefused) {
  Attributes attributes;
  EXPECT_EQ(Get("jobs", {"VisibilityTimeout", "Foobar"}, attributes),
            (ApiError{.code = ApiErrorCode::kUnknownAttribute, .parameter = "Foobar"}));
  EXPECT_EQ(Get("jobs", {""}, attributes), (ApiError{.code = ApiErrorCode::kUnknownAttribute}));
  EXPECT_EQ(Get("other", {"Foobar"}, attributes),
            (ApiError{.code = ApiErrorCode::kQueueDoesNotExist}));
  EXPECT_EQ(Get("", {}, attributes),
            (ApiError{.code = ApiErrorCode::kMissingParameter, .parameter = "QueueUrl"}));
}

TEST_F(QueueDescriptionTest, CountsAreOfTheMoment) {
  for (const char* body : {"a", "b", "c"}) server_.Send("jobs", body);
  server_.Receive("jobs", 2);

  EXPECT_THAT(AttributesOf(
                  "jobs", {"ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"}),
              ElementsAre(Pair("ApproximateNumberOfMessages", "1"),
                          Pair("ApproximateNumberOfMessagesNotVisible", "2")));

  server_.shard.clock.Advance(absl::Seconds(30));
  EXPECT_THAT(AttributesOf("jobs", {"ApproximateNumberOfMessages"}),
              ElementsAre(Pair("ApproximateNumberOfMessages", "3")));
}

TEST_F(QueueDescriptionTest, WhatIsSetIsAnsweredAsItWasGiven) {
  server_.CreateQueue("dead");
  server_.shard.clock.Advance(absl::Milliseconds(7'900));
  const Attributes given = {
      {"DelaySeconds", "7"},
      {"KmsDataKeyReusePeriodSeconds", "60"},
      {"KmsMasterKeyId", "alias/aws/sqs"},
      {"Policy", "{ \"Version\": \"2012-10-17\" }"},
      {"RedriveAllowPolicy",
       "{\"redrivePermission\":\"byQueue\", \"sourceQueueArns\":[\"arn:aws:sqs:x:1:a\"]}"},
      {"RedrivePolicy",
       "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\", "
       "\"maxReceiveCount\":\"3\"}"}};
  Set("jobs", given);

  const Attributes all = AttributesOf("jobs", {"All"});

  for (const auto& [name, text] : given) EXPECT_EQ(all.at(name), text) << name;
  EXPECT_EQ(all.at("SqsManagedSseEnabled"), "false");
  EXPECT_EQ(all.at("LastModifiedTimestamp"), "1700000007");
  EXPECT_EQ(all.at("CreatedTimestamp"), "1700000000");
}

TEST_F(QueueDescriptionTest, TheEmptyTextRemoves) {
  server_.CreateQueue("dead");
  Set("jobs", {{"Policy", "{}"},
               {"KmsMasterKeyId", "a"},
               {"RedriveAllowPolicy", "{\"redrivePermission\":\"denyAll\"}"},
               {"RedrivePolicy",
                "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead\","
                "\"maxReceiveCount\":3}"}});
  EXPECT_EQ(AttributesOf("jobs", {"All"}).size(), 16u);

  Set("jobs", {{"Policy", ""},
               {"KmsMasterKeyId", ""},
               {"KmsDataKeyReusePeriodSeconds", "300"},
               {"RedriveAllowPolicy", ""},
               {"RedrivePolicy", ""}});
  EXPECT_EQ(AttributesOf("jobs", {"All"}).size(), 12u);
}

TEST_F(QueueDescriptionTest, CreatingAgainComparesDocumentsByWhatTheySay) {
  server_.CreateQueue("with", {{"Policy", "{\"a\":1,\"b\":[{\"c\":2,\"d\":3}]}"}});

  server_.CreateQueue("with", {{"Policy", " {\"b\": [ {\"d\":3, \"c\":2} ], \"a\" : 1} "}});
  v1::CreateQueueRequest other;
  other.set_queue_name("with");
  (*other.mutable_attributes())["Policy"] = "{\"a\":1,\"b\":[]}";
  v1::CreateQueueResponse response;
  EXPECT_EQ(server_.Call(other, response),
            (ApiError{.code = ApiErrorCode::kQueueNameExists, .parameter = "Policy"}));
  EXPECT_THAT(AttributesOf("with", {"Policy"}),
              ElementsAre(Pair("Policy", "{\"a\":1,\"b\":[{\"c\":2,\"d\":3}]}")));
}

}  // namespace
}  // namespace twinq::api
