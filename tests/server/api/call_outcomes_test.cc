#include "server/api/call_outcomes.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "proto/twinq/v1/queue.pb.h"

#include "journal/volatile_journal.h"
#include "server/api/error_table.h"
#include "tests/server/api/api_server.h"

namespace twinq::api {
namespace {

using ::testing::Contains;

TEST(CountedNamesTest, EveryErrorHasAPlaceWithItsName) {
  const metrics::CallMetrics::Names names = CountedNames();

  for (uint8_t code = 0; code <= static_cast<uint8_t>(ApiErrorCode::kShuttingDown); ++code) {
    const ApiError error{.code = static_cast<ApiErrorCode>(code)};
    const size_t outcome = OutcomeOf(error);
    ASSERT_LT(outcome, names.outcomes.size());
    EXPECT_EQ(names.outcomes[outcome], FormOf(error.code).name.json);
  }
  EXPECT_EQ(names.outcomes[OutcomeOf(std::nullopt)], "");
}

TEST(CountedNamesTest, ActionsOfBothServicesAreThere) {
  const metrics::CallMetrics::Names names = CountedNames();

  EXPECT_THAT(names.actions, Contains("SendMessage"));
  EXPECT_THAT(names.actions, Contains("GetQueueStats"));
}

class CountedCallsTest : public ::testing::Test {
 protected:
  CountedCallsTest() { server_.CreateQueue("jobs"); }

  void Send(TestCall& call, const std::string& queue) {
    request_.set_queue_url(queue);
    request_.set_message_body("a");
    call.Start(ActionNamed("SendMessage"), request_, response_);
  }
  metrics::CallMetrics::Figures Figures() {
    const auto all = calls_.Read();
    return *std::find_if(all.begin(), all.end(),
                         [](const auto& figures) { return figures.action == "SendMessage"; });
  }

  VolatileJournal journal_;
  ApiServer server_{journal_};
  metrics::CallMetrics calls_{CountedNames(), server_.shard.clock};
  metrics::CallCounters& counters_ = calls_.AddCounters("SendMessage");
  v1::SendMessageRequest request_;
  v1::SendMessageResponse response_;
};

TEST_F(CountedCallsTest, ACallIsCountedByTheTimeItIsDone) {
  TestCall call(server_.context, server_.board(), &counters_);

  Send(call, "jobs");
  call.Await();

  EXPECT_EQ(Figures().ended.at(""), 1u);
  EXPECT_EQ(Figures().under_way, 0u);
}

TEST_F(CountedCallsTest, ARefusalIsCountedByItsName) {
  TestCall call(server_.context, server_.board(), &counters_);

  Send(call, "other");
  Send(call, absl::StrCat("another-", std::string(80, 'x')));
  call.Refuse({.code = ApiErrorCode::kMalformedRequest, .value = "x"});

  EXPECT_EQ(Figures().ended.at("QueueDoesNotExist"), 2u);
  EXPECT_EQ(Figures().ended.at("SerializationException"), 1u);
  EXPECT_EQ(call.times_done(), 3);
}

TEST_F(CountedCallsTest, CallsOfAServerThatEndsAreCountedAsRefused) {
  server_.shard.runner.Drain();
  TestCall call(server_.context, server_.board(), &counters_);

  Send(call, "jobs");

  EXPECT_EQ(Figures().ended.at("ServiceUnavailable"), 1u);
}

}  // namespace
}  // namespace twinq::api
