// Request ids in answers, and the details of errors.

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "proto/google/rpc/error_details.pb.h"
#include "proto/google/rpc/status.pb.h"

#include "tests/server/grpc/serving_shard.h"

namespace twinq {
namespace {

using ::testing::MatchesRegex;

constexpr char kUuid[] = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

class RequestIdTest : public ::testing::Test {
 protected:
  WireAnswer List(const std::string& request_id) {
    return served_.client->Ask("ListQueues", "", {{"twinq-request-id", request_id}});
  }
  // A call that is refused.
  WireAnswer Refused(const std::string& request_id = "mine") {
    v1::DeleteQueueRequest request;
    request.set_queue_url("other");
    return served_.client->Ask("DeleteQueue", request.SerializeAsString(),
                               {{"twinq-request-id", request_id}});
  }

  ServingShard served_;
};

TEST_F(RequestIdTest, AnAnswerHasTheIdThatTheClientGave) {
  for (const std::string& id :
       {std::string("a"), std::string("job 7: try #2"), std::string(128, 'x')}) {
    EXPECT_EQ(List(id).request_id, id);
  }
}

TEST_F(RequestIdTest, WithoutOneAnAnswerHasNone) {
  EXPECT_EQ(served_.client->Ask("ListQueues", "").request_id, "");
}

TEST_F(RequestIdTest, WithoutOneTheServerDrawsOneForAnError) {
  std::set<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    const WireAnswer answer = served_.client->Ask("DeleteQueue", "");
    EXPECT_THAT(answer.request_id, MatchesRegex(kUuid));
    ids.insert(answer.request_id);
  }

  EXPECT_EQ(ids.size(), 20u);
}

TEST_F(RequestIdTest, AnIdThatIsTooLongOrEmptyIsNone) {
  for (const std::string& id : {std::string(129, 'x'), std::string()}) {
    EXPECT_EQ(List(id).request_id, "");
    EXPECT_THAT(Refused(id).request_id, MatchesRegex(kUuid));
  }
}

TEST_F(RequestIdTest, ARefusalHasIt) { EXPECT_EQ(Refused().request_id, "mine"); }

TEST_F(RequestIdTest, AMalformedRequestHasIt) {
  const WireAnswer answer =
      served_.client->Ask("ListQueues", "\xFF", {{"twinq-request-id", "mine"}});

  EXPECT_EQ(answer.error_name, "SerializationException");
  EXPECT_EQ(answer.request_id, "mine");
}

TEST_F(RequestIdTest, CallsOfOtherServicesHaveIt) {
  const WireAnswer answer =
      served_.client->Ask("/grpc.health.v1.Health/Check", "", {{"twinq-request-id", "mine"}});

  EXPECT_EQ(answer.request_id, "mine");
}

TEST_F(RequestIdTest, TheDetailsOfAnErrorHaveItsNameAndTheId) {
  const WireAnswer answer = Refused();

  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(answer.error_details));
  EXPECT_EQ(details.code(), static_cast<int>(answer.status.code()));
  EXPECT_EQ(details.message(), answer.status.message());
  ASSERT_EQ(details.details_size(), 1);
  EXPECT_EQ(details.details(0).type_url(), "type.googleapis.com/google.rpc.ErrorInfo");
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "QueueDoesNotExist");
  EXPECT_EQ(info.domain(), "twinq");
  EXPECT_EQ(info.metadata().at("request_id"), "mine");
}

TEST_F(RequestIdTest, ASuccessHasNoDetails) { EXPECT_EQ(List("a").error_details, ""); }

}  // namespace
}  // namespace twinq
