#include "client/lib/queue_client.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "client/lib/call_status.h"
#include "client/lib/channel.h"
#include "tests/client/scripted_server.h"

namespace twinq::client {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using Call = ScriptedServer::Call;

QueueClient ClientOf(const ScriptedServer& server) {
  return QueueClient(Connect(server.address()));
}

TEST(QueueClientTest, CreatesAStandardQueueWithoutMentioningTheKind) {
  v1::CreateQueueRequest seen;
  ScriptedServer server({.create_queue = [&](const Call&, const auto& request, auto& response) {
    seen = request;
    response.set_queue_url("http://host/0/orders");
    return absl::OkStatus();
  }});

  const auto url =
      ClientOf(server).CreateQueue("orders", QueueKind::kStandard, {{"DelaySeconds", "5"}});

  ASSERT_TRUE(url.ok()) << url.status();
  EXPECT_EQ(*url, "http://host/0/orders");
  EXPECT_EQ(seen.queue_name(), "orders");
  EXPECT_THAT(seen.attributes(), UnorderedElementsAre(Pair("DelaySeconds", "5")));
}

TEST(QueueClientTest, CreatesAFifoQueueByAttribute) {
  v1::CreateQueueRequest seen;
  ScriptedServer server({.create_queue = [&](const Call&, const auto& request, auto&) {
    seen = request;
    return absl::OkStatus();
  }});

  ASSERT_TRUE(ClientOf(server).CreateQueue("orders.fifo", QueueKind::kFifo).ok());

  EXPECT_THAT(seen.attributes(), UnorderedElementsAre(Pair("FifoQueue", "true")));
}

TEST(QueueClientTest, FindsListsAndDeletesQueues) {
  std::string deleted;
  ScriptedServer server({.get_queue_url =
                             [](const Call&, const auto& request, auto& response) {
                               response.set_queue_url("http://host/0/" + request.queue_name());
                               return absl::OkStatus();
                             },
                         .list_queues =
                             [](const Call&, const auto&, auto& response) {
                               response.add_queue_urls("http://host/0/a");
                               response.add_queue_urls("http://host/0/b");
                               return absl::OkStatus();
                             },
                         .delete_queue =
                             [&](const Call&, const auto& request, auto&) {
                               deleted = request.queue_url();
                               return absl::OkStatus();
                             }});
  QueueClient client = ClientOf(server);

  EXPECT_EQ(client.GetQueueUrl("orders").value(), "http://host/0/orders");
  EXPECT_THAT(client.ListQueues().value().urls, ElementsAre("http://host/0/a", "http://host/0/b"));
  EXPECT_TRUE(client.DeleteQueue("orders").ok());
  EXPECT_EQ(deleted, "orders");
}

TEST(QueueClientTest, SendLeavesOutWhatWasNotGiven) {
  v1::SendMessageRequest seen;
  ScriptedServer server({.send_message = [&](const Call&, const auto& request, auto& response) {
    seen = request;
    response.set_message_id("id-1");
    return absl::OkStatus();
  }});

  const auto sent = ClientOf(server).SendMessage("orders", "hello");

  ASSERT_TRUE(sent.ok()) << sent.status();
  EXPECT_EQ(sent->message_id, "id-1");
  EXPECT_EQ(sent->sequence_number, "");
  EXPECT_EQ(seen.message_body(), "hello");
  EXPECT_FALSE(seen.has_message_group_id());
  EXPECT_FALSE(seen.has_message_deduplication_id());
}

TEST(QueueClientTest, SendPassesEmptyGroupAndDedupIdOn) {
  v1::SendMessageRequest seen;
  ScriptedServer server({.send_message = [&](const Call&, const auto& request, auto& response) {
    seen = request;
    response.set_sequence_number("18849496460467696128");
    return absl::OkStatus();
  }});

  const auto sent =
      ClientOf(server).SendMessage("orders.fifo", "hello", {.group_id = "", .dedup_id = "d"});

  ASSERT_TRUE(sent.ok()) << sent.status();
  EXPECT_EQ(sent->sequence_number, "18849496460467696128");
  EXPECT_TRUE(seen.has_message_group_id());
  EXPECT_EQ(seen.message_deduplication_id(), "d");
}

TEST(QueueClientTest, ReceivesMessagesInTheOrderOfTheAnswer) {
  v1::ReceiveMessageRequest seen;
  ScriptedServer server({.receive_message = [&](const Call&, const auto& request, auto& response) {
    seen = request;
    for (const char* body : {"first", "second"}) {
      v1::Message& message = *response.add_messages();
      message.set_body(body);
      message.set_message_id(std::string("id of ") + body);
      message.set_receipt_handle(std::string("handle of ") + body);
    }
    return absl::OkStatus();
  }});

  const auto messages = ClientOf(server).ReceiveMessages(
      "orders",
      {.messages_max = 10, .visibility_timeout = absl::Minutes(1), .wait = absl::Seconds(2)});

  ASSERT_TRUE(messages.ok()) << messages.status();
  ASSERT_EQ(messages->size(), 2u);
  EXPECT_EQ((*messages)[0].body, "first");
  EXPECT_EQ((*messages)[1].message_id, "id of second");
  EXPECT_EQ((*messages)[1].receipt_handle, "handle of second");
  EXPECT_EQ(seen.max_number_of_messages(), 10);
  EXPECT_EQ(seen.visibility_timeout(), 60);
  EXPECT_EQ(seen.wait_time_seconds(), 2);
}

TEST(QueueClientTest, RefusesPartsOfASecondWithoutACall) {
  ScriptedServer server({});
  QueueClient client = ClientOf(server);

  EXPECT_EQ(client.ReceiveMessages("q", {.wait = absl::Milliseconds(500)}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(client.ChangeMessageVisibility("q", "h", absl::Milliseconds(500)).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(QueueClientTest, DeletesAndChangesVisibilityByHandle) {
  v1::DeleteMessageRequest deleted;
  v1::ChangeMessageVisibilityRequest changed;
  ScriptedServer server({.delete_message =
                             [&](const Call&, const auto& request, auto&) {
                               deleted = request;
                               return absl::OkStatus();
                             },
                         .change_message_visibility =
                             [&](const Call&, const auto& request, auto&) {
                               changed = request;
                               return absl::OkStatus();
                             }});
  QueueClient client = ClientOf(server);

  ASSERT_TRUE(client.DeleteMessage("orders", "h1").ok());
  ASSERT_TRUE(client.ChangeMessageVisibility("orders", "h2", absl::ZeroDuration()).ok());

  EXPECT_EQ(deleted.queue_url(), "orders");
  EXPECT_EQ(deleted.receipt_handle(), "h1");
  EXPECT_EQ(changed.receipt_handle(), "h2");
  EXPECT_TRUE(changed.has_visibility_timeout());
  EXPECT_EQ(changed.visibility_timeout(), 0);
}

TEST(QueueClientTest, AnErrorCarriesTextCodeAndName) {
  ScriptedServer server({.delete_queue = [](const Call&, const auto&, auto&) {
    return WithSqsErrorName(absl::NotFoundError("The specified queue does not exist."),
                            "QueueDoesNotExist");
  }});

  const absl::Status status = ClientOf(server).DeleteQueue("orders");

  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "The specified queue does not exist.");
  EXPECT_EQ(SqsErrorName(status), "QueueDoesNotExist");
}

TEST(QueueClientTest, AMethodThatTheServerLacksIsUnimplementedWithoutAName) {
  ScriptedServer server({});

  const absl::Status status = ClientOf(server).DeleteQueue("orders");

  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
  EXPECT_EQ(SqsErrorName(status), "");
}

TEST(QueueClientTest, NoServerIsUnavailableAtOnce) {
  std::string address;
  {
    ScriptedServer server({});
    address = server.address();
  }

  const absl::Status status = QueueClient(Connect(address)).DeleteQueue("orders");

  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(SqsErrorName(status), "");
}

// A call that fails at once leaves gRPC no time to connect, so only calls could keep it from it.
TEST(QueueClientTest, ServerThatIsBackIsFoundByAFewCalls) {
  ScriptedServer::Script script = {
      .delete_queue = [](const Call&, const auto&, auto&) { return absl::OkStatus(); }};
  auto server = std::make_unique<ScriptedServer>(script);
  const std::string address = server->address();
  QueueClient client(Connect(address));
  ASSERT_EQ(client.DeleteQueue("orders"), absl::OkStatus());
  server = nullptr;
  while (client.DeleteQueue("orders").ok()) {
  }
  server = std::make_unique<ScriptedServer>(script, address);

  constexpr int kCallsMax = 20;
  int calls = 1;
  while (calls < kCallsMax && !client.DeleteQueue("orders").ok()) ++calls;

  EXPECT_LT(calls, kCallsMax);
}

TEST(QueueClientTest, ACallEndsAtItsDeadline) {
  absl::Notification has_given_up;
  ScriptedServer server({.delete_queue = [&](const Call&, const auto&, auto&) {
    has_given_up.WaitForNotification();
    return absl::OkStatus();
  }});

  const absl::Status status =
      QueueClient(Connect(server.address()), absl::Milliseconds(20)).DeleteQueue("orders");
  has_given_up.Notify();

  EXPECT_EQ(status.code(), absl::StatusCode::kDeadlineExceeded);
}

TEST(QueueClientTest, AReceiveMayTakeItsWaitLonger) {
  std::vector<absl::Duration> deadlines;
  ScriptedServer server({.receive_message = [&](const Call& call, const auto&, auto&) {
    deadlines.push_back(call.deadline);
    return absl::OkStatus();
  }});
  QueueClient client = ClientOf(server);

  ASSERT_TRUE(client.ReceiveMessages("q", {.wait = absl::ZeroDuration()}).ok());
  ASSERT_TRUE(client.ReceiveMessages("q", {.wait = absl::Hours(2)}).ok());
  ASSERT_TRUE(client.ReceiveMessages("q", {}).ok());

  // Loose bounds: the time between the calls is not ours to know.
  ASSERT_EQ(deadlines.size(), 3u);
  EXPECT_GT(deadlines[1] - deadlines[0], absl::Minutes(100));
  EXPECT_GT(deadlines[2] - deadlines[0], absl::Seconds(19));
  EXPECT_LT(deadlines[2], deadlines[1]);
}

}  // namespace
}  // namespace twinq::client
