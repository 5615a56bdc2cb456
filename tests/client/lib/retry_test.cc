#include "client/lib/retry.h"

#include "gtest/gtest.h"

#include "client/lib/call_status.h"
#include "core/base/random.h"

namespace twinq::client {
namespace {

constexpr RetryPolicy kPolicy = {.pause_min = absl::Milliseconds(100),
                                 .pause_max = absl::Milliseconds(300),
                                 .give_up_after = absl::Seconds(10)};
const absl::Time kStart = absl::FromUnixSeconds(1'000);

TEST(FailureOfTest, OnlyAnAnswerOfTheServiceTellsThatACallHadNoEffect) {
  const absl::Status bare = absl::UnavailableError("connection reset");
  const absl::Status full = absl::ResourceExhaustedError("received message larger than max");

  EXPECT_EQ(FailureOf(bare), Failure::kUnknown);
  EXPECT_EQ(FailureOf(WithSqsErrorName(bare, "ServiceUnavailable")), Failure::kNotNow);
  EXPECT_EQ(FailureOf(full), Failure::kUnknown);
  EXPECT_EQ(FailureOf(WithSqsErrorName(full, "RequestThrottled")), Failure::kNotNow);
  EXPECT_EQ(FailureOf(NotSent()), Failure::kNotNow);
}

TEST(FailureOfTest, AnInternalFailureLeavesTheEffectOpenEvenByItsName) {
  const absl::Status status = absl::InternalError("the disk is gone");

  EXPECT_EQ(FailureOf(WithSqsErrorName(status, "InternalFailure")), Failure::kUnknown);
}

TEST(FailureOfTest, ARefusalStaysOne) {
  EXPECT_EQ(FailureOf(absl::InvalidArgumentError("too long")), Failure::kRefused);
  EXPECT_EQ(FailureOf(absl::NotFoundError("no such queue")), Failure::kRefused);
  EXPECT_EQ(FailureOf(absl::UnimplementedError("not yet")), Failure::kRefused);
}

TEST(AttemptsTest, APauseIsBelowABoundThatDoublesUpToTheMost) {
  SeededRandom random(1);
  absl::Duration longest[4];
  for (int run = 0; run < 1'000; ++run) {
    Attempts attempts(kPolicy, kStart);
    for (absl::Duration& most : longest) {
      most = std::max(most, attempts.Next(kStart, random) - kStart);
    }
  }

  const absl::Duration bounds[4] = {absl::Milliseconds(100), absl::Milliseconds(200),
                                    absl::Milliseconds(300), absl::Milliseconds(300)};
  for (int i = 0; i < 4; ++i) {
    EXPECT_LT(longest[i], bounds[i]);
    EXPECT_GT(longest[i], bounds[i] * 0.9);
  }
}

TEST(AttemptsTest, ThereIsNoneBeyondTheEndOfTheTime) {
  SeededRandom random(1);
  Attempts attempts(kPolicy, kStart);

  EXPECT_LT(attempts.Next(kStart + absl::Seconds(9), random), kStart + absl::Seconds(10));
  EXPECT_EQ(attempts.Next(kStart + absl::Seconds(10), random), absl::InfiniteFuture());
}

TEST(AttemptsTest, APolicyOfNoTimeMeansOneAttempt) {
  SeededRandom random(1);
  RetryPolicy once = kPolicy;
  once.give_up_after = absl::ZeroDuration();

  EXPECT_EQ(Attempts(once, kStart).Next(kStart, random), absl::InfiniteFuture());
}

}  // namespace
}  // namespace twinq::client
