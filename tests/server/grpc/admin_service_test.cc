// The admin service over a real channel.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "proto/twinq/v1/admin.pb.h"

#include "server/api/action.h"
#include "tests/server/grpc/serving_shard.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using absl::StatusCode;

class AdminServiceTest : public ::testing::Test {
 protected:
  WireAnswer Ask(const std::string& method, const google::protobuf::Message& request) {
    return served_.client->Ask("/twinq.v1.AdminService/" + method, request.SerializeAsString());
  }
  v1::GetQueueStatsResponse StatsOf(const std::string& queue) {
    v1::GetQueueStatsRequest request;
    request.set_queue_url(queue);
    const WireAnswer answer = Ask("GetQueueStats", request);
    EXPECT_THAT(answer.status, IsOk());
    v1::GetQueueStatsResponse response;
    EXPECT_TRUE(response.ParseFromString(answer.bytes));
    return response;
  }

  ServingShard served_;
};

TEST_F(AdminServiceTest, EveryActionIsServed) {
  for (const api::Action& action : api::AdminActions()) {
    const WireAnswer answer = Ask(std::string(action.name), v1::GetServerInfoRequest());

    EXPECT_NE(answer.status.code(), StatusCode::kUnimplemented) << action.name;
  }
}

TEST_F(AdminServiceTest, InfoHasTheAddressThatIsServed) {
  const WireAnswer answer = Ask("GetServerInfo", v1::GetServerInfoRequest());

  v1::GetServerInfoResponse info;
  EXPECT_TRUE(info.ParseFromString(answer.bytes));
  EXPECT_EQ(info.grpc_address(), served_.server->address());
}

TEST_F(AdminServiceTest, StatsCountWhatWasSentAndReceived) {
  for (const char* body : {"a", "b", "c"}) served_.Send(body);
  EXPECT_EQ(StatsOf("jobs").visible(), 3);

  served_.Receive();

  EXPECT_EQ(StatsOf("jobs").visible(), 0);
  EXPECT_EQ(StatsOf("jobs").in_flight(), 3);
}

TEST_F(AdminServiceTest, StatsCountLongPolls) {
  const auto poll = served_.BeginLongPoll(*served_.client);

  EXPECT_EQ(StatsOf("jobs").waiting_receives(), 1);
}

TEST_F(AdminServiceTest, AnUnknownQueueIsRefusedAsByTheQueueService) {
  v1::GetQueueStatsRequest request;
  request.set_queue_url("other");

  const WireAnswer answer = Ask("GetQueueStats", request);

  EXPECT_THAT(answer.status, StatusIs(StatusCode::kNotFound));
  EXPECT_EQ(answer.error_name, "QueueDoesNotExist");
}

}  // namespace
}  // namespace twinq
