#include "server/api/batch_actions.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

#include "core/base/check.h"
#include "journal/volatile_journal.h"
#include "tests/server/api/api_server.h"
#include "tests/server/api/request_fields.h"

namespace twinq::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kInvalid[] = "InvalidParameterValue";
constexpr char kMissingCode[] = "MissingParameter";

template <typename Response>
std::vector<std::string> Succeeded(const Response& response) {
  std::vector<std::string> ids;
  for (const auto& success : response.successful()) ids.push_back(success.id());
  return ids;
}

// "ID CODE: MESSAGE" of each failure.
template <typename Response>
std::vector<std::string> Failed(const Response& response) {
  std::vector<std::string> failures;
  for (const v1::BatchResultErrorEntry& failure : response.failed()) {
    EXPECT_TRUE(failure.sender_fault());
    failures.push_back(absl::StrCat(failure.id(), " ", failure.code(), ": ", failure.message()));
  }
  return failures;
}

// As in refusals.h: the same queues, with nothing in them.
class BatchTest : public ::testing::Test {
 protected:
  BatchTest() {
    server_.CreateQueue("jobs");
    server_.CreateQueue("small", {{"MaximumMessageSize", "1024"}});
    server_.CreateQueue("orders.fifo");
    server_.CreateQueue("content.fifo", {{"ContentBasedDeduplication", "true"}});
  }

