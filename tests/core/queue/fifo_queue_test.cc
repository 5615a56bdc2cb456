#include "core/queue/fifo_queue.h"

#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

#include "tests/core/queue/queue_script.h"
#include "tests/support/messages.h"
#include "tests/support/recording_sink.h"

namespace twinq {
namespace {

// A rule of SQS semantics 4.5 or 4.6, its name first.
struct RuleCase {
  const char* name;
  const char* lines;
};

enum class Time : uint8_t { kStandsStill, kPasses };

// Each rule holds whether or not time passes between the steps: a virtual clock may stand still.
class FifoRuleTest : public ::testing::TestWithParam<std::tuple<RuleCase, Time>> {};

TEST_P(FifoRuleTest, Holds) {
  const auto& [rule, time] = GetParam();
  const absl::Duration tick = time == Time::kPasses ? absl::Nanoseconds(1) : absl::ZeroDuration();

  QueueScript(QueueScript::Kind::kFifo, tick).Run(rule.lines);
}

std::string RuleName(const ::testing::TestParamInfo<std::tuple<RuleCase, Time>>& test) {
  const auto& [rule, time] = test.param;
  return absl::StrCat(rule.name, time == Time::kPasses ? "_TimePasses" : "_TimeStandsStill");
}

template <typename... Cases>
auto InBothTimes(Cases... cases) {
  return ::testing::Combine(::testing::Values(cases...),
                            ::testing::Values(Time::kStandsStill, Time::kPasses));
}

INSTANTIATE_TEST_SUITE_P(Recorded, FifoRuleTest,
                         InBothTimes(RuleCase{"F1_AllInFlight", R"(
          send g-m1 g-m2 g-m3 g-m4
          receive 3 => g-m1 g-m2 g-m3
          receive 10 => )"},
                                     RuleCase{"F1_FirstExtendedOthersExpire", R"(
          send g-m1 g-m2 g-m3
          receive 3 30s => g-m1 g-m2 g-m3
          change g-m1 60s => ok
          wait 30s
          receive 10 =>
          wait 30s
          receive 10 => g-m1 g-m2 g-m3)"},
                                     RuleCase{"F1_FirstExtendedThenDeletedOthersExpire", R"(
          send g-m1 g-m2 g-m3
          receive 3 30s => g-m1 g-m2 g-m3
          change g-m1 60s => ok
          wait 30s
          receive 10 =>
          delete g-m1 => ok
          receive 10 => g-m2 g-m3)"},
                                     RuleCase{"F1_SecondExtendedOthersExpire", R"(
          send g-m1 g-m2 g-m3
          receive 3 30s => g-m1 g-m2 g-m3
          change g-m2 60s => ok
          wait 30s
          receive 10 => g-m1)"},
                                     RuleCase{"F1_ThirdExtendedOthersExpire", R"(
          send g-m1 g-m2 g-m3
          receive 3 30s => g-m1 g-m2 g-m3
          change g-m3 60s => ok
          wait 30s
          receive 10 => g-m1 g-m2)"},
                                     RuleCase{"F1_FirstReleasedOthersInFlight", R"(
          send g-m1 g-m2 g-m3
          receive 3 => g-m1 g-m2 g-m3
          change g-m1 0s => ok
          receive 10 => g-m1)"},
                                     RuleCase{"F1_FirstDeletedOthersInFlight", R"(
          send g-m1 g-m2 g-m3 g-m4
          receive 3 => g-m1 g-m2 g-m3
          delete g-m1 => ok
          receive 10 => )"},
                                     RuleCase{"F1_AllDeleted", R"(
          send g-m1 g-m2 g-m3 g-m4 g-m5
          receive 3 => g-m1 g-m2 g-m3
          delete g-m1 => ok
          delete g-m2 => ok
          delete g-m3 => ok
          receive 10 => g-m4 g-m5)"},
                                     RuleCase{"F1_SecondDeletedFirstInFlight", R"(
          send g-m1 g-m2 g-m3
          receive 2 30s => g-m1 g-m2
          delete g-m2 => ok
          receive 10 =>
          wait 30s
          receive 10 => g-m1 g-m3)"},
                                     RuleCase{"F1_SecondDeletedThenFirst", R"(
          send g-m1 g-m2 g-m3
          receive 2 => g-m1 g-m2
          delete g-m2 => ok
          delete g-m1 => ok
          receive 10 => g-m3)"},
                                     RuleCase{"F1_SentToALockedGroup", R"(
          send g-m1 g-m2 g-m3
          receive 3 => g-m1 g-m2 g-m3
          send g-m4
          receive 10 => )"},
                                     RuleCase{"F1_AllExpire", R"(
          send g-m1 g-m2 g-m3
          receive 3 30s => g-m1 g-m2 g-m3
          wait 30s
          receive 10 => g-m1 g-m2 g-m3)"},
                                     RuleCase{"F2_OneGroupBeforeTheNext", R"(
          send g1-m1 g2-m1 g1-m2 g1-m3
          receive 10 => g1-m1 g1-m2 g1-m3 g2-m1)"},
                                     RuleCase{"F3_RestOfACutGroupStaysLocked", R"(
          send g-m1 g-m2 g-m3 g-m4 g-m5
          receive 2 30s => g-m1 g-m2
          receive 10 =>
          delete g-m1 => ok
          receive 10 =>
          delete g-m2 => ok
          receive 10 => g-m3 g-m4 g-m5)"},
                                     RuleCase{"F3_RestOfACutGroupFollowsWhenTheTakenExpire", R"(
          send g-m1 g-m2 g-m3
          receive 2 30s => g-m1 g-m2
          wait 30s
          receive 10 => g-m1 g-m2 g-m3)"}),
                         RuleName);

INSTANTIATE_TEST_SUITE_P(GroupChoice, FifoRuleTest,
                         InBothTimes(RuleCase{"F4_TouchedGroupsGoBehindUntouched", R"(
          send g1-m1 g2-m1 g2-m2 g3-m1 g1-m2
          receive 3 0s => g1-m1 g1-m2 g2-m1
          receive 10 => g3-m1 g1-m1 g1-m2 g2-m1 g2-m2)"},
                                     RuleCase{"F4_AReleasedHeadGoesBehind", R"(
          send g1-m1 g1-m2 g2-m1
          receive 2 => g1-m1 g1-m2
          change g1-m1 0s => ok
          receive 10 => g2-m1 g1-m1)"},
                                     RuleCase{"F4_ANewHeadCountsFromItsSend", R"(
          send g1-m1 g2-m1 g1-m2 g2-m2 g1-m3 g1-m4 g3-m1
          receive 2 => g1-m1 g1-m2
          delete g1-m1 => ok
          delete g1-m2 => ok
          receive 10 => g2-m1 g2-m2 g1-m3 g1-m4 g3-m1)"},
                                     RuleCase{"F4_AHalfDeletedGroupStaysLocked", R"(
          send g1-m1 g2-m1 g1-m2 g2-m2 g1-m3 g1-m4 g3-m1
          receive 2 => g1-m1 g1-m2
          delete g1-m1 => ok
          receive 10 => g2-m1 g2-m2 g3-m1)"},
                                     RuleCase{"F4_ExpiredHeadsComeInTheOrderOfTheirEnds", R"(
          send g1-m1 g2-m1 g3-m1
          receive 1 20s => g1-m1
          receive 1 10s => g2-m1
          wait 20s
          receive 10 => g3-m1 g2-m1 g1-m1)"}),
                         RuleName);

INSTANTIATE_TEST_SUITE_P(LocksAndHandles, FifoRuleTest,
                         InBothTimes(RuleCase{"F5_VisibilityZeroLeavesTheGroupUnlocked", R"(
                  send g-m1 g-m2
                  receive 10 0s => g-m1 g-m2
                  receive 10 0s => g-m1 g-m2
                  receive 10 => g-m1 g-m2)"},
                                     RuleCase{"F7_HandleDiesWithItsVisibility", R"(
                  send g-m1
                  receive 1 30s => g-m1
                  wait 30s
                  delete g-m1 => ReceiptHandleExpired
                  change g-m1 10s => MessageNotAvailable
                  receive 1 => g-m1)"},
                                     RuleCase{"F7_HandleDiesWithItsRelease", R"(
                  send g-m1
                  receive 1 30s => g-m1
                  change g-m1 0s => ok
                  delete g-m1 => ReceiptHandleExpired)"},
                                     RuleCase{"F7_OldHandleIsDeadWhileAnotherReceiveRuns", R"(
                  send g-m1
                  receive 1 1s => g-m1
                  wait 1s
                  receive 1 30s => g-m1
                  delete g-m1/1 => ReceiptHandleExpired
                  change g-m1/1 0s => MessageNotAvailable
                  delete g-m1/2 => ok)"},
                                     RuleCase{"F7_ExtendedHandleStaysAlive", R"(
                  send g-m1
                  receive 1 30s => g-m1
                  change g-m1 60s => ok
                  wait 59s
                  delete g-m1 => ok)"},
                                     RuleCase{"F7_DeletingTwiceIsASuccess", R"(
                  send g-m1
                  receive 1 30s => g-m1
                  delete g-m1 => ok
                  delete g-m1 => ok
                  change g-m1 10s => MessageNotAvailable)"},
                                     RuleCase{"F7_TwelveHoursInTotalAreTooMuch", R"(
                  send g-m1
                  receive 1 30s => g-m1
                  change g-m1 43200s => VisibilityTotalTooLong
                  change g-m1 43195s => ok)"},
                                     RuleCase{"F9_BlockedMessagesCountAsAvailable", R"(
                  send g-m1 g-m2 g-m3
                  receive 1 => g-m1
                  counts => 2 1)"},
                                     RuleCase{"ReleaseEndsTheLastDeliveryOnly", R"(
                  send g-m1
                  receive 1 1s => g-m1
                  wait 1s
                  receive 1 30s => g-m1
                  release g-m1/1
                  receive 1 =>
                  release g-m1/2
                  receive 1 => g-m1)"}),
                         RuleName);

INSTANTIATE_TEST_SUITE_P(Dedup, FifoRuleTest,
                         InBothTimes(RuleCase{"Dedup_SameIdIsADuplicate", R"(
                  send g-m1=x => ok
                  send g-m2=x => duplicate of g-m1
                  receive 10 => g-m1)"},
                                     RuleCase{"Dedup_SameIdInAnotherGroupIsADuplicate", R"(
                  send g1-m1=x => ok
                  send g2-m1=x => duplicate of g1-m1)"},
                                     RuleCase{"Dedup_SurvivesReceiveAndDelete", R"(
                  send g-m1=x => ok
                  receive 1 => g-m1
                  delete g-m1 => ok
                  counts => 0 0
                  send g-m2=x => duplicate of g-m1
                  receive 10 => )"},
                                     RuleCase{"Dedup_IsNotExtendedByDuplicates", R"(
                  send g-m1=x => ok
                  wait 299s
                  send g-m2=x => duplicate of g-m1
                  wait 1s
                  send g-m3=x => ok
                  receive 10 => g-m1 g-m3)"},
                                     RuleCase{"Dedup_BeginsAnewAfterItsWindow", R"(
                  send g-m1=x => ok
                  wait 300s
                  send g-m2=x => ok
                  wait 1s
                  send g-m3=x => duplicate of g-m2)"}),
                         RuleName);

// To the nanosecond, so time must stand still otherwise.
TEST(FifoDedupWindowTest, EndsExactlyFiveMinutesAfterTheSend) {
  QueueScript(QueueScript::Kind::kFifo).Run(R"(
    send g-m1=x => ok
    next => 5m
    wait 299.999999999s
    send g-m2=x => duplicate of g-m1
    wait 1ns
    send g-m3=x => ok)");
}

TEST(FifoVisibilityTest, EndsExactlyAtItsTime) {
  QueueScript(QueueScript::Kind::kFifo).Run(R"(
    send g-m1
    receive 1 30s => g-m1
    wait 29.999999999s
    receive 1 =>
    wait 1ns
    receive 1 => g-m1)");
}

TEST(FifoDuplicateTest, RepeatsTheAnswerOfTheOriginalAndEmitsNothing) {
  MessageSlots slots;
  FifoQueue queue(QueueId(1), slots);
  RecordingSink sink;
  NewMessage again = FifoMessage(2, "g");
  again.dedup = Dedup(1);
  queue.Send(At(absl::ZeroDuration()), FifoMessage(1, "g"), SequenceNumber(10), sink);

  const auto answer = queue.Send(At(absl::Seconds(1)), again, SequenceNumber(11), sink);

  EXPECT_EQ(std::get<SentMessage>(answer), (SentMessage{.outcome = SentMessage::Outcome::kDuplicate,
                                                        .id = Message(1).id,
                                                        .sequence = SequenceNumber(10)}));
  EXPECT_EQ(sink.records().size(), 1u);
}

TEST(FifoDeliveryTest, NamesTheGroup) {
  MessageSlots slots;
  FifoQueue queue(QueueId(1), slots);
  RecordingSink sink;
  queue.Send(At(absl::ZeroDuration()), FifoMessage(1, "orders"), SequenceNumber(10), sink);
  std::vector<Delivery> deliveries;

  queue.Receive(At(absl::Seconds(2)), 10, absl::Seconds(1), sink, deliveries);

  ASSERT_EQ(deliveries.size(), 1u);
  EXPECT_EQ(deliveries[0].group, Group("orders"));
  EXPECT_EQ(deliveries[0].sent_at, At(absl::ZeroDuration()));
  EXPECT_EQ(deliveries[0].first_received_at, At(absl::Seconds(2)));
}

TEST(FifoLateTest, AHandleWhoseEndIsNotDoneYetIsDeadAllTheSame) {
  MessageSlots slots;
  FifoQueue queue(QueueId(1), slots);
  RecordingSink sink;
  std::vector<Delivery> deliveries;
  queue.Send(At(absl::ZeroDuration()), FifoMessage(1, "g"), SequenceNumber(1), sink);
  queue.Receive(At(absl::ZeroDuration()), 1, absl::Seconds(10), sink, deliveries);

  const auto error = queue.Delete(At(absl::Seconds(10)), deliveries[0].receipt, sink);

  EXPECT_EQ(error, ApiErrorCode::kReceiptHandleExpired);
}

TEST(FifoEndDueTest, BudgetCoversVisibilitiesAndDedupEntries) {
  MessageSlots slots;
  FifoQueue queue(QueueId(1), slots);
  RecordingSink sink;
  std::vector<Delivery> deliveries;
  for (uint64_t n = 1; n <= 3; ++n) {
    queue.Send(At(absl::ZeroDuration()), FifoMessage(n, "g"), SequenceNumber(n), sink);
  }
  queue.Receive(At(absl::ZeroDuration()), 10, absl::Seconds(10), sink, deliveries);

  EXPECT_EQ(queue.EndDue(At(absl::Minutes(5)), 4), 4);
  EXPECT_EQ(queue.NextDeadline(), At(absl::Minutes(5)));
  EXPECT_EQ(queue.EndDue(At(absl::Minutes(5)), 4), 2);
  EXPECT_EQ(queue.NextDeadline(), Timestamp::Infinite());
}

}  // namespace
}  // namespace twinq
