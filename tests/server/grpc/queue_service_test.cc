// The queue service over a real channel: how requests and refusals look on the wire, and what
// becomes of calls whose client no longer waits.

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "server/api/action.h"
#include "tests/server/grpc/serving_shard.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class QueueServiceTest : public ::testing::Test {
 protected:
  ServingShard served_;
};

TEST_F(QueueServiceTest, EveryActionIsServed) {
  for (const api::Action& action : api::Actions()) {
    const WireAnswer answer = served_.client->Ask(action.name, "");

    EXPECT_NE(answer.status.code(), StatusCode::kUnimplemented) << action.name;
  }
}

TEST_F(QueueServiceTest, ActionsNotBuiltYetAreUnimplemented) {
  for (const char* method : {"CancelMessageMoveTask", "StartMessageMoveTask", "NoSuchAction"}) {
    EXPECT_THAT(served_.client->Ask(method, "").status, StatusIs(StatusCode::kUnimplemented))
        << method;
  }
}

TEST_F(QueueServiceTest, AnEmptyRequestIsARequest) {
  const WireAnswer answer = served_.client->Ask("ListQueues", "");

  ASSERT_THAT(answer.status, IsOk());
  v1::ListQueuesResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.bytes));
  EXPECT_THAT(
      response.queue_urls(),
      ElementsAre(absl::StrCat("http://", served_.server->address(), "/000000000000/jobs"),
                  absl::StrCat("http://", served_.server->address(), "/000000000000/orders.fifo")));
}

TEST_F(QueueServiceTest, ARefusalHasCodeTextAndName) {
  v1::DeleteQueueRequest request;
  request.set_queue_url("other");

  const WireAnswer answer = served_.client->Ask("DeleteQueue", request.SerializeAsString());

  EXPECT_THAT(answer.status, StatusIs(StatusCode::kNotFound));
  EXPECT_EQ(answer.status.message(), "The specified queue does not exist.");
  EXPECT_EQ(answer.error_name, "QueueDoesNotExist");
}

TEST_F(QueueServiceTest, ASuccessHasNoErrorName) { EXPECT_EQ(served_.Send("a").error_name, ""); }