  // A batch that is not refused as a whole; the request in protobuf's text form.
  template <typename Request, typename Response>
  Response Ask(const std::string& text) {
    Request request;
    TWINQ_CHECK(google::protobuf::TextFormat::ParseFromString(text, &request));
    Response response;
    EXPECT_EQ(server_.Call(request, response), std::nullopt);
    return response;
  }
  v1::SendMessageBatchResponse Send(const std::string& text) {
    return Ask<v1::SendMessageBatchRequest, v1::SendMessageBatchResponse>(text);
  }
  v1::DeleteMessageBatchResponse Delete(const std::string& text) {
    return Ask<v1::DeleteMessageBatchRequest, v1::DeleteMessageBatchResponse>(text);
  }
  v1::ChangeMessageVisibilityBatchResponse Change(const std::string& text) {
    return Ask<v1::ChangeMessageVisibilityBatchRequest, v1::ChangeMessageVisibilityBatchResponse>(
        text);
  }
  // The handles of so many messages, newly sent and received, each in a group of its own.
  std::vector<std::string> Handles(const std::string& queue, int count) {
    for (int i = 0; i < count; ++i) {
      if (queue == "jobs") {
        server_.Send(queue, absl::StrCat(i));
      } else {
        server_.SendToGroup(queue, absl::StrCat(i), absl::StrCat(i));
      }
    }
    std::vector<std::string> handles;
    for (const v1::Message& message : server_.Receive(queue)) {
      handles.push_back(message.receipt_handle());
    }
    return handles;
  }
  void LetPass(absl::Duration span) {
    server_.shard.clock.Advance(span);
    server_.shard.runner.RunDue();
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
};

TEST_F(BatchTest, TenSendsAreStoredInTheirOrder) {
  const v1::SendMessageBatchResponse sent = Send(Url("jobs") + Entries(10, Body("a")));

  EXPECT_THAT(Succeeded(sent), ElementsAre("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
  EXPECT_THAT(Failed(sent), IsEmpty());
  const std::vector<v1::Message> received = server_.Receive("jobs");
  ASSERT_EQ(received.size(), 10u);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(received[static_cast<size_t>(i)].message_id(), sent.successful(i).message_id());
    EXPECT_FALSE(sent.successful(i).has_sequence_number());
  }
}

TEST_F(BatchTest, FifoSendsHaveRisingSequenceNumbers) {
  const v1::SendMessageBatchResponse sent =
      Send(Url("orders.fifo") + Entry(Id("b") + Body("1") + Group("g") + Dedup("1")) +
           Entry(Id("a") + Body("2") + Group("g") + Dedup("2")));

  ASSERT_THAT(Succeeded(sent), ElementsAre("b", "a"));
  EXPECT_LT(sent.successful(0).sequence_number(), sent.successful(1).sequence_number());
  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("1", "2"));
}

TEST_F(BatchTest, IdsOfAllCharactersAndTheGreatestLengthAreAccepted) {
  const std::string longest(80, 'z');
  const std::string all = "AZaz09-_";

  const v1::SendMessageBatchResponse sent =
      Send(Url("jobs") + Entry(Id(longest) + Body("a")) + Entry(Id(all) + Body("b")));

  EXPECT_THAT(Succeeded(sent), ElementsAre(longest, all));
}

TEST_F(BatchTest, IdsThatDifferInCaseOnlyAreDistinct) {
  EXPECT_THAT(
      Succeeded(Send(Url("jobs") + Entry(Id("a") + Body("1")) + Entry(Id("A") + Body("2")))),
      ElementsAre("a", "A"));
}

TEST_F(BatchTest, OneMebibyteInAllIsAccepted) {
  const std::string half(524'288, 'a');

  const v1::SendMessageBatchResponse sent =
      Send(Url("jobs") + Entry(Id("1") + Body(half)) + Entry(Id("2") + Body(half)));

  EXPECT_THAT(Succeeded(sent), ElementsAre("1", "2"));
}

TEST_F(BatchTest, TwoOfOneDedupIdAreOneMessage) {
  const v1::SendMessageBatchResponse sent =
      Send(Url("orders.fifo") + Entry(Id("1") + Body("a") + Group("g") + Dedup("d")) +
           Entry(Id("2") + Body("b") + Group("g") + Dedup("d")));

  ASSERT_THAT(Succeeded(sent), ElementsAre("1", "2"));
  EXPECT_EQ(sent.successful(0).message_id(), sent.successful(1).message_id());
  EXPECT_EQ(sent.successful(0).sequence_number(), sent.successful(1).sequence_number());
  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("a"));
}

TEST_F(BatchTest, EqualBodiesAreOneMessageByContent) {
  const v1::SendMessageBatchResponse sent =
      Send(Url("content.fifo") + Entries(2, Body("a") + Group("g")));

  ASSERT_THAT(Succeeded(sent), ElementsAre("1", "2"));
  EXPECT_EQ(sent.successful(0).message_id(), sent.successful(1).message_id());
  EXPECT_THAT(server_.ReceiveBodies("content.fifo"), ElementsAre("a"));
}

TEST_F(BatchTest, AnAnswerMayBeAllFailures) {
  const v1::SendMessageBatchResponse sent = Send(Url("jobs") + Entries(10, Body("\\x01")));

  EXPECT_THAT(Succeeded(sent), IsEmpty());
  EXPECT_EQ(sent.failed_size(), 10);
  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
}

// A failed entry does not hold up those of its group behind it.
TEST_F(BatchTest, TheGroupGoesOnWithoutAFailedEntry) {
  const v1::SendMessageBatchResponse sent =
      Send(Url("orders.fifo") + Entry(Id("1") + Body("1") + Group("g") + Dedup("1")) +
           Entry(Id("2") + Body("\\x02") + Group("g") + Dedup("2")) +
           Entry(Id("3") + Body("3") + Group("g") + Dedup("3")));

  EXPECT_THAT(Succeeded(sent), ElementsAre("1", "3"));
  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("1", "3"));
}

// A failed send is no original of later ones.
TEST_F(BatchTest, AFailedEntryIsNotRemembered) {
  Send(Url("orders.fifo") + Entry(Id("1") + Body("\\x01") + Group("g") + Dedup("d")));

  Send(Url("orders.fifo") + Entry(Id("1") + Body("a") + Group("g") + Dedup("d")));

  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("a"));
}

struct FailureCase {
  const char* name;
  const char* queue;
  std::string fields;  // Of the entry "bad".
  const char* code;
  std::string message;
};

std::string FailureCaseName(const ::testing::TestParamInfo<FailureCase>& test) {
  return test.param.name;
}

