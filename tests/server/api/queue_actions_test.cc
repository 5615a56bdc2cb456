#include "server/api/queue_actions.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "journal/volatile_journal.h"
#include "tests/server/api/api_server.h"

namespace twinq::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class QueueActionsTest : public ::testing::Test {
 protected:
  // One page of the list; the token of the next is kept for the next call.
  std::vector<std::string> ListPage(const v1::ListQueuesRequest& request) {
    v1::ListQueuesResponse response;
    EXPECT_EQ(server_.Call(request, response), std::nullopt);
    next_token_.reset();
    if (response.has_next_token()) next_token_ = response.next_token();
    return {response.queue_urls().begin(), response.queue_urls().end()};
  }
  std::vector<std::string> ListAll(const std::string& prefix = "") {
    v1::ListQueuesRequest request;
    if (!prefix.empty()) request.set_queue_name_prefix(prefix);
    return ListPage(request);
  }
  std::optional<ApiError> Delete(const std::string& queue) {
    v1::DeleteQueueRequest request;
    request.set_queue_url(queue);
    v1::DeleteQueueResponse response;
    return server_.Call(request, response);
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
  std::optional<std::string> next_token_;
};

TEST_F(QueueActionsTest, CreatingAnswersTheUrl) {
  EXPECT_EQ(server_.CreateQueue("jobs"), "http://host:9323/000000000000/jobs");
}

TEST_F(QueueActionsTest, NamesMayHave80Characters) {
  server_.CreateQueue(std::string(80, 'a'));
  server_.CreateQueue(std::string(75, 'a') + ".fifo");

  EXPECT_EQ(ListAll().size(), 2u);
}

struct FifoTextCase {
  const char* name;
  const char* text;
};

class FifoAttributeTest : public QueueActionsTest,
                          public ::testing::WithParamInterface<FifoTextCase> {};

TEST_P(FifoAttributeTest, TrueIsTrueInAnyCase) {
  v1::CreateQueueRequest request;
  request.set_queue_name("orders.fifo");
  (*request.mutable_attributes())["FifoQueue"] = GetParam().text;
  v1::CreateQueueResponse response;

  EXPECT_EQ(server_.Call(request, response), std::nullopt);

  EXPECT_EQ(response.queue_url(), "http://host:9323/000000000000/orders.fifo");
}

INSTANTIATE_TEST_SUITE_P(Cases, FifoAttributeTest,
                         ::testing::Values(FifoTextCase{"Lower", "true"},
                                           FifoTextCase{"Capital", "True"},
                                           FifoTextCase{"Upper", "TRUE"}),
                         [](const auto& test) { return test.param.name; });

TEST_F(QueueActionsTest, AttributesAtTheirLimitsAreAccepted) {
  server_.CreateQueue("shortest",
                      {{"VisibilityTimeout", "0"}, {"ReceiveMessageWaitTimeSeconds", "0"}});
  server_.CreateQueue("longest",
                      {{"VisibilityTimeout", "43200"}, {"ReceiveMessageWaitTimeSeconds", "20"}});

  EXPECT_EQ(ListAll().size(), 2u);
}

TEST_F(QueueActionsTest, CreatingAgainComparesOnlyWhatIsGiven) {
  const std::string url = server_.CreateQueue("jobs", {{"VisibilityTimeout", "60"}});

  EXPECT_EQ(server_.CreateQueue("jobs"), url);
  EXPECT_EQ(server_.CreateQueue("jobs", {{"VisibilityTimeout", "60"}}), url);
  // Left at its default then, and given as the default now.
  EXPECT_EQ(server_.CreateQueue("jobs", {{"ReceiveMessageWaitTimeSeconds", "0"}}), url);
}

TEST_F(QueueActionsTest, CreatingAgainKeepsTheMessages) {
  server_.CreateQueue("jobs");
  server_.Send("jobs", "a");

  server_.CreateQueue("jobs");

  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("a"));
}

TEST_F(QueueActionsTest, GetQueueUrlAnswersWhatCreationAnswered) {
  const std::string url = server_.CreateQueue("orders.fifo");
  v1::GetQueueUrlRequest request;
  request.set_queue_name("orders.fifo");
  v1::GetQueueUrlResponse response;

  EXPECT_EQ(server_.Call(request, response), std::nullopt);

  EXPECT_EQ(response.queue_url(), url);
}

TEST_F(QueueActionsTest, AUrlUnderAnyHostMeansTheQueue) {
  server_.CreateQueue("jobs");
  server_.Send("https://sqs.eu-west-1.amazonaws.com/123456789012/jobs", "a");

  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("a"));
}

TEST_F(QueueActionsTest, WithoutQueuesTheListIsEmpty) { EXPECT_THAT(ListAll(), IsEmpty()); }

TEST_F(QueueActionsTest, TheListIsInTheOrderOfTheNames) {
  for (const char* name : {"b", "a", "C", "a-1"}) server_.CreateQueue(name);

  EXPECT_THAT(ListAll(),
              ElementsAre("http://host:9323/000000000000/C", "http://host:9323/000000000000/a",
                          "http://host:9323/000000000000/a-1", "http://host:9323/000000000000/b"));
}

