#include "server/api/message_actions.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/volatile_journal.h"
#include "tests/server/api/api_server.h"

namespace twinq::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

constexpr absl::Duration kVisibility = absl::Seconds(30);

class MessageActionsTest : public ::testing::Test {
 protected:
  MessageActionsTest() {
    server_.CreateQueue("jobs");
    server_.CreateQueue("orders.fifo");
  }

  std::optional<ApiError> Delete(const std::string& queue, const std::string& handle) {
    v1::DeleteMessageRequest request;
    request.set_queue_url(queue);
    request.set_receipt_handle(handle);
    v1::DeleteMessageResponse response;
    return server_.Call(request, response);
  }
  std::optional<ApiError> ChangeVisibility(const std::string& queue, const std::string& handle,
                                           int seconds) {
    v1::ChangeMessageVisibilityRequest request;
    request.set_queue_url(queue);
    request.set_receipt_handle(handle);
    request.set_visibility_timeout(seconds);
    v1::ChangeMessageVisibilityResponse response;
    return server_.Call(request, response);
  }
  std::string ReceiveHandle(const std::string& queue) {
    return server_.Receive(queue, 1).at(0).receipt_handle();
  }
  void LetPass(absl::Duration span) {
    server_.shard.clock.Advance(span);
    server_.shard.runner.RunDue();
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
};

TEST_F(MessageActionsTest, AStandardSendAnswersAnIdAndNoSequenceNumber) {
  const v1::SendMessageResponse sent = server_.Send("jobs", "a");

  EXPECT_THAT(sent.message_id(), MatchesRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
  EXPECT_FALSE(sent.has_sequence_number());
  EXPECT_FALSE(sent.has_md5_of_message_body());
}

TEST_F(MessageActionsTest, AFifoSendAnswersASequenceNumberOf20DigitsThatRises) {
  const std::string first = server_.SendToGroup("orders.fifo", "g", "a").sequence_number();
  const std::string second = server_.SendToGroup("orders.fifo", "g", "b").sequence_number();

  EXPECT_THAT(first, MatchesRegex("[0-9]{20}"));
  EXPECT_LT(first, second);
}

TEST_F(MessageActionsTest, WhatIsReceivedIsWhatWasSent) {
  const std::string id = server_.Send("jobs", "a\r\n\t\xF0\x9F\x98\x80").message_id();

  const std::vector<v1::Message> received = server_.Receive("jobs");

  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].message_id(), id);
  EXPECT_EQ(received[0].body(), "a\r\n\t\xF0\x9F\x98\x80");
}

TEST_F(MessageActionsTest, ABodyOfExactlyTheLimitIsAccepted) {
  const std::string body(1'048'576, 'a');

  server_.Send("jobs", body);

  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre(body));
}

TEST_F(MessageActionsTest, IdsOfExactlyTheLimitAreAccepted) {
  const std::string longest(128, '~');

  server_.SendToGroup("orders.fifo", longest, longest);

  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre(longest));
}

TEST_F(MessageActionsTest, ADelayOfZeroIsAcceptedByBothKinds) {
  EXPECT_EQ(
      server_.CallWithText("SendMessage", "queue_url: 'jobs' message_body: 'a' delay_seconds: 0"),
      std::nullopt);
  EXPECT_EQ(server_.CallWithText("SendMessage",
                                 "queue_url: 'orders.fifo' message_body: 'a' delay_seconds: 0 "
                                 "message_group_id: 'g' message_deduplication_id: 'd'"),
            std::nullopt);
}

TEST_F(MessageActionsTest, AGroupOnAStandardQueueLocksNothing) {
  for (const char* body : {"a", "b"}) {
    server_.CallWithText("SendMessage", absl::StrCat("queue_url: 'jobs' message_group_id: 'g' "
                                                     "message_body: '",
                                                     body, "'"));
  }

  EXPECT_EQ(server_.Receive("jobs", 1)[0].body(), "a");
  EXPECT_EQ(server_.Receive("jobs", 1)[0].body(), "b");
}

TEST_F(MessageActionsTest, ADuplicateIsAnsweredWithTheOriginalsIdAndNumber) {
  const v1::SendMessageResponse original = server_.SendToGroup("orders.fifo", "g", "a");
  LetPass(absl::Minutes(5) - absl::Nanoseconds(1));

  const v1::SendMessageResponse duplicate = server_.SendToGroup("orders.fifo", "other", "a");

  EXPECT_EQ(duplicate.message_id(), original.message_id());
  EXPECT_EQ(duplicate.sequence_number(), original.sequence_number());
  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("a"));
}