class SendFailureTest : public BatchTest, public ::testing::WithParamInterface<FailureCase> {};

TEST_P(SendFailureTest, IsOfItsEntryAlone) {
  const std::string queue = GetParam().queue;
  const auto good = [&queue](const char* id) {
    return Entry(Id(id) + Body(id) + (queue.ends_with(".fifo") ? Group("g") + Dedup(id) : ""));
  };

  const v1::SendMessageBatchResponse sent =
      Send(Url(queue) + good("1") + Entry(Id("bad") + GetParam().fields) + good("2"));

  EXPECT_THAT(Failed(sent),
              ElementsAre(absl::StrCat("bad ", GetParam().code, ": ", GetParam().message)));
  EXPECT_THAT(Succeeded(sent), ElementsAre("1", "2"));
  EXPECT_THAT(server_.ReceiveBodies(queue), ElementsAre("1", "2"));
}

constexpr char kEntryTooLong[] =
    "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.";
constexpr char kNoBody[] =
    "The request must contain the parameter SendMessageBatchRequestEntry.2.MessageBody.";

INSTANTIATE_TEST_SUITE_P(
    Standard, SendFailureTest,
    ::testing::Values(
        FailureCase{"BodyAbsent", "jobs", "", kMissingCode, kNoBody},
        FailureCase{"BodyEmpty", "jobs", Body(""), kMissingCode, kNoBody},
        FailureCase{"ControlCharacter", "jobs", Body("\\x01"), "InvalidMessageContents",
                    kBadContents},
        FailureCase{"NoCharacter", "jobs", Body("\xEF\xBF\xBE"), "InvalidMessageContents",
                    kBadContents},
        FailureCase{"TooLong", "small", Body(std::string(1'025, 'a')), kInvalid, kEntryTooLong},
        FailureCase{"TooLongBeforeContent", "small", Body("\\x01" + std::string(1'024, 'a')),
                    kInvalid, kEntryTooLong},
        FailureCase{"DelayNegative", "jobs", Body("a") + Delay(-1), kInvalid,
                    InvalidValue("-1", "DelaySeconds", kDelayRange)},
        FailureCase{"DelayAboveMax", "jobs", Body("a") + Delay(901), kInvalid,
                    InvalidValue("901", "DelaySeconds", kDelayRange)},
        FailureCase{"DelayBeforeSize", "small", Body(std::string(1'025, 'a')) + Delay(901),
                    kInvalid, InvalidValue("901", "DelaySeconds", kDelayRange)},
        FailureCase{"GroupEmpty", "jobs", Body("a") + Group(""), kInvalid,
                    BadId("", "MessageGroupId")},
        FailureCase{"GroupWithSpace", "jobs", Body("a") + Group("a b"), kInvalid,
                    BadId("a b", "MessageGroupId")},
        FailureCase{"DedupId", "jobs", Body("a") + Dedup("d"), kInvalid, kNotForTypeInBatch},
        FailureCase{"Attributes", "jobs",
                    Body("a") + "message_attributes { key: 'a' value { data_type: 'String' } } ",
                    kInvalid,
                    "Message (user) attribute 'a' must contain a non-empty value of type "
                    "'String'."},
        FailureCase{
            "SystemAttributes", "jobs",
            Body("a") + "message_system_attributes { key: 'a' value { data_type: 'String' } } ",
            kInvalid,
            "Message system attribute 'a' is invalid. The only one that can be sent is "
            "AWSTraceHeader, a String of 1 to 4096 bytes."}),
    FailureCaseName);

INSTANTIATE_TEST_SUITE_P(
    Fifo, SendFailureTest,
    ::testing::Values(FailureCase{"BodyEmpty", "orders.fifo", Body("") + Group("g") + Dedup("d"),
                                  kMissingCode, kNoBody},
                      FailureCase{"BodyEmptyByContent", "content.fifo", Body("") + Group("g"),
                                  kMissingCode, kNoBody},
                      FailureCase{"Delay", "orders.fifo",
                                  Body("a") + Group("g") + Dedup("d") + Delay(3), kInvalid,
                                  kNotForTypeInBatch},
                      FailureCase{"GroupEmpty", "orders.fifo", Body("a") + Group("") + Dedup("d"),
                                  kInvalid, BadId("", "MessageGroupId")},
                      FailureCase{"Group129", "orders.fifo",
                                  Body("a") + Group(std::string(129, 'g')) + Dedup("d"), kInvalid,
                                  BadId(std::string(129, 'g'), "MessageGroupId")},
                      FailureCase{"DedupIdEmpty", "orders.fifo", Body("a") + Group("g") + Dedup(""),
                                  kInvalid, BadId("", "MessageDeduplicationId")},
                      FailureCase{"DedupIdWithSpace", "content.fifo",
                                  Body("a") + Group("g") + Dedup("a b"), kInvalid,
                                  BadId("a b", "MessageDeduplicationId")},
                      FailureCase{"Content", "content.fifo", Body("\\x1F") + Group("g"),
                                  "InvalidMessageContents", kBadContents}),
    FailureCaseName);

TEST_F(BatchTest, WhatAFailureEchoesIsCut) {
  const std::string long_text(5'000, 'x');

  const v1::SendMessageBatchResponse sent =
      Send(Url("jobs") + Entry(Id("1") + Body("a") + Group(long_text)));
  const v1::DeleteMessageBatchResponse deleted =
      Delete(Url("jobs") + Entry(Id("1") + Handle(long_text)));

  const std::string cut(kEchoedBytesMax, 'x');
  EXPECT_THAT(Failed(sent),
              ElementsAre("1 InvalidParameterValue: " + BadId(cut, "MessageGroupId")));
  EXPECT_THAT(Failed(deleted), ElementsAre("1 ReceiptHandleIsInvalid: " + NoHandle(cut)));
}

TEST_F(BatchTest, TenMessagesAreDeleted) {
  const std::vector<std::string> handles = Handles("jobs", 10);
  std::string request = Url("jobs");
  for (size_t i = 0; i < handles.size(); ++i) {
    request += Entry(Id(absl::StrCat(i)) + Handle(handles[i]));
  }

  const v1::DeleteMessageBatchResponse deleted = Delete(request);

  EXPECT_THAT(Succeeded(deleted), ElementsAre("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
  LetPass(absl::Hours(1));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
}

TEST_F(BatchTest, BothListsAreInTheOrderOfTheRequest) {
  const std::vector<std::string> handles = Handles("jobs", 2);
  const std::string foreign = Handles("orders.fifo", 1)[0];

  const v1::DeleteMessageBatchResponse deleted =
      Delete(Url("jobs") + Entry(Id("f") + Handle(foreign)) + Entry(Id("e") + Handle("garbage")) +
             Entry(Id("d") + Handle(handles[0])) + Entry(Id("c") + Handle(foreign)) +
             Entry(Id("b")) + Entry(Id("a") + Handle(handles[1])) + Entry(Id("0") + Handle("")));

  EXPECT_THAT(Succeeded(deleted), ElementsAre("d", "a"));
  EXPECT_THAT(
      Failed(deleted),
      ElementsAre(
          "f ReceiptHandleIsInvalid: " + HandleOfOther(foreign),
          "e ReceiptHandleIsInvalid: " + NoHandle("garbage"),
          "c ReceiptHandleIsInvalid: " + HandleOfOther(foreign),
          "b MissingParameter: " + Missing("DeleteMessageBatchRequestEntry.5.ReceiptHandle"),
          "0 MissingParameter: " + Missing("DeleteMessageBatchRequestEntry.7.ReceiptHandle")));
}

TEST_F(BatchTest, HandlesMayAllBeBad) {
  EXPECT_THAT(Failed(Delete(Url("jobs") + Entries(2, Handle("x")))),
              ElementsAre("1 ReceiptHandleIsInvalid: " + NoHandle("x"),
                          "2 ReceiptHandleIsInvalid: " + NoHandle("x")));
  EXPECT_THAT(Failed(Change(Url("jobs") + Entries(2, Handle("x")))),
              ElementsAre("1 ReceiptHandleIsInvalid: " + NoHandle("x"),
                          "2 ReceiptHandleIsInvalid: " + NoHandle("x")));
}

TEST_F(BatchTest, OneHandleInTwoEntriesSucceedsTwice) {
  for (const char* queue : {"jobs", "orders.fifo"}) {
    const std::string handle = Handles(queue, 1)[0];

    EXPECT_THAT(Succeeded(Delete(Url(queue) + Entries(2, Handle(handle)))), ElementsAre("1", "2"));
    EXPECT_THAT(Succeeded(Delete(Url(queue) + Entries(1, Handle(handle)))), ElementsAre("1"));
  }
}

// Not the code and text of the single action.
TEST_F(BatchTest, AnExpiredFifoHandleHasATextOfItsOwn) {
  const std::string expired = Handles("orders.fifo", 1)[0];
  LetPass(absl::Seconds(30));

  EXPECT_THAT(Failed(Delete(Url("orders.fifo") + Entries(1, Handle(expired)))),
              ElementsAre("1 ReceiptHandleIsInvalid: The receipt handle has expired"));
  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("0"));
}

TEST_F(BatchTest, AnExpiredStandardHandleDeletes) {
  const std::string expired = Handles("jobs", 1)[0];
  LetPass(absl::Seconds(30));

  EXPECT_THAT(Succeeded(Delete(Url("jobs") + Entries(1, Handle(expired)))), ElementsAre("1"));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
}

TEST_F(BatchTest, EachEntryHasItsOwnTimeoutAndNoneIsZero) {
  const std::vector<std::string> handles = Handles("jobs", 3);

  const v1::ChangeMessageVisibilityBatchResponse changed =
      Change(Url("jobs") + Entry(Id("1") + Handle(handles[0])) +
             Entry(Id("2") + Handle(handles[1]) + Timeout(60)) +
             Entry(Id("3") + Handle(handles[2]) + Timeout(0)));

  EXPECT_THAT(Succeeded(changed), ElementsAre("1", "2", "3"));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("0", "2"));
  LetPass(absl::Seconds(60) - absl::Nanoseconds(1));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("0", "2"));
  LetPass(absl::Nanoseconds(1));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("1"));
}

TEST_F(BatchTest, ChangesFailEachForItsOwnReason) {
  const std::vector<std::string> handles = Handles("jobs", 3);
  const std::string foreign = Handles("orders.fifo", 1)[0];
  Delete(Url("jobs") + Entries(1, Handle(handles[1])));

  const v1::ChangeMessageVisibilityBatchResponse changed =
      Change(Url("jobs") + Entry(Id("range") + Handle("garbage") + Timeout(43'201)) +
             Entry(Id("budget") + Handle(handles[0]) + Timeout(43'200)) +
             Entry(Id("deleted") + Handle(handles[1]) + Timeout(60)) +
             Entry(Id("foreign") + Handle(foreign) + Timeout(60)) +
             Entry(Id("missing") + Timeout(-1)) + Entry(Id("good") + Handle(handles[2])));

  EXPECT_THAT(Succeeded(changed), ElementsAre("good"));
  EXPECT_THAT(
      Failed(changed),
      ElementsAre("range InvalidParameterValue: " +
                      InvalidValue("43201", "VisibilityTimeout", kVisibilityRange),
                  "budget InvalidParameterValue: " +
                      InvalidValue("43200", "VisibilityTimeout",
                                   "Total VisibilityTimeout for the message is beyond the limit "
                                   "[43200 seconds]"),
                  "deleted InvalidParameterValue: " +
                      InvalidValue(handles[1], "ReceiptHandle",
                                   "Message does not exist or is not available for visibility "
                                   "timeout change."),
                  "foreign ReceiptHandleIsInvalid: " + HandleOfOther(foreign),
                  "missing MissingParameter: " +
                      Missing("ChangeMessageVisibilityBatchRequestEntry.5.ReceiptHandle")));
}

}  // namespace
}  // namespace twinq::api