TEST_F(QueueActionsTest, APrefixIsCaseSensitive) {
  for (const char* name : {"job", "jobs", "Jobs", "new-jobs"}) server_.CreateQueue(name);

  EXPECT_THAT(ListAll("jobs"), ElementsAre("http://host:9323/000000000000/jobs"));
}

TEST_F(QueueActionsTest, PagesHaveAllQueuesOnceAndTheLastHasNoToken) {
  for (int i = 0; i < 25; ++i) server_.CreateQueue(absl::StrFormat("q-%02d", i));
  server_.CreateQueue("other");
  v1::ListQueuesRequest request;
  request.set_max_results(10);
  request.set_queue_name_prefix("q-");

  std::vector<size_t> page_sizes;
  std::vector<std::string> listed;
  do {
    const std::vector<std::string> page = ListPage(request);
    page_sizes.push_back(page.size());
    listed.insert(listed.end(), page.begin(), page.end());
    request.set_next_token(next_token_.value_or(""));
  } while (next_token_.has_value());

  EXPECT_THAT(page_sizes, ElementsAre(10u, 10u, 5u));
  EXPECT_EQ(listed, ListAll("q-"));
}

TEST_F(QueueActionsTest, APageThatTakesThemAllHasNoToken) {
  for (const char* name : {"a", "b", "c"}) server_.CreateQueue(name);
  v1::ListQueuesRequest request;
  request.set_max_results(3);

  EXPECT_EQ(ListPage(request).size(), 3u);

  EXPECT_EQ(next_token_, std::nullopt);
}

TEST_F(QueueActionsTest, ATokenOutlivesTheQueueThatItWasMadeFrom) {
  for (const char* name : {"a", "b", "c"}) server_.CreateQueue(name);
  v1::ListQueuesRequest request;
  request.set_max_results(2);
  ListPage(request);
  request.set_next_token(next_token_.value_or(""));
  EXPECT_EQ(Delete("b"), std::nullopt);

  EXPECT_THAT(ListPage(request), ElementsAre("http://host:9323/000000000000/c"));
}

TEST_F(QueueActionsTest, WithoutMaxResultsThereAre1000AndNoToken) {
  for (int i = 0; i < 1'001; ++i) server_.CreateQueue(absl::StrFormat("q-%04d", i));

  EXPECT_EQ(ListAll().size(), 1'000u);

  EXPECT_EQ(next_token_, std::nullopt);
}

TEST_F(QueueActionsTest, WithMaxResults1000ThereIsAToken) {
  for (int i = 0; i < 1'001; ++i) server_.CreateQueue(absl::StrFormat("q-%04d", i));
  v1::ListQueuesRequest request;
  request.set_max_results(1'000);

  EXPECT_EQ(ListPage(request).size(), 1'000u);

  request.set_next_token(next_token_.value_or(""));
  EXPECT_EQ(ListPage(request).size(), 1u);
}

TEST_F(QueueActionsTest, ADeletedQueueIsGoneAndCannotBeDeletedAgain) {
  server_.CreateQueue("jobs");
  server_.Send("jobs", "a");

  EXPECT_EQ(Delete("jobs"), std::nullopt);

  EXPECT_THAT(ListAll(), IsEmpty());
  const ApiError gone{.code = ApiErrorCode::kQueueDoesNotExist};
  EXPECT_EQ(Delete("jobs"), gone);
  EXPECT_EQ(server_.CallWithText("GetQueueUrl", "queue_name: 'jobs'"), gone);
  EXPECT_EQ(server_.CallWithText("SendMessage", "queue_url: 'jobs' message_body: 'a'"), gone);
}

TEST_F(QueueActionsTest, AQueueOfADeletedQueuesNameHasNoneOfItsMessages) {
  server_.CreateQueue("jobs");
  server_.Send("jobs", "a");
  const std::string old_handle = server_.Receive("jobs")[0].receipt_handle();
  Delete("jobs");

  server_.shard.clock.Advance(kDeletedNameInterval);
  server_.CreateQueue("jobs");

  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
  const std::optional<ApiError> error = server_.CallWithText(
      "DeleteMessage", absl::StrCat("queue_url: 'jobs' receipt_handle: '", old_handle, "'"));
  EXPECT_EQ(error,
            (ApiError{.code = ApiErrorCode::kReceiptHandleOfOtherQueue, .value = old_handle}));
}

TEST_F(QueueActionsTest, DeletingEndsLongPolls) {
  server_.CreateQueue("jobs");
  v1::ReceiveMessageRequest request;
  request.set_queue_url("jobs");
  request.set_wait_time_seconds(20);
  v1::ReceiveMessageResponse response;
  TestCall poll(server_.context, server_.board());
  poll.Start(ActionNamed("ReceiveMessage"), request, response);
  ASSERT_EQ(poll.times_done(), 0);

  Delete("jobs");

  poll.Await();
  EXPECT_EQ(poll.error(), ApiError{.code = ApiErrorCode::kQueueDoesNotExist});
}

}  // namespace
}  // namespace twinq::api
