// The actions of operators.

#include "server/api/admin_actions.h"

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "gtest/gtest.h"

#include "proto/twinq/v1/admin.pb.h"

#include "core/base/version.h"
#include "journal/volatile_journal.h"
#include "tests/server/api/api_server.h"

namespace twinq::api {
namespace {

class AdminActionsTest : public ::testing::Test {
 protected:
  v1::GetQueueStatsResponse StatsOf(const std::string& queue) {
    v1::GetQueueStatsRequest request;
    request.set_queue_url(queue);
    v1::GetQueueStatsResponse response;
    EXPECT_EQ(server_.Call(request, response), std::nullopt);
    return response;
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
};

TEST_F(AdminActionsTest, StatsCountByState) {
  server_.CreateQueue("jobs");
  server_.Send("jobs", "a");
  server_.Send("jobs", "b");
  server_.Receive("jobs", 1);
  server_.shard.clock.Advance(absl::Seconds(3));

  const v1::GetQueueStatsResponse stats = StatsOf("jobs");

  EXPECT_EQ(stats.queue_name(), "jobs");
  EXPECT_EQ(stats.visible(), 1);
  EXPECT_EQ(stats.in_flight(), 1);
  EXPECT_EQ(stats.delayed(), 0);
  EXPECT_EQ(stats.oldest_message_age_ms(), 3'000);
}

TEST_F(AdminActionsTest, StatsOfAFifoQueueCountGroups) {
  server_.CreateQueue("orders.fifo");
  server_.SendToGroup("orders.fifo", "a", "1");
  server_.SendToGroup("orders.fifo", "b", "2");
  server_.Receive("orders.fifo", 1);

  const v1::GetQueueStatsResponse stats = StatsOf("orders.fifo");

  EXPECT_EQ(stats.message_groups(), 2);
  EXPECT_EQ(stats.blocked_message_groups(), 1);
  EXPECT_EQ(stats.dedup_entries(), 2);
}

TEST_F(AdminActionsTest, AnEmptyQueueHasNoAge) {
  server_.CreateQueue("jobs");

  EXPECT_FALSE(StatsOf("jobs").has_oldest_message_age_ms());
}

TEST_F(AdminActionsTest, AQueueMayBeNamedByItsUrl) {
  EXPECT_EQ(StatsOf(server_.CreateQueue("jobs")).queue_name(), "jobs");
}

TEST_F(AdminActionsTest, AQueueThatIsNotThereIsRefused) {
  v1::GetQueueStatsRequest request;
  request.set_queue_url("other");
  v1::GetQueueStatsResponse response;

  EXPECT_EQ(server_.Call(request, response)->code, ApiErrorCode::kQueueDoesNotExist);
  EXPECT_EQ(server_.CallWithText("GetQueueStats", "")->code, ApiErrorCode::kMissingParameter);
}

TEST_F(AdminActionsTest, InfoSaysWhatTheServerIs) {
  v1::GetServerInfoResponse info;

  EXPECT_EQ(server_.Call(v1::GetServerInfoRequest(), info), std::nullopt);

  EXPECT_EQ(info.version(), Version());
  EXPECT_EQ(info.storage(), "memory");
  EXPECT_FALSE(info.has_durability());
  EXPECT_FALSE(info.has_metrics_address());
  EXPECT_EQ(info.grpc_address(), "host:9323");
  EXPECT_EQ(info.limits().message_bytes(), 1'048'576);
  EXPECT_EQ(info.limits().batch_entries(), 10);
  EXPECT_EQ(info.limits().inbox_commands(), 65'536);
  EXPECT_FALSE(info.limits().has_memory_bytes());
}

TEST_F(AdminActionsTest, InfoHasWhatTheServerWasStartedWith) {
  ServerInfo given;
  given.storage = "/data";
  given.durability = "interval:20";
  given.metrics_address = "host:9324";
  given.started_at = absl::FromUnixSeconds(1'700'000'000);
  given.uptime = [] { return absl::Seconds(7); };
  given.process_id = 4711;
  Backend backend(server_.shard.runner, given);
  ApiContext context{.backend = backend,
                     .random = server_.random,
                     .address = "host:9323",
                     .echoed_bytes_max = kEchoedBytesMax};
  v1::GetServerInfoResponse info;

  BeginGetServerInfo(context, v1::GetServerInfoRequest(), info);

  EXPECT_EQ(info.storage(), "/data");
  EXPECT_EQ(info.durability(), "interval:20");
  EXPECT_EQ(info.metrics_address(), "host:9324");
  EXPECT_EQ(info.started_at_ms(), 1'700'000'000'000);
  EXPECT_EQ(info.uptime_ms(), 7'000);
  EXPECT_EQ(info.process_id(), 4711);
}

}  // namespace
}  // namespace twinq::api
