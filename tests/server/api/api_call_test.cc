#include "server/api/api_call.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "platform/thread.h"
#include "tests/server/api/api_server.h"
#include "tests/server/runtime/gated_journal.h"

namespace twinq::api {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::Duration kVisibility = absl::Seconds(30);

// A receive of up to ten messages that waits, with all that it needs.
struct LongPoll {
  LongPoll(ApiServer& server, const std::string& queue) : call(server.context, server.board()) {
    request.set_queue_url(queue);
    request.set_max_number_of_messages(10);
    request.set_wait_time_seconds(20);
  }
  void Start() { call.Start(ActionNamed("ReceiveMessage"), request, response); }

  v1::ReceiveMessageRequest request;
  v1::ReceiveMessageResponse response;
  TestCall call;
};

class ApiCallTest : public ::testing::Test {
 protected:
  static constexpr size_t kInboxMax = 2;

  ApiCallTest() {
    server_.CreateQueue("jobs");
    server_.CreateQueue("orders.fifo");
  }
  // From now on the strand is held: what is submitted waits in the inbox.
  void HoldStrand() {
    journal_.appends.Close();
    holder_ = platform::Thread("holder", [this] { server_.CreateQueue("held"); });
    journal_.appends.AwaitSomebody();
  }
  void LetStrandGo() {
    journal_.appends.Open();
    holder_.Join();
  }

  GatedJournal journal_;
  ApiServer server_{journal_, kInboxMax};
  platform::Thread holder_;
};

TEST_F(ApiCallTest, ARefusedRequestIsDoneOnce) {
  v1::SendMessageRequest request;
  v1::SendMessageResponse response;
  TestCall call(server_.context, server_.board());

  call.Start(ActionNamed("SendMessage"), request, response);

  EXPECT_EQ(call.times_done(), 1);
  EXPECT_TRUE(call.error().has_value());
}

TEST_F(ApiCallTest, ACallObjectServesOneCallAfterTheOther) {
  LongPoll poll(server_, "jobs");
  server_.Send("jobs", "a");
  poll.Start();
  poll.call.Await();
  ASSERT_EQ(poll.response.messages_size(), 1);
  poll.call.Forget();
  poll.response.Clear();
  server_.Send("jobs", "b");

  poll.Start();

  EXPECT_EQ(poll.call.times_done(), 2);
  ASSERT_EQ(poll.response.messages_size(), 1);
  EXPECT_EQ(poll.response.messages(0).body(), "b");
}

TEST_F(ApiCallTest, ACancelledLongPollIsDoneEmptyAndTakesNothing) {
  LongPoll poll(server_, "jobs");
  poll.Start();

  poll.call.Cancel();

  EXPECT_EQ(poll.call.times_done(), 1);
  EXPECT_EQ(poll.call.error(), std::nullopt);
  EXPECT_EQ(poll.response.messages_size(), 0);
  server_.Send("jobs", "a");
  const std::vector<v1::Message> received = server_.Receive("jobs");
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(server_.DeliveryOf(received[0]), 1u);
}

TEST_F(ApiCallTest, MessagesGivenToACancelledReceiveAreVisibleAtOnceAndCounted) {
  server_.Send("jobs", "a");
  server_.SendToGroup("orders.fifo", "g", "a");
  for (const char* queue : {"jobs", "orders.fifo"}) {
    LongPoll poll(server_, queue);
    HoldStrand();
    poll.Start();
    poll.call.Cancel();
    LetStrandGo();
    poll.call.Await();
    EXPECT_EQ(poll.response.messages_size(), 0);

    const std::vector<v1::Message> received = server_.Receive(queue);

    ASSERT_EQ(received.size(), 1u) << queue;
    EXPECT_EQ(server_.DeliveryOf(received[0]), 2u);
    EXPECT_EQ(server_.CallWithText("DeleteQueue", "queue_url: 'held'"), std::nullopt);
    server_.shard.clock.Advance(kDeletedNameInterval);
  }
}

TEST_F(ApiCallTest, CancellingASendDoesNotUndoIt) {
  v1::SendMessageRequest request;
  request.set_queue_url("jobs");
  request.set_message_body("a");
  v1::SendMessageResponse response;
  TestCall call(server_.context, server_.board());
  HoldStrand();
  call.Start(ActionNamed("SendMessage"), request, response);

  call.Cancel();
  LetStrandGo();

  call.Await();
  EXPECT_EQ(call.error(), std::nullopt);
  EXPECT_FALSE(response.message_id().empty());
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("a"));
}

TEST_F(ApiCallTest, UndeliveredMessagesAreVisibleAtOnceAndCounted) {
  server_.Send("jobs", "a");
  server_.Send("jobs", "b");
  LongPoll poll(server_, "jobs");
  poll.Start();
  poll.call.Await();
  ASSERT_EQ(poll.response.messages_size(), 2);

  poll.call.Undelivered();

  const std::vector<v1::Message> received = server_.Receive("jobs");
  ASSERT_EQ(received.size(), 2u);
  EXPECT_EQ(received[0].body(), "a");
  EXPECT_EQ(server_.DeliveryOf(received[0]), 2u);
  EXPECT_EQ(server_.DeliveryOf(received[1]), 2u);
}

