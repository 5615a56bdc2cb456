// What a send stores, as far as it is decided before the queue sees it: delays, sizes, and what
// deduplicates (SQS semantics 2.8, 3.7, 4.6).

#include "server/api/new_messages.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/volatile_journal.h"
#include "server/api/message_text.h"
#include "tests/server/api/api_server.h"
#include "tests/server/api/request_fields.h"

namespace twinq::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class NewMessagesTest : public ::testing::Test {
 protected:
  // A send that must succeed, in protobuf's text form.
  void Send(const std::string& text) {
    EXPECT_EQ(server_.CallWithText("SendMessage", text), std::nullopt);
  }
  void Set(const std::string& queue, const std::string& attribute, const std::string& value) {
    EXPECT_EQ(server_.CallWithText("SetQueueAttributes", Url(queue) + Attribute(attribute, value)),
              std::nullopt);
  }
  void LetPass(absl::Duration span) {
    server_.shard.clock.Advance(span);
    server_.shard.runner.RunDue();
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
};

TEST_F(NewMessagesTest, AMessageIsDelayedByItsOwnDelay) {
  server_.CreateQueue("jobs");

  Send(Url("jobs") + Body("a") + Delay(900));

  LetPass(absl::Minutes(15) - absl::Nanoseconds(1));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
  LetPass(absl::Nanoseconds(1));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("a"));
}

TEST_F(NewMessagesTest, ItsOwnDelayCountsAgainstTheQueuesInBothDirections) {
  server_.CreateQueue("jobs", {{"DelaySeconds", "5"}});

  Send(Url("jobs") + Body("none") + Delay(0));
  Send(Url("jobs") + Body("longer") + Delay(6));
  Send(Url("jobs") + Body("the queue's"));

  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("none"));
  LetPass(absl::Seconds(5));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("the queue's"));
  LetPass(absl::Seconds(1));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("longer"));
}

TEST_F(NewMessagesTest, OnFifoADelayOfZeroDoesNotEndTheQueues) {
  server_.CreateQueue("orders.fifo", {{"DelaySeconds", "5"}});

  Send(Url("orders.fifo") + Body("a") + Group("g") + Dedup("d") + Delay(0));

  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), IsEmpty());
  LetPass(absl::Seconds(5));
  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("a"));
}

TEST_F(NewMessagesTest, EntriesOfABatchHaveEachTheirDelay) {
  server_.CreateQueue("jobs");

  EXPECT_EQ(server_.CallWithText("SendMessageBatch", Url("jobs") +
                                                         Entry(Id("1") + Body("later") + Delay(1)) +
                                                         Entry(Id("2") + Body("now"))),
            std::nullopt);

  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("now"));
  LetPass(absl::Seconds(1));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("later"));
}