// A client turns a status of more than some 8 KiB into another error; outside of ASCII each byte
// takes three on the wire.
TEST_F(QueueServiceTest, WhatARefusalEchoesIsCut) {
  std::string name;
  for (int i = 0; i < 10'000; ++i) name += "\xE2\x82\xAC";
  v1::CreateQueueRequest request;
  request.set_queue_name("new");
  (*request.mutable_attributes())[name] = "1";

  const WireAnswer answer = served_.client->Ask("CreateQueue", request.SerializeAsString());

  EXPECT_THAT(answer.status, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(answer.error_name, "InvalidAttributeName");
  EXPECT_EQ(answer.status.message(),
            absl::StrCat("Unknown Attribute ", name.substr(0, 1'023), "."));
}

// The default limit of a client is 4 MiB an answer.
TEST_F(QueueServiceTest, AReceiveStopsAtThreeAndAHalfMebibytes) {
  const std::string body(1'048'576, 'b');
  for (int i = 0; i < 10; ++i) ASSERT_THAT(served_.Send(body).status, IsOk());

  EXPECT_EQ(served_.Receive().size(), 3u);
  EXPECT_EQ(served_.Receive().size(), 3u);
  EXPECT_EQ(served_.Receive().size(), 3u);
  EXPECT_EQ(served_.Receive().size(), 1u);
}

TEST_F(QueueServiceTest, DigestsAreThereForThoseWhoAsk) {
  const WireAnswer without = served_.Send("message");
  v1::SendMessageResponse sent;
  ASSERT_TRUE(sent.ParseFromString(without.bytes));
  EXPECT_FALSE(sent.has_md5_of_message_body());

  v1::SendMessageRequest request;
  request.set_queue_url("jobs");
  request.set_message_body("message");
  const WireAnswer with =
      served_.client->Ask("SendMessage", request.SerializeAsString(), {{"twinq-md5", "1"}});
  ASSERT_TRUE(sent.ParseFromString(with.bytes));
  EXPECT_EQ(sent.md5_of_message_body(), "78e731027d8fd50ed642340b7c9a63b3");
}

// A batch of messages to "jobs" with these ids, whose bodies are the ids.
v1::SendMessageBatchRequest BatchOf(const std::vector<std::string>& ids) {
  v1::SendMessageBatchRequest request;
  request.set_queue_url("jobs");
  for (const std::string& id : ids) {
    v1::SendMessageBatchRequestEntry& entry = *request.add_entries();
    entry.set_id(id);
    entry.set_message_body(id);
  }
  return request;
}

TEST_F(QueueServiceTest, ABatchOfSendsAnswersBothLists) {
  v1::SendMessageBatchRequest request = BatchOf({"a", "b", "c"});
  request.mutable_entries(1)->set_delay_seconds(901);

  const WireAnswer answer = served_.client->Ask("SendMessageBatch", request.SerializeAsString());

  ASSERT_THAT(answer.status, IsOk());
  v1::SendMessageBatchResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.bytes));
  ASSERT_EQ(response.successful_size(), 2);
  EXPECT_EQ(response.successful(0).id(), "a");
  EXPECT_EQ(response.successful(1).id(), "c");
  ASSERT_EQ(response.failed_size(), 1);
  EXPECT_EQ(response.failed(0).id(), "b");
  EXPECT_TRUE(response.failed(0).sender_fault());
  EXPECT_EQ(response.failed(0).code(), "InvalidParameterValue");
  EXPECT_EQ(response.failed(0).message(),
            "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 "
            "and <= 900.");
  EXPECT_THAT(served_.ReceiveBodies(), ElementsAre("a", "c"));
}

TEST_F(QueueServiceTest, ABatchRefusedAsAWholeHasCodeTextAndName) {
  const WireAnswer answer =
      served_.client->Ask("SendMessageBatch", BatchOf({"a", "b", "a"}).SerializeAsString());

  EXPECT_THAT(answer.status, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(answer.status.message(), "Id a repeated.");
  EXPECT_EQ(answer.error_name, "BatchEntryIdsNotDistinct");
  EXPECT_THAT(served_.ReceiveBodies(), IsEmpty());
}

TEST_F(QueueServiceTest, ABatchOfChangesGivesMessagesBackAndOneOfDeletesEndsThem) {
  served_.Send("a");
  v1::ChangeMessageVisibilityBatchRequest change;
  change.set_queue_url("jobs");
  v1::ChangeMessageVisibilityBatchRequestEntry& changed = *change.add_entries();
  changed.set_id("1");
  changed.set_receipt_handle(served_.Receive().at(0).receipt_handle());
  const WireAnswer answer =
      served_.client->Ask("ChangeMessageVisibilityBatch", change.SerializeAsString());
  ASSERT_THAT(answer.status, IsOk());
  v1::ChangeMessageVisibilityBatchResponse response;
  ASSERT_TRUE(response.ParseFromString(answer.bytes));
  EXPECT_EQ(response.successful_size(), 1);

  v1::DeleteMessageBatchRequest remove;
  remove.set_queue_url("jobs");
  for (const std::string& handle : {served_.Receive().at(0).receipt_handle(), std::string("x")}) {
    v1::DeleteMessageBatchRequestEntry& entry = *remove.add_entries();
    entry.set_id(absl::StrCat("entry-", remove.entries_size()));
    entry.set_receipt_handle(handle);
  }
  const WireAnswer removal = served_.client->Ask("DeleteMessageBatch", remove.SerializeAsString());

  ASSERT_THAT(removal.status, IsOk());
  v1::DeleteMessageBatchResponse removed;
  ASSERT_TRUE(removed.ParseFromString(removal.bytes));
  ASSERT_EQ(removed.successful_size(), 1);
  EXPECT_EQ(removed.successful(0).id(), "entry-1");
  ASSERT_EQ(removed.failed_size(), 1);
  EXPECT_EQ(removed.failed(0).id(), "entry-2");
  EXPECT_EQ(removed.failed(0).code(), "ReceiptHandleIsInvalid");
}

TEST_F(QueueServiceTest, ASecondPurgeIsRefused) {
  served_.Send("a");
  v1::PurgeQueueRequest request;
  request.set_queue_url("jobs");
  EXPECT_THAT(served_.client->Ask("PurgeQueue", request.SerializeAsString()).status, IsOk());
  EXPECT_THAT(served_.ReceiveBodies(), IsEmpty());

  const WireAnswer answer = served_.client->Ask("PurgeQueue", request.SerializeAsString());

  EXPECT_THAT(answer.status, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_EQ(answer.status.message(),
            "Only one PurgeQueue operation on jobs is allowed every 60 seconds.");
  EXPECT_EQ(answer.error_name, "PurgeQueueInProgress");
}

TEST_F(QueueServiceTest, AttributesAreSetOrRefused) {
  v1::SetQueueAttributesRequest request;
  request.set_queue_url("jobs");
  (*request.mutable_attributes())["MaximumMessageSize"] = "1024";
  EXPECT_THAT(served_.client->Ask("SetQueueAttributes", request.SerializeAsString()).status,
              IsOk());
  EXPECT_THAT(served_.Send(std::string(1'025, 'a')).status, StatusIs(StatusCode::kInvalidArgument));

  (*request.mutable_attributes())["MaximumMessageSize"] = "1023";
  const WireAnswer answer = served_.client->Ask("SetQueueAttributes", request.SerializeAsString());

  EXPECT_THAT(answer.status, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(answer.status.message(), "Invalid value for the parameter MaximumMessageSize.");
  EXPECT_EQ(answer.error_name, "InvalidAttributeValue");
}

struct MalformedCase {
  const char* name;
  const char* method;
  std::string bytes;
  const char* reason;
};

class MalformedRequestTest : public QueueServiceTest,
                             public ::testing::WithParamInterface<MalformedCase> {};

TEST_P(MalformedRequestTest, IsRefusedWithAReason) {
  const WireAnswer answer = served_.client->Ask(GetParam().method, GetParam().bytes);

  EXPECT_THAT(answer.status, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_EQ(answer.error_name, "SerializationException");
  EXPECT_EQ(answer.status.message(), absl::StrCat("The request is malformed: ", GetParam().reason));
}

// Fields of SendMessageRequest: 1 queue_url, 2 message_body, 7 message_group_id; all of type
// string.
INSTANTIATE_TEST_SUITE_P(
    Bytes, MalformedRequestTest,
    ::testing::Values(MalformedCase{"BodyNotUtf8", "SendMessage", "\x12\x01\xFF",
                                    "the field message_body is not UTF-8."},
                      MalformedCase{"BodyWithSurrogate", "SendMessage", "\x12\x03\xED\xA0\x80",
                                    "the field message_body is not UTF-8."},
                      MalformedCase{"BodyOverlong", "SendMessage", "\x12\x02\xC0\xAF",
                                    "the field message_body is not UTF-8."},
                      MalformedCase{"BodyBeyondUnicode", "SendMessage", "\x12\x04\xF4\x90\x80\x80",
                                    "the field message_body is not UTF-8."},
                      MalformedCase{"BodyCutInACharacter", "SendMessage", "\x12\x02\xE2\x82",
                                    "the field message_body is not UTF-8."},
                      MalformedCase{"GroupNotUtf8", "SendMessage", "\x3A\x01\xFF",
                                    "the field message_group_id is not UTF-8."},
                      MalformedCase{"QueueUrlNotUtf8", "DeleteQueue", "\x0A\x01\x80",
                                    "the field queue_url is not UTF-8."},
                      MalformedCase{"Garbage", "SendMessage", "\xFF\xFF\xFF\xFF",
                                    "the bytes are no twinq.v1.SendMessageRequest."},
                      MalformedCase{"CutInAField", "SendMessage",
                                    "\x12\x05"
                                    "abc",
                                    "the bytes are no twinq.v1.SendMessageRequest."},
                      MalformedCase{"LengthBeyondAnyBuffer", "ListQueues",
                                    "\x0A\xFF\xFF\xFF\xFF\x07",
                                    "the bytes are no twinq.v1.ListQueuesRequest."}),
    [](const auto& test) { return test.param.name; });

TEST_F(QueueServiceTest, UnknownFieldsAreIgnored) {
  v1::SendMessageRequest request;
  request.set_queue_url("jobs");
  request.set_message_body("a");

  const WireAnswer answer =
      served_.client->Ask("SendMessage", request.SerializeAsString() + "\xF8\x07\x01");

  EXPECT_THAT(answer.status, IsOk());
}

TEST_F(QueueServiceTest, AMalformedRequestDoesNotSpoilTheNext) {
  served_.client->Ask("SendMessage", "\x12\x01\xFF");

  EXPECT_THAT(served_.Send("a").status, IsOk());
  EXPECT_THAT(served_.client->Ask("SendMessage", "\xFF").status.message(),
              HasSubstr("the bytes are no"));
}

TEST_F(QueueServiceTest, ABodyOfOneMebibyteComesBackAndOneMoreByteIsRefused) {
  const std::string longest(1'048'576, 'x');

  EXPECT_THAT(served_.Send(longest).status, IsOk());
  const WireAnswer refused = served_.Send(longest + "x");

  EXPECT_THAT(served_.ReceiveBodies(), ElementsAre(longest));
  EXPECT_EQ(refused.status.message(),
            "One or more parameters are invalid. Reason: Message must be shorter than 1048576 "
            "bytes.");
}

TEST_F(QueueServiceTest, ALongPollIsAnsweredByASendOverAnotherConnection) {
  WireClient other(served_.server->address());
  const auto poll = served_.BeginLongPoll(other);

  served_.Send("a");

  EXPECT_THAT(BodiesOf(poll->Await()), ElementsAre("a"));
}

TEST_F(QueueServiceTest, ALongPollEndsEmptyAfterItsWait) {
  const auto poll = served_.BeginLongPoll(*served_.client);

  served_.shard.clock.Advance(absl::Seconds(20));
  served_.shard.runner.RunDue();

  EXPECT_THAT(BodiesOf(poll->Await()), IsEmpty());
}

TEST_F(QueueServiceTest, ADeadlineBeforeTheWaitEndsItAndTakesNothing) {
  const auto poll = served_.BeginLongPoll(*served_.client, absl::Milliseconds(50));

  EXPECT_THAT(poll->Await().status, StatusIs(StatusCode::kDeadlineExceeded));

  served_.sink.AwaitCancels(1);
  served_.Send("a");
  const std::vector<v1::Message> received = served_.Receive();
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(served_.DeliveryOf(received[0]), 1u);
}

TEST_F(QueueServiceTest, ACancelledLongPollTakesNothing) {
  const auto poll = served_.BeginLongPoll(*served_.client);

  poll->Cancel();

  EXPECT_THAT(poll->Await().status, StatusIs(StatusCode::kCancelled));
  served_.sink.AwaitCancels(1);
  served_.Send("a");
  const std::vector<v1::Message> received = served_.Receive();
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(served_.DeliveryOf(received[0]), 1u);
}

TEST_F(QueueServiceTest, MessagesForAClientThatIsGoneAreVisibleAtOnceAndCounted) {
  served_.Send("a");
  served_.sink.HoldReceives();
  const auto poll = served_.BeginLongPoll(*served_.client);
  poll->Cancel();
  served_.sink.AwaitCancels(1);

  served_.sink.PassOn();

  const std::vector<v1::Message> received = served_.Receive();
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(served_.DeliveryOf(received[0]), 2u);
}

TEST_F(QueueServiceTest, ManyLongPollsOfOneConnectionAreAllAnswered) {
  constexpr int kPolls = 200;
  std::deque<std::unique_ptr<WireClient::Call>> polls;
  for (int i = 0; i < kPolls; ++i) {
    polls.push_back(served_.client->Begin("ReceiveMessage", LongPollRequest()));
  }
  served_.sink.AwaitReceives(kPolls);

  for (int i = 0; i < kPolls; ++i) served_.Send(absl::StrCat(i));

  std::set<std::string> bodies;
  for (const auto& poll : polls) {
    for (const std::string& body : BodiesOf(poll->Await())) bodies.insert(body);
  }
  EXPECT_EQ(bodies.size(), static_cast<size_t>(kPolls));
}

TEST_F(QueueServiceTest, AfterABurstOfCancelledPollsCallsAreServed) {
  constexpr int kPolls = 200;
  {
    WireClient other(served_.server->address());
    std::deque<std::unique_ptr<WireClient::Call>> polls;
    for (int i = 0; i < kPolls; ++i) {
      polls.push_back(other.Begin("ReceiveMessage", LongPollRequest()));
    }
    served_.sink.AwaitReceives(kPolls);
    // Goes away with its connection.
  }
  served_.sink.AwaitCancels(kPolls);

  served_.Send("a");

  EXPECT_THAT(served_.ReceiveBodies(), ElementsAre("a"));
}

}  // namespace
}  // namespace twinq