TEST_F(ApiCallTest, UndeliveredAnswersOfOtherActionsReleaseNothing) {
  v1::SendMessageRequest request;
  request.set_queue_url("jobs");
  request.set_message_body("a");
  v1::SendMessageResponse response;
  TestCall call(server_.context, server_.board());
  call.Start(ActionNamed("SendMessage"), request, response);
  call.Await();

  call.Undelivered();

  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("a"));
}

// A call object whose next request cannot even be parsed must not take back what the last one gave.
TEST_F(ApiCallTest, NothingIsReleasedForACallThatIsOver) {
  server_.Send("jobs", "a");
  LongPoll poll(server_, "jobs");
  poll.Start();
  poll.call.Await();
  ASSERT_EQ(poll.response.messages_size(), 1);
  poll.call.Forget();

  poll.call.Undelivered();

  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
}

TEST_F(ApiCallTest, ReleasesThatAFullInboxRefusesHappenByTheTimeout) {
  server_.Send("jobs", "a");
  LongPoll poll(server_, "jobs");
  poll.Start();
  poll.call.Await();
  LongPoll first(server_, "orders.fifo");
  LongPoll second(server_, "orders.fifo");
  HoldStrand();
  first.Start();
  second.Start();

  poll.call.Undelivered();

  LetStrandGo();
  EXPECT_THAT(server_.ReceiveBodies("jobs"), IsEmpty());
  server_.shard.clock.Advance(kVisibility);
  EXPECT_THAT(server_.ReceiveBodies("jobs"), ElementsAre("a"));
  first.call.Cancel();
  second.call.Cancel();
}

TEST_F(ApiCallTest, AFullInboxIsOverloaded) {
  LongPoll first(server_, "jobs");
  LongPoll second(server_, "jobs");
  LongPoll third(server_, "jobs");
  HoldStrand();
  first.Start();
  second.Start();

  third.Start();

  EXPECT_EQ(third.call.times_done(), 1);
  EXPECT_EQ(third.call.error(), ApiError{.code = ApiErrorCode::kOverloaded});
  LetStrandGo();
  first.call.Cancel();
  second.call.Cancel();
}

TEST_F(ApiCallTest, ADrainedServerIsShuttingDown) {
  server_.shard.runner.Drain();
  LongPoll poll(server_, "jobs");

  poll.Start();

  EXPECT_EQ(poll.call.error(), ApiError{.code = ApiErrorCode::kShuttingDown});
}

TEST_F(ApiCallTest, AFailedSyncIsAnInternalFailure) {
  journal_.EndSyncsWith(absl::DataLossError("the disk is gone"));

  EXPECT_EQ(server_.CallWithText("SendMessage", "queue_url: 'jobs' message_body: 'a'"),
            ApiError{.code = ApiErrorCode::kInternalFailure});
}

// Nobody but the caller keeps the directories that it hands out.
class LoneDirectories : public CommandSink {
 public:
  absl::Status Submit(PendingCommand&) override { return absl::UnavailableError("not here"); }
  void Cancel(PendingCommand&) override {}
  std::shared_ptr<const Directory> directory() const override {
    return Directory().With("jobs", {.id = QueueId(1), .kind = QueueKind::kStandard});
  }
};

// To be seen under address sanitizer: the directory may change while a request is being judged.
TEST_F(ApiCallTest, ARequestKeepsTheDirectoryThatItLooksInto) {
  LoneDirectories sink;
  const Backend backend(sink, ReceiptKey{});
  ApiContext context{.backend = backend,
                     .random = server_.random,
                     .address = "host:1",
                     .echoed_bytes_max = kEchoedBytesMax};
  v1::SendMessageRequest request;
  request.set_queue_url("jobs");
  request.set_message_body("a");
  v1::SendMessageResponse response;
  TestCall call(context, server_.board());

  call.Start(ActionNamed("SendMessage"), request, response);

  EXPECT_EQ(call.error(), ApiError{.code = ApiErrorCode::kShuttingDown});
}

TEST_F(ApiCallTest, UntilTheBackendIsReadyEveryCallIsRefused) {
  LoneDirectories sink;
  Backend backend(sink);
  ApiContext context{.backend = backend,
                     .random = server_.random,
                     .address = "host:1",
                     .echoed_bytes_max = kEchoedBytesMax};
  v1::SendMessageRequest request;
  request.set_queue_url("no such queue");
  v1::SendMessageResponse response;
  TestCall before(context, server_.board());
  TestCall after(context, server_.board());

  before.Start(ActionNamed("SendMessage"), request, response);
  backend.Open(ReceiptKey{});
  after.Start(ActionNamed("SendMessage"), request, response);

  EXPECT_EQ(before.error(), ApiError{.code = ApiErrorCode::kStarting});
  EXPECT_NE(after.error(), ApiError{.code = ApiErrorCode::kStarting});
}

}  // namespace
}  // namespace twinq::api