TEST_F(NewMessagesTest, ABodyOfExactlyTheQueuesLimitIsAccepted) {
  server_.CreateQueue("small", {{"MaximumMessageSize", "1024"}});

  Send(Url("small") + Body(std::string(1'024, 'a')));

  EXPECT_EQ(server_.Receive("small").size(), 1u);
}

TEST_F(NewMessagesTest, ByContentEqualBodiesAreOneMessage) {
  server_.CreateQueue("content.fifo", {{"ContentBasedDeduplication", "true"}});

  Send(Url("content.fifo") + Body("a") + Group("g"));
  Send(Url("content.fifo") + Body("a") + Group("other"));
  Send(Url("content.fifo") + Body("b") + Group("g"));

  EXPECT_THAT(server_.ReceiveBodies("content.fifo"), ElementsAre("a", "b"));
}

TEST_F(NewMessagesTest, AnIdCountsBeforeTheContent) {
  server_.CreateQueue("content.fifo", {{"ContentBasedDeduplication", "true"}});

  Send(Url("content.fifo") + Body("a") + Group("g"));
  Send(Url("content.fifo") + Body("a") + Group("g") + Dedup("d"));
  Send(Url("content.fifo") + Body("b") + Group("g") + Dedup("d"));

  EXPECT_THAT(server_.ReceiveBodies("content.fifo"), ElementsAre("a", "a"));
}

TEST_F(NewMessagesTest, IdsAndContentShareOneNamespace) {
  server_.CreateQueue("content.fifo", {{"ContentBasedDeduplication", "true"}});

  Send(Url("content.fifo") + Body("a") + Group("g"));
  Send(Url("content.fifo") + Body("b") + Group("g") + Dedup(ContentDedupId("a")));
  Send(Url("content.fifo") + Body("c") + Group("g") + Dedup(ContentDedupId("d")));
  Send(Url("content.fifo") + Body("d") + Group("g"));

  EXPECT_THAT(server_.ReceiveBodies("content.fifo"), ElementsAre("a", "c"));
}

TEST_F(NewMessagesTest, ContentCountsFromTheChangeOn) {
  server_.CreateQueue("orders.fifo");
  EXPECT_EQ(server_.CallWithText("SendMessage", Url("orders.fifo") + Body("a") + Group("g")),
            ApiError{.code = ApiErrorCode::kMissingDedupId});

  Set("orders.fifo", "ContentBasedDeduplication", "true");
  Send(Url("orders.fifo") + Body("a") + Group("g"));
  Set("orders.fifo", "ContentBasedDeduplication", "false");

  EXPECT_EQ(server_.CallWithText("SendMessage", Url("orders.fifo") + Body("a") + Group("g")),
            ApiError{.code = ApiErrorCode::kMissingDedupId});
}

TEST_F(NewMessagesTest, InTheScopeOfTheGroupAnotherGroupsIdIsNoDuplicate) {
  server_.CreateQueue("groups.fifo", {{"DeduplicationScope", "messageGroup"}});

  Send(Url("groups.fifo") + Body("a") + Group("g") + Dedup("d"));
  Send(Url("groups.fifo") + Body("b") + Group("h") + Dedup("d"));
  Send(Url("groups.fifo") + Body("c") + Group("g") + Dedup("d"));

  EXPECT_THAT(server_.ReceiveBodies("groups.fifo"), ElementsAre("a", "b"));
}

TEST_F(NewMessagesTest, ContentKeepsToTheScopeToo) {
  server_.CreateQueue("groups.fifo", {{"DeduplicationScope", "messageGroup"},
                                      {"ContentBasedDeduplication", "true"}});

  Send(Url("groups.fifo") + Body("a") + Group("g"));
  Send(Url("groups.fifo") + Body("a") + Group("h"));
  Send(Url("groups.fifo") + Body("b") + Group("g") + Dedup(ContentDedupId("a")));

  EXPECT_THAT(server_.ReceiveBodies("groups.fifo"), ElementsAre("a", "a"));
}

// The attribute reads otherwise afterwards, and what it has remembered still counts.
TEST_F(NewMessagesTest, TheScopeOfTheCreationStays) {
  server_.CreateQueue("orders.fifo");
  Send(Url("orders.fifo") + Body("a") + Group("g") + Dedup("d"));

  Set("orders.fifo", "DeduplicationScope", "messageGroup");

  Send(Url("orders.fifo") + Body("b") + Group("h") + Dedup("d"));
  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("a"));
  server_.CreateQueue("orders.fifo", {{"DeduplicationScope", "messageGroup"}});
}

TEST_F(NewMessagesTest, OnlyFifoQueuesAnswerSequenceNumbers) {
  server_.CreateQueue("jobs");
  server_.CreateQueue("content.fifo", {{"ContentBasedDeduplication", "true"}});
  v1::SendMessageRequest request;
  request.set_message_body("a");
  request.set_message_group_id("g");

  for (const char* queue : {"jobs", "http://host:9323/000000000000/jobs", "content.fifo",
                            "http://host:9323/000000000000/content.fifo"}) {
    request.set_queue_url(queue);
    v1::SendMessageResponse response;
    EXPECT_EQ(server_.Call(request, response), std::nullopt);
    EXPECT_EQ(response.has_sequence_number(), absl::StrCat(queue).ends_with(".fifo")) << queue;
  }
}

}  // namespace
}  // namespace twinq::api
