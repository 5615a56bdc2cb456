#include "server/api/transit_budget.h"

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "gtest/gtest.h"

#include "core/model/limits.h"
#include "journal/volatile_journal.h"
#include "tests/server/api/api_server.h"

namespace twinq::api {
namespace {

TEST(TransitBudgetTest, GivesAllOfItOrNothing) {
  TransitBudget budget(100);

  EXPECT_TRUE(budget.Take(60));
  EXPECT_FALSE(budget.Take(41));
  EXPECT_TRUE(budget.Take(40));
  EXPECT_EQ(budget.taken(), 100u);
  EXPECT_FALSE(budget.HasRoomFor(1));
  budget.GiveBack(60);

  EXPECT_TRUE(budget.HasRoomFor(60));
  EXPECT_TRUE(budget.Take(60));
}

constexpr uint64_t kSome = 100'000;

TEST(TransitBudgetTest, OneConnectionHasAQuarterForAnswers) {
  TransitBudget budget(4 * kSome);

  EXPECT_TRUE(budget.TakeFor("a", kSome - 1'024));
  EXPECT_TRUE(budget.TakeFor("a", 1'024));
  EXPECT_FALSE(budget.TakeFor("a", 1'024));
  EXPECT_TRUE(budget.TakeFor("a", 1'023)) << "too small to count";
  EXPECT_TRUE(budget.TakeFor("b", kSome));
  budget.GiveBackOf("a", kSome - 1'024);

  EXPECT_TRUE(budget.TakeFor("a", kSome - 1'024));
}

TEST(TransitBudgetTest, AllConnectionsHaveThreeQuartersForAnswers) {
  TransitBudget budget(4 * kSome);
  for (const char* connection : {"a", "b", "c"}) EXPECT_TRUE(budget.TakeFor(connection, kSome));

  EXPECT_FALSE(budget.TakeFor("d", 1'024));
  EXPECT_TRUE(budget.Take(kSome)) << "of a request";
  EXPECT_FALSE(budget.Take(1));
  for (const char* connection : {"a", "b", "c"}) budget.GiveBackOf(connection, kSome);
  budget.GiveBack(kSome);

  EXPECT_EQ(budget.taken(), 0u);
  EXPECT_TRUE(budget.TakeFor("d", kSome));
}

// Calls of a server that has no limit of its own: a test takes and gives back for others.
class TransitTest : public ::testing::Test {
 protected:
  TransitTest() { server_.CreateQueue("jobs"); }

  TransitBudget& transit() { return server_.context.backend.transit(); }
  // Leaves room for so many bytes.
  void Fill(uint64_t left) {
    ASSERT_TRUE(transit().Take(ServerInfo::kNoLimit - transit().taken() - left));
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
};

TEST_F(TransitTest, AReceivedMessageCountsUntilTheCallIsForgotten) {
  server_.Send("jobs", std::string(1'000, 'x'));
  v1::ReceiveMessageRequest request;
  request.set_queue_url("jobs");
  v1::ReceiveMessageResponse response;
  TestCall call(server_.context, server_.board());

  call.Start(ActionNamed("ReceiveMessage"), request, response);
  call.Await();
  EXPECT_EQ(transit().taken(), 1'000u);
  call.Forget();

  EXPECT_EQ(transit().taken(), 0u);
}

TEST_F(TransitTest, AReceiveWithoutRoomIsRefusedAndTakesNothing) {
  server_.Send("jobs", "a");
  v1::ReceiveMessageRequest request;
  request.set_queue_url("jobs");
  v1::ReceiveMessageResponse response;
  TestCall call(server_.context, server_.board());
  Fill(kMessageBytesMax - 1);

  call.Start(ActionNamed("ReceiveMessage"), request, response);

  ASSERT_TRUE(call.error().has_value());
  EXPECT_EQ(call.error()->code, ApiErrorCode::kOverloaded);
  transit().GiveBack(transit().taken());
  const std::vector<v1::Message> received = server_.Receive("jobs");
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(server_.DeliveryOf(received[0]), 1u);
}

// It had room when it began to wait.
TEST_F(TransitTest, AWaitingReceiveWithoutRoomGivesItsMessagesBack) {
  v1::ReceiveMessageRequest request;
  request.set_queue_url("jobs");
  request.set_wait_time_seconds(20);
  v1::ReceiveMessageResponse response;
  TestCall call(server_.context, server_.board());
  call.Start(ActionNamed("ReceiveMessage"), request, response);
  Fill(0);

  server_.Send("jobs", "a");
  call.Await();

  ASSERT_TRUE(call.error().has_value());
  EXPECT_EQ(call.error()->code, ApiErrorCode::kOverloaded);
  EXPECT_EQ(response.messages_size(), 0);
  call.Forget();
  transit().GiveBack(transit().taken());
  const std::vector<v1::Message> received = server_.Receive("jobs");
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(server_.DeliveryOf(received[0]), 2u);
}

}  // namespace
}  // namespace twinq::api
