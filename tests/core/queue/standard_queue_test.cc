#include "core/queue/standard_queue.h"

#include <vector>

#include "gtest/gtest.h"

#include "tests/core/queue/queue_script.h"
#include "tests/support/messages.h"
#include "tests/support/recording_sink.h"

namespace twinq {
namespace {

struct ScriptCase {
  const char* name;
  const char* lines;
};

class StandardQueueTest : public ::testing::TestWithParam<ScriptCase> {};

TEST_P(StandardQueueTest, DoesAsTheRuleSays) {
  QueueScript(QueueScript::Kind::kStandard).Run(GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Visibility, StandardQueueTest,
    ::testing::Values(ScriptCase{"MessageIsHiddenUntilJustBeforeItsEnd", R"(
          send m1
          receive 1 30s => m1
          wait 29.999999999s
          receive 1 => )"},
                      ScriptCase{"MessageIsBackExactlyAtItsEnd", R"(
          send m1
          receive 1 30s => m1
          wait 30s
          receive 1 => m1)"},
                      ScriptCase{"MessageReturnsToItsOriginalPosition", R"(
          send m1 m2 m3
          receive 1 1s => m1
          wait 1s
          receive 10 => m1 m2 m3)"},
                      ScriptCase{"MessagesReturnToTheirPositionsHoweverTheyWereTaken", R"(
          send m1 m2 m3 m4
          receive 1 3s => m1
          receive 1 1s => m2
          receive 1 2s => m3
          wait 3s
          receive 10 => m1 m2 m3 m4)"},
                      ScriptCase{"ZeroReturnsEachOnceAndLeavesThemAvailable", R"(
          send m1 m2
          receive 10 0s => m1 m2
          counts => 2 0
          receive 10 0s => m1 m2)"},
                      ScriptCase{"NextDeadlineIsTheFirstEnd", R"(
          next => never
          send m1 m2
          receive 1 30s => m1
          receive 1 10s => m2
          next => 10s
          wait 10s
          next => 20s)"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(Receive, StandardQueueTest,
                         ::testing::Values(ScriptCase{"TakesTheOldestFirst", R"(
                        send m1 m2 m3
                        receive 2 => m1 m2
                        receive 2 => m3
                        receive 2 => )"},
                                           ScriptCase{"CountsPartitionTheMessages", R"(
                        send m1 m2 m3
                        counts => 3 0
                        receive 2 => m1 m2
                        counts => 1 2
                        delete m1
                        counts => 1 1
                        wait 30s
                        counts => 2 0)"}),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(Delete, StandardQueueTest,
                         ::testing::Values(ScriptCase{"InFlight", R"(
                        send m1
                        receive 1 => m1
                        delete m1 => ok
                        counts => 0 0
                        next => never)"},
                                           ScriptCase{"AfterItsEnd", R"(
                        send m1 m2
                        receive 1 1s => m1
                        wait 1s
                        delete m1 => ok
                        receive 10 => m2)"},
                                           ScriptCase{"OldHandleWhileAnotherReceiveRuns", R"(
                        send m1
                        receive 1 1s => m1
                        wait 1s
                        receive 1 => m1
                        delete m1/1 => ok
                        counts => 0 0
                        delete m1/2 => ok)"},
                                           ScriptCase{"TwiceIsASuccess", R"(
                        send m1
                        receive 1 => m1
                        delete m1 => ok
                        delete m1 => ok)"},
                                           ScriptCase{"HandleOfAGoneMessageSparesTheNextInItsSlot",
                                                      R"(
                        send m1
                        receive 1 => m1
                        delete m1 => ok
                        send m2
                        delete m1 => ok
                        receive 1 => m2)"}),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(ChangeVisibility, StandardQueueTest,
                         ::testing::Values(ScriptCase{"CountsFromTheCallAndReplacesWhatWasLeft", R"(
          send m1
          receive 1 30s => m1
          wait 20s
          change m1 15s => ok
          wait 14.999999999s
          receive 1 =>
          wait 1ns
          receive 1 => m1)"},
                                           ScriptCase{"MayShorten", R"(
          send m1
          receive 1 30s => m1
          change m1 1s => ok
          wait 1s
          receive 1 => m1)"},
                                           ScriptCase{"ZeroMakesAvailableAtOnce", R"(
          send m1
          receive 1 30s => m1
          change m1 0s => ok
          receive 1 => m1)"},
                                           ScriptCase{"AfterItsEndItSucceedsWithoutEffect", R"(
          send m1
          receive 1 1s => m1
          wait 1s
          change m1 60s => ok
          receive 1 => m1)"},
                                           ScriptCase{"OldHandleWorksWhileAnotherReceiveRuns", R"(
          send m1
          receive 1 1s => m1
          wait 1s
          receive 1 30s => m1
          change m1/1 0s => ok
          receive 1 => m1)"},
                                           ScriptCase{"OfADeletedMessageIsRefused", R"(
          send m1
          receive 1 => m1
          delete m1 => ok
          change m1 10s => MessageNotAvailable)"},
                                           ScriptCase{"LastsForThisReceiveOnly", R"(
          send m1
          receive 1 30s => m1
          change m1 60s => ok
          wait 60s
          receive 1 10s => m1
          wait 10s
          receive 1 => m1)"}),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(TwelveHours, StandardQueueTest,
                         ::testing::Values(ScriptCase{"AtOnceAreTooMuch", R"(
                        send m1
                        receive 1 30s => m1
                        change m1 43200s => VisibilityTotalTooLong)"},
                                           ScriptCase{"LessOneNanosecondAreGranted", R"(
                        send m1
                        receive 1 30s => m1
                        wait 1ns
                        change m1 43199.999999998s => ok)"},
                                           ScriptCase{"ExactlyInTotalAreTooMuch", R"(
                        send m1
                        receive 1 12h => m1
                        wait 11h
                        change m1 1h => VisibilityTotalTooLong
                        change m1 3599.999999999s => ok)"},
                                           ScriptCase{"RefusalChangesNothing", R"(
                        send m1
                        receive 1 30s => m1
                        change m1 12h => VisibilityTotalTooLong
                        wait 30s
                        receive 1 => m1)"},
                                           ScriptCase{"BeginAnewWithEachReceive", R"(
                        send m1
                        receive 1 11h => m1
                        wait 11h
                        receive 1 30s => m1
                        change m1 11h => ok)"}),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(Release, StandardQueueTest,
                         ::testing::Values(ScriptCase{"EndsTheVisibilityAtOnce", R"(
                        send m1
                        receive 1 30s => m1
                        release m1
                        receive 1 => m1)"},
                                           ScriptCase{"OfAnEarlierDeliveryHasNoEffect", R"(
                        send m1
                        receive 1 1s => m1
                        wait 1s
                        receive 1 30s => m1
                        release m1/1
                        receive 1 => )"}),
                         [](const auto& test) { return test.param.name; });

TEST(StandardDeliveryTest, TellsWhatTheMessageIsAndWhatBecameOfIt) {
  MessageSlots slots;
  StandardQueue queue(QueueId(7), slots);
  RecordingSink sink;
  queue.Send(At(absl::ZeroDuration()), Message(5), SequenceNumber(11), sink);
  std::vector<Delivery> deliveries;
  queue.Receive(At(absl::Seconds(1)), 1, absl::Seconds(1), sink, deliveries);
  queue.EndDue(At(absl::Seconds(4)), 1);
  deliveries.clear();

  queue.Receive(At(absl::Seconds(4)), 1, absl::Seconds(1), sink, deliveries);

  ASSERT_EQ(deliveries.size(), 1u);
  EXPECT_EQ(deliveries[0], (Delivery{.receipt = {.queue = QueueId(7),
                                                 .slot = 0,
                                                 .sequence = SequenceNumber(11),
                                                 .delivery = 2,
                                                 .received_at = At(absl::Seconds(4))},
                                     .id = Message(5).id,
                                     .body = Message(5).body,
                                     .body_bytes = Message(5).body_bytes,
                                     .group = {},
                                     .sent_at = At(absl::ZeroDuration()),
                                     .first_received_at = At(absl::Seconds(1))}));
}

TEST(StandardQueueEndDueTest, KeepsToItsBudgetInOrderOfDeadlines) {
  MessageSlots slots;
  StandardQueue queue(QueueId(1), slots);
  RecordingSink sink;
  std::vector<Delivery> deliveries;
  for (uint64_t n = 1; n <= 3; ++n) {
    queue.Send(At(absl::ZeroDuration()), Message(n), SequenceNumber(n), sink);
    queue.Receive(At(absl::ZeroDuration()), 1, absl::Seconds(10 - n), sink, deliveries);
  }

  EXPECT_EQ(queue.EndDue(At(absl::Seconds(20)), 2), 2);

  EXPECT_EQ(queue.counts(), (QueueCounts{.available = 2, .in_flight = 1}));
  EXPECT_EQ(queue.NextDeadline(), At(absl::Seconds(9)));
}

TEST(StandardQueueClearTest, FreesEverySlotAndNamesEveryBody) {
  MessageSlots slots;
  StandardQueue queue(QueueId(1), slots);
  RecordingSink sink;
  std::vector<Delivery> deliveries;
  for (uint64_t n = 1; n <= 3; ++n) {
    queue.Send(At(absl::ZeroDuration()), Message(n), SequenceNumber(n), sink);
  }
  queue.Receive(At(absl::ZeroDuration()), 1, absl::Seconds(10), sink, deliveries);
  std::vector<BodyRef> bodies;

  queue.Clear(bodies);

  EXPECT_EQ(bodies, (std::vector<BodyRef>{BodyRef(1), BodyRef(2), BodyRef(3)}));
  EXPECT_EQ(slots.used(), 0u);
  EXPECT_EQ(queue.counts(), QueueCounts());
}

TEST(StandardQueueLateTest, AVisibilityWhoseEndIsNotDoneYetIsOverAllTheSame) {
  MessageSlots slots;
  StandardQueue queue(QueueId(1), slots);
  RecordingSink sink;
  std::vector<Delivery> deliveries;
  queue.Send(At(absl::ZeroDuration()), Message(1), SequenceNumber(1), sink);
  queue.Receive(At(absl::ZeroDuration()), 1, absl::Seconds(10), sink, deliveries);
  const size_t records = sink.records().size();

  const auto error =
      queue.ChangeVisibility(At(absl::Seconds(10)), deliveries[0].receipt, absl::Seconds(60), sink);

  EXPECT_EQ(error, std::nullopt);
  EXPECT_EQ(sink.records().size(), records);
}

}  // namespace
}  // namespace twinq
