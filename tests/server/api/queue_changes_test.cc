// What SetQueueAttributes and PurgeQueue change: SQS semantics 2.5, 2.7 and 3.1.

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/volatile_journal.h"
#include "tests/server/api/api_server.h"
#include "tests/server/api/request_fields.h"

namespace twinq::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class QueueChangesTest : public ::testing::Test {
 protected:
  QueueChangesTest() {
    server_.CreateQueue("jobs");
    server_.CreateQueue("orders.fifo");
  }

  std::optional<ApiError> Set(const std::string& queue, const std::string& attributes) {
    return server_.CallWithText("SetQueueAttributes", Url(queue) + attributes);
  }
  std::optional<ApiError> Purge(const std::string& queue) {
    return server_.CallWithText("PurgeQueue", Url(queue));
  }
  void LetPass(absl::Duration span) {
    server_.shard.clock.Advance(span);
    server_.shard.runner.RunDue();
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
};

// CreateQueue finds the queue only if each attribute given equals its value.
TEST_F(QueueChangesTest, WhatIsGivenChangesAndTheRestStays) {
  server_.CreateQueue("set", {{"DelaySeconds", "1"}, {"VisibilityTimeout", "2"}});

  EXPECT_EQ(
      Set("set", Attribute("VisibilityTimeout", "3") + Attribute("MaximumMessageSize", "2048") +
                     Attribute("MessageRetentionPeriod", "61") +
                     Attribute("ReceiveMessageWaitTimeSeconds", "4")),
      std::nullopt);

  server_.CreateQueue("set", {{"DelaySeconds", "1"},
                              {"VisibilityTimeout", "3"},
                              {"MaximumMessageSize", "2048"},
                              {"MessageRetentionPeriod", "61"},
                              {"ReceiveMessageWaitTimeSeconds", "4"}});
}

TEST_F(QueueChangesTest, AFifoQueueMayBeToldThatItIsFifo) {
  EXPECT_EQ(Set("orders.fifo", Attribute("FifoQueue", "True")), std::nullopt);
  EXPECT_EQ(
      Set("orders.fifo", Attribute("FifoQueue", "true") + Attribute("VisibilityTimeout", "5")),
      std::nullopt);

  server_.CreateQueue("orders.fifo", {{"VisibilityTimeout", "5"}});
}

TEST_F(QueueChangesTest, OneBadAttributeLeavesAllAsTheyWere) {
  EXPECT_EQ(
      Set("jobs", Attribute("DelaySeconds", "5") + Attribute("VisibilityTimeout", "-1")),
      (ApiError{.code = ApiErrorCode::kInvalidAttributeValue, .parameter = "VisibilityTimeout"}));

  server_.CreateQueue("jobs", {{"DelaySeconds", "0"}, {"VisibilityTimeout", "30"}});
}

TEST_F(QueueChangesTest, AVisibilityTimeoutOfZeroStaysZero) {
  EXPECT_EQ(Set("jobs", Attribute("VisibilityTimeout", "0")), std::nullopt);
  server_.Send("jobs", "a");

  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("a"));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("a"));
}

TEST_F(QueueChangesTest, AShorterRetentionEndsMessagesThatAreThere) {
  server_.Send("jobs", "a");
  LetPass(absl::Minutes(2));

  EXPECT_EQ(Set("jobs", Attribute("MessageRetentionPeriod", "60")), std::nullopt);

  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
}

TEST_F(QueueChangesTest, ASmallerSizeCountsForLaterSends) {
  const std::string body(1'025, 'a');
  server_.Send("jobs", body);

  EXPECT_EQ(Set("jobs", Attribute("MaximumMessageSize", "1024")), std::nullopt);

  EXPECT_EQ(server_.CallWithText("SendMessage", Url("jobs") + Body(body)),
            (ApiError{.code = ApiErrorCode::kMessageTooLong, .value = "1024"}));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre(body));
}

TEST_F(QueueChangesTest, APurgeRemovesMessagesOfAllStates) {
  server_.Send("jobs", "in flight");
  const std::string handle = server_.Receive("jobs")[0].receipt_handle();
  server_.Send("jobs", "available");
  EXPECT_EQ(server_.CallWithText("SendMessage", Url("jobs") + Body("delayed") + Delay(1)),
            std::nullopt);

  EXPECT_EQ(Purge("http://host/000000000000/jobs"), std::nullopt);

  LetPass(absl::Hours(1));
  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
  EXPECT_EQ(server_.CallWithText("DeleteMessage", Url("jobs") + Handle(handle)), std::nullopt);
}

TEST_F(QueueChangesTest, AfterAPurgeADedupIdIsFree) {
  server_.SendToGroup("orders.fifo", "g", "a");

  EXPECT_EQ(Purge("orders.fifo"), std::nullopt);

  server_.SendToGroup("orders.fifo", "g", "a");
  EXPECT_THAT(server_.ReceiveBodies("orders.fifo"), ElementsAre("a"));
}

TEST_F(QueueChangesTest, ASecondPurgeWithinAMinuteIsRefused) {
  EXPECT_EQ(Purge("jobs"), std::nullopt);
  server_.Send("jobs", "a");
  LetPass(absl::Minutes(1) - absl::Nanoseconds(1));
  // The name, also where a URL was asked with.
  EXPECT_EQ(Purge("http://host/000000000000/jobs"),
            (ApiError{.code = ApiErrorCode::kPurgeInProgress, .value = "jobs"}));
  // Each queue has its own minute.
  EXPECT_EQ(Purge("orders.fifo"), std::nullopt);
  LetPass(absl::Nanoseconds(1));

  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("a"));
  EXPECT_EQ(Purge("jobs"), std::nullopt);
}

}  // namespace
}  // namespace twinq::api
