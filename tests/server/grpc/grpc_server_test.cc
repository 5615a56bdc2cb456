#include "server/grpc/grpc_server.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "platform/thread.h"
#include "tests/server/grpc/serving_shard.h"
#include "tests/support/status_matchers.h"

namespace twinq {
namespace {

using absl::StatusCode;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

TEST(GrpcServerTest, AddressHasThePortThatWasPicked) {
  ServingShard served;

  EXPECT_THAT(served.server->address(), StartsWith("127.0.0.1:"));
  EXPECT_NE(served.server->address(), "127.0.0.1:0");
}

TEST(GrpcServerTest, TwoServersPickTwoPorts) {
  ServingShard one;
  ServingShard other;

  EXPECT_NE(one.server->address(), other.server->address());
}

TEST(GrpcServerTest, AnOccupiedPortIsUnavailableAndNamed) {
  ServingShard served;
  ::testing::internal::CaptureStderr();

  const absl::StatusOr<std::unique_ptr<GrpcServer>> second =
      GrpcServer::Start({.address = served.server->address(), .threads = 2}, served.backend);

  const std::string log = ::testing::internal::GetCapturedStderr();
  ASSERT_THAT(second, StatusIs(StatusCode::kUnavailable));
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(served.server->address()));
  EXPECT_THAT(log, Not(HasSubstr("shutdown before its server")));
  EXPECT_THAT(served.Send("a").status, IsOk());
}

TEST(GrpcServerTest, AnAddressThatIsNoneIsUnavailable) {
  ServingShard served;

  EXPECT_THAT(GrpcServer::Start({.address = "no.such.host.invalid:0"}, served.backend),
              StatusIs(StatusCode::kUnavailable));
}

class ShutdownTest : public ::testing::TestWithParam<int> {
 protected:
  ServingShard served_{GetParam()};
};

TEST_P(ShutdownTest, AfterADrainLongPollsAreAnsweredEmpty) {
  std::deque<std::unique_ptr<WireClient::Call>> polls;
  for (int i = 0; i < 20; ++i) polls.push_back(served_.BeginLongPoll(*served_.client));

  served_.server->SetNotServing();
  served_.shard.runner.Drain();
  served_.server->Shutdown(absl::Minutes(1));

  for (const auto& poll : polls) {
    EXPECT_THAT(poll->Await().status, IsOk());
    EXPECT_THAT(BodiesOf(poll->Await()), IsEmpty());
  }
}

TEST_P(ShutdownTest, WithoutADrainLongPollsAreCancelledAfterTheGrace) {
  std::deque<std::unique_ptr<WireClient::Call>> polls;
  for (int i = 0; i < 20; ++i) polls.push_back(served_.BeginLongPoll(*served_.client));

  served_.server->Shutdown(absl::Milliseconds(1));

  for (const auto& poll : polls) {
    EXPECT_THAT(poll->Await().status.code(),
                AnyOf(StatusCode::kUnavailable, StatusCode::kCancelled));
  }
}

TEST_P(ShutdownTest, CallsAfterADrainAreRefusedAsShuttingDown) {
  served_.shard.runner.Drain();

  const WireAnswer answer = served_.Send("a");

  EXPECT_THAT(answer.status, StatusIs(StatusCode::kUnavailable));
  EXPECT_EQ(answer.error_name, "ServiceUnavailable");
  EXPECT_EQ(answer.status.message(), "The server is shutting down.");
}

TEST_P(ShutdownTest, WaitsForAReplyThatIsStillToCome) {
  served_.Send("a");
  served_.sink.HoldReceives();
  const auto poll = served_.BeginLongPoll(*served_.client);
  platform::Thread shutdown("shutdown", [this] { served_.server->Shutdown(absl::ZeroDuration()); });
  served_.sink.AwaitCancels(1);

  served_.sink.PassOn();

  shutdown.Join();
  EXPECT_THAT(poll->Await().status, Not(IsOk()));
  // The answer could not leave, so its message is released.
  const Reply reply = served_.shard.Ask(
      twinq::Receive(served_.shard.runner.directory()->Find("jobs")->id, 10, absl::ZeroDuration()));
  EXPECT_THAT(Bodies(std::get<MessagesReceived>(reply)), ElementsAre("a"));
}

TEST_P(ShutdownTest, MayBeRepeated) {
  served_.server->Shutdown(absl::ZeroDuration());
  served_.server->Shutdown(absl::ZeroDuration());
}

INSTANTIATE_TEST_SUITE_P(Threads, ShutdownTest, ::testing::Values(1, 3),
                         ::testing::PrintToStringParamName());

}  // namespace
}  // namespace twinq