TEST_F(MessageActionsTest, AfterTheDedupWindowTheSameIdIsANewMessage) {
  const v1::SendMessageResponse original = server_.SendToGroup("orders.fifo", "g", "a");
  LetPass(absl::Minutes(5));

  const v1::SendMessageResponse later = server_.SendToGroup("orders.fifo", "g", "a");

  EXPECT_NE(later.message_id(), original.message_id());
  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("a", "a"));
}

TEST_F(MessageActionsTest, ADeletedMessageIsStillADuplicatesOriginal) {
  const v1::SendMessageResponse original = server_.SendToGroup("orders.fifo", "g", "a");
  EXPECT_EQ(Delete("orders.fifo", ReceiveHandle("orders.fifo")), std::nullopt);

  EXPECT_EQ(server_.SendToGroup("orders.fifo", "g", "a").message_id(), original.message_id());

  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), IsEmpty());
}

TEST_F(MessageActionsTest, AReceiveTakesOneUnlessAskedForMore) {
  for (const char* body : {"a", "b", "c"}) server_.Send("jobs", body);
  v1::ReceiveMessageRequest request;
  request.set_queue_url("jobs");
  v1::ReceiveMessageResponse response;

  EXPECT_EQ(server_.Call(request, response), std::nullopt);

  EXPECT_EQ(response.messages_size(), 1);
  EXPECT_EQ(server_.Receive("jobs", 10).size(), 2u);
}

TEST_F(MessageActionsTest, AnEmptyQueueIsNoError) {
  EXPECT_THAT(server_.Receive("jobs"), IsEmpty());
}

TEST_F(MessageActionsTest, TheVisibilityIsTheReceivesElseTheQueues) {
  server_.CreateQueue("hour", {{"VisibilityTimeout", "3600"}});
  server_.Send("hour", "a");
  EXPECT_EQ(server_.CallWithText("ReceiveMessage", "queue_url: 'hour' visibility_timeout: 10"),
            std::nullopt);

  LetPass(absl::Seconds(10) - absl::Nanoseconds(1));
  EXPECT_THAT(server_.ReceiveBodies("hour"), IsEmpty());
  LetPass(absl::Nanoseconds(1));
  EXPECT_THAT(server_.ReceiveBodies("hour"), ElementsAre("a"));
  LetPass(absl::Hours(1) - absl::Nanoseconds(1));
  EXPECT_THAT(server_.ReceiveBodies("hour"), IsEmpty());
  LetPass(absl::Nanoseconds(1));
  EXPECT_THAT(server_.ReceiveBodies("hour"), ElementsAre("a"));
}

TEST_F(MessageActionsTest, TheWaitIsTheReceivesElseTheQueues) {
  server_.CreateQueue("patient", {{"ReceiveMessageWaitTimeSeconds", "5"}});
  v1::ReceiveMessageRequest request;
  request.set_queue_url("patient");
  v1::ReceiveMessageResponse response;
  TestCall poll(server_.context, server_.board());

  poll.Start(ActionNamed("ReceiveMessage"), request, response);
  LetPass(absl::Seconds(5) - absl::Nanoseconds(1));
  EXPECT_EQ(poll.times_done(), 0);
  LetPass(absl::Nanoseconds(1));
  poll.Await();
  EXPECT_EQ(poll.error(), std::nullopt);

  // An explicit zero is a short poll.
  EXPECT_EQ(server_.CallWithText("ReceiveMessage", "queue_url: 'patient' wait_time_seconds: 0"),
            std::nullopt);
}

TEST_F(MessageActionsTest, AStandardQueueIgnoresTheAttemptId) {
  EXPECT_EQ(server_.CallWithText("ReceiveMessage",
                                 "queue_url: 'jobs' receive_request_attempt_id: 'attempt'"),
            std::nullopt);
}

TEST_F(MessageActionsTest, NamesOfAttributesThatNoMessageHasAreAccepted) {
  server_.Send("jobs", "a");

  EXPECT_EQ(
      server_.CallWithText("ReceiveMessage", "queue_url: 'jobs' message_attribute_names: 'All'"),
      std::nullopt);
}

struct QueueCase {
  const char* name;
  const char* queue;
};

// What both kinds of queue do alike.
class EitherKindTest : public MessageActionsTest, public ::testing::WithParamInterface<QueueCase> {
 protected:
  void Send(const std::string& body) {
    if (absl::string_view(GetParam().queue) == "jobs") {
      server_.Send(queue_, body);
    } else {
      server_.SendToGroup(queue_, "g", body);
    }
  }
  const std::string queue_ = GetParam().queue;
};

