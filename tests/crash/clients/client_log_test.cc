#include "tests/crash/clients/client_log.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace twinq::crash {
namespace {

using history::Outcome;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kId[] = "00000000-0000-4000-8000-000000000001";

TEST(ClientLogTest, ReceiveHasItsMessages) {
  const auto log =
      ParseClientLog(absl::StrCat("ask 0 100 receive 2\nanswer 0 150 1-7/", kId, "/9/3/42\n"));

  ASSERT_EQ(log.status(), absl::OkStatus());
  ASSERT_EQ(log->calls.size(), 1);
  const LoggedCall& call = log->calls[0];
  EXPECT_EQ(call.asked_at, Timestamp::FromNanos(100));
  EXPECT_EQ(call.ended_at, Timestamp::FromNanos(150));
  EXPECT_EQ(call.outcome, Outcome::kDone);
  EXPECT_EQ(call.visibility, absl::Seconds(2));
  ASSERT_EQ(call.deliveries.size(), 1);
  EXPECT_EQ(call.deliveries[0].message, (history::MessageName{.producer = 1, .number = 7}));
  EXPECT_EQ(call.deliveries[0].id.ToText(), kId);
  EXPECT_EQ(call.deliveries[0].sequence, SequenceNumber(9));
  EXPECT_EQ(call.deliveries[0].receive_count, 3);
  EXPECT_EQ(call.deliveries[0].handle, 42);
}

TEST(ClientLogTest, EachEntryOfABatchHasItsOutcome) {
  const auto log = ParseClientLog("ask 0 100 delete 5 6\nanswer 0 150 done refused\n");

  ASSERT_EQ(log.status(), absl::OkStatus());
  ASSERT_EQ(log->calls.size(), 1);
  EXPECT_THAT(log->calls[0].handles, ElementsAre(5, 6));
  EXPECT_THAT(log->calls[0].entries, ElementsAre(Outcome::kDone, Outcome::kRefused));
}

TEST(ClientLogTest, CallsAndHandlersThatAKillCutShortHaveNoEnd) {
  const auto log = ParseClientLog(absl::StrCat("ask 0 100 delete 5\nbegin 42 150 1-7 ", kId, "\n"));

  ASSERT_EQ(log.status(), absl::OkStatus());
  EXPECT_EQ(log->calls[0].ended_at, Timestamp::Infinite());
  EXPECT_THAT(log->calls[0].entries, ElementsAre(Outcome::kUnknown));
  EXPECT_EQ(log->handlings[0].end, Timestamp::Infinite());
  EXPECT_EQ(log->handlings[0].ending, LoggedHandling::Ending::kNone);
}

TEST(ClientLogTest, TornLastLineIsLeftOut) {
  const auto log = ParseClientLog(absl::StrCat("begin 42 150 1-7 ", kId, "\nend 42 160 o"));

  ASSERT_EQ(log.status(), absl::OkStatus());
  EXPECT_EQ(log->handlings[0].ending, LoggedHandling::Ending::kNone);
  EXPECT_THAT(ParseClientLog("ask 0")->calls, IsEmpty());
}

TEST(ClientLogTest, OtherLinesAreRefused) {
  for (const char* line :
       {"", "hello", "ask x 1 receive 2", "ask 0 1 receive", "ask 0 1 forget 3", "answer 0 1 done",
        "failure 0 1", "begin 42 1 1-7", "begin 42 1 1-7 id", "end 42 1 ok"}) {
    EXPECT_EQ(ParseClientLog(absl::StrCat(line, "\nask 9 9 delete\n")).status().code(),
              absl::StatusCode::kInvalidArgument)
        << line;
  }
}

TEST(ClientLogTest, CallIsAskedAndAnsweredOnce) {
  EXPECT_FALSE(ParseClientLog("ask 0 1 delete 5\nask 0 2 delete 5\n").ok());
  EXPECT_FALSE(ParseClientLog("ask 0 1 delete 5\nfailure 0 2\nfailure 0 3\n").ok());
  EXPECT_FALSE(ParseClientLog("ask 0 1 delete 5\nanswer 0 2 done done\n").ok());
}

}  // namespace
}  // namespace twinq::crash