TEST_P(EitherKindTest, ADeletedMessageIsNotReceivedAgain) {
  Send("a");

  EXPECT_EQ(Delete(queue_, ReceiveHandle(queue_)), std::nullopt);

  LetPass(absl::Hours(1));
  EXPECT_THAT(server_.ReceiveBodies(queue_), IsEmpty());
}

TEST_P(EitherKindTest, DeletingTwiceSucceeds) {
  Send("a");
  const std::string handle = ReceiveHandle(queue_);

  EXPECT_EQ(Delete(queue_, handle), std::nullopt);
  EXPECT_EQ(Delete(queue_, handle), std::nullopt);
}

TEST_P(EitherKindTest, VisibilityZeroGivesTheMessageBackAtOnce) {
  Send("a");

  EXPECT_EQ(ChangeVisibility(queue_, ReceiveHandle(queue_), 0), std::nullopt);

  const std::vector<v1::Message> again = server_.Receive(queue_);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(server_.DeliveryOf(again[0]), 2u);
}

TEST_P(EitherKindTest, AChangedVisibilityCountsFromTheCall) {
  Send("a");
  const std::string handle = ReceiveHandle(queue_);
  LetPass(absl::Seconds(20));

  EXPECT_EQ(ChangeVisibility(queue_, handle, 60), std::nullopt);

  LetPass(absl::Seconds(60) - absl::Nanoseconds(1));
  EXPECT_THAT(server_.ReceiveBodies(queue_), IsEmpty());
  LetPass(absl::Nanoseconds(1));
  EXPECT_THAT(server_.ReceiveBodies(queue_), ElementsAre("a"));
}

TEST_P(EitherKindTest, TheVisibilityOfADeletedMessageCannotBeChanged) {
  Send("a");
  const std::string handle = ReceiveHandle(queue_);
  Delete(queue_, handle);

  EXPECT_EQ(ChangeVisibility(queue_, handle, 60),
            (ApiError{.code = ApiErrorCode::kMessageNotAvailable, .value = handle}));
}

TEST_P(EitherKindTest, ExtensionsEndTwelveHoursAfterTheReceive) {
  Send("a");
  const std::string handle = ReceiveHandle(queue_);
  EXPECT_EQ(ChangeVisibility(queue_, handle, 43'199), std::nullopt);
  LetPass(absl::Hours(6));

  EXPECT_EQ(ChangeVisibility(queue_, handle, 21'600),
            (ApiError{.code = ApiErrorCode::kVisibilityTotalTooLong, .value = "21600"}));
  EXPECT_EQ(ChangeVisibility(queue_, handle, 21'599), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Kinds, EitherKindTest,
                         ::testing::Values(QueueCase{"Standard", "jobs"},
                                           QueueCase{"Fifo", "orders.fifo"}),
                         [](const auto& test) { return test.param.name; });

TEST_F(MessageActionsTest, AStandardHandleDeletesAlsoAfterItsVisibility) {
  server_.Send("jobs", "a");
  const std::string handle = ReceiveHandle("jobs");
  LetPass(kVisibility);

  EXPECT_EQ(Delete("jobs", handle), std::nullopt);

  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
}

TEST_F(MessageActionsTest, AnOlderStandardHandleDeletesToo) {
  server_.Send("jobs", "a");
  const std::string older = ReceiveHandle("jobs");
  LetPass(kVisibility);
  const std::string newer = ReceiveHandle("jobs");

  EXPECT_EQ(Delete("jobs", older), std::nullopt);
  EXPECT_EQ(Delete("jobs", newer), std::nullopt);

  LetPass(kVisibility);
  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
}

TEST_F(MessageActionsTest, AFifoHandleDiesWithItsVisibility) {
  server_.SendToGroup("orders.fifo", "g", "a");
  const std::string handle = ReceiveHandle("orders.fifo");
  LetPass(kVisibility);

  EXPECT_EQ(Delete("orders.fifo", handle),
            (ApiError{.code = ApiErrorCode::kReceiptHandleExpired, .value = handle}));
  EXPECT_EQ(ChangeVisibility("orders.fifo", handle, 1),
            (ApiError{.code = ApiErrorCode::kMessageNotAvailable, .value = handle}));
  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("a"));
}

TEST_F(MessageActionsTest, ChangingTheVisibilityOfAVisibleStandardMessageDoesNothing) {
  server_.Send("jobs", "a");
  const std::string handle = ReceiveHandle("jobs");
  LetPass(kVisibility);

  EXPECT_EQ(ChangeVisibility("jobs", handle, 60), std::nullopt);

  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("a"));
}

}  // namespace
}  // namespace twinq::api
