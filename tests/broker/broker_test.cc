#include "broker/broker.h"

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include "tests/broker/broker_driver.h"
#include "tests/support/describe.h"
#include "tests/support/messages.h"

namespace twinq {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

TEST(CreateQueueTest, FindsTheQueueThatIsThere) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs");
  const size_t records = driver.log().size();

  EXPECT_EQ(driver.Create("jobs"), queue);
  EXPECT_EQ(driver.log().size(), records);
}

TEST(CreateQueueTest, GivingADefaultThatWasLeftOutIsNoDifference) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs");

  EXPECT_EQ(driver.Create("jobs", {.visibility_timeout = absl::Seconds(30)}), queue);
}

TEST(CreateQueueTest, ADifferentAttributeIsNamed) {
  BrokerDriver driver;
  driver.Create("jobs", {.visibility_timeout = absl::Seconds(40)});

  const auto reply = driver.Do(
      CreateQueue{.name = Name("jobs"), .attributes = {.visibility_timeout = absl::Seconds(41)}});

  EXPECT_EQ(std::get<ApiError>(*reply),
            (ApiError{.code = ApiErrorCode::kQueueNameExists, .parameter = "VisibilityTimeout"}));
  EXPECT_THAT(driver.outcome().records, IsEmpty());
}

TEST(CreateQueueTest, StandardAndFifoNamesAreTwoQueues) {
  BrokerDriver driver;

  EXPECT_NE(driver.Create("jobs"), driver.Create("jobs.fifo"));
}

TEST(DeleteQueueTest, TheQueueIsGoneAndItsNameMeansAnotherOne) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs");
  driver.Send(queue, 1);
  driver.Do(DeleteQueue{queue});

  EXPECT_EQ(driver.Send(queue, 2), "QueueDoesNotExist(,)");
  driver.Wait(kDeletedNameInterval);
  const QueueId another = driver.Create("jobs");
  EXPECT_NE(another, queue);
  EXPECT_EQ(driver.Receive(another), "nothing");
}

TEST(DeleteQueueTest, ItsNameIsTakenForAMinute) {
  BrokerDriver driver;
  driver.Do(DeleteQueue{driver.Create("jobs")});
  const auto create = [&](absl::string_view name) {
    return Describe(driver.Do(CreateQueue{.name = Name(name), .attributes = {}}));
  };

  driver.Wait(kDeletedNameInterval - absl::Nanoseconds(1));
  EXPECT_EQ(create("jobs"), "QueueDeletedRecently(,)");
  EXPECT_EQ(create("jobs.fifo"), "queue 2") << "another name";
  driver.Wait(absl::Nanoseconds(1));
  EXPECT_EQ(create("jobs"), "queue 3");
}

TEST(DeleteQueueTest, ItsNameIsForgottenAfterAMinute) {
  BrokerDriver driver;
  const uint64_t live_bytes = driver.broker().live_bytes();
  driver.Do(DeleteQueue{driver.Create("jobs")});
  EXPECT_EQ(driver.Advance(), kDeletedNameInterval);
  EXPECT_GT(driver.broker().live_bytes(), live_bytes);

  driver.Wait(kDeletedNameInterval);

  EXPECT_EQ(driver.Advance(), absl::InfiniteDuration());
  EXPECT_EQ(driver.broker().live_bytes(), live_bytes);
  EXPECT_FALSE(absl::StrContains(driver.broker().Dump(), "jobs"));
}

TEST(DeleteQueueTest, FreesTheBodiesOfAllItsMessages) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs");
  driver.Send(queue, std::vector<uint64_t>{1, 2, 3});
  driver.Receive(queue);

  driver.Do(DeleteQueue{queue});
  driver.Advance();

  EXPECT_THAT(driver.outcome().freed, UnorderedElementsAre(BodyRef(1), BodyRef(2), BodyRef(3)));
}

TEST(DeleteQueueTest, LeavesOtherQueuesAlone) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs");
  const QueueId other = driver.Create("other");
  driver.Send(queue, 1);
  driver.Send(other, 2);

  driver.Do(DeleteQueue{queue});

  EXPECT_EQ(driver.Receive(other), "2");
}

TEST(DeleteQueueTest, ADedupWindowGoesWithIt) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs.fifo");
  driver.Send(queue, 1, "g");
  driver.Do(DeleteQueue{queue});
  driver.Wait(kDeletedNameInterval);

  EXPECT_EQ(driver.Send(driver.Create("jobs.fifo"), 1, "g"), "ok");
}

struct UnknownQueueCase {
  const char* name;
  Command command;
};

class UnknownQueueTest : public ::testing::TestWithParam<UnknownQueueCase> {};

TEST_P(UnknownQueueTest, IsAnswered) {
  BrokerDriver driver;

  EXPECT_EQ(Describe(driver.Do(GetParam().command)), "QueueDoesNotExist(,)");
  EXPECT_THAT(driver.outcome().records, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Commands, UnknownQueueTest,
    ::testing::Values(
        UnknownQueueCase{"Delete", DeleteQueue{QueueId(99)}},
        UnknownQueueCase{"Send", SendMessages{.queue = QueueId(99), .entries = {}}},
        UnknownQueueCase{"Receive", ReceiveMessages{.queue = QueueId(99),
                                                    .waiter = WaiterId{1},
                                                    .messages_max = 1,
                                                    .visibility = {},
                                                    .wait = absl::Seconds(20)}},
        UnknownQueueCase{"DeleteMessages", DeleteMessages{.queue = QueueId(99), .receipts = {{}}}},
        UnknownQueueCase{"Change", ChangeVisibility{.queue = QueueId(99), .entries = {{}}}},
        UnknownQueueCase{"Release", ReleaseDeliveries{.queue = QueueId(99), .receipts = {{}}}},
        UnknownQueueCase{"Cancel", CancelWaiter{.queue = QueueId(99), .waiter = {}}}),
    [](const auto& test) { return test.param.name; });

TEST(ListQueuesTest, SaysWhetherThereAreMore) {
  BrokerDriver driver;
  for (const char* name : {"b", "a", "c"}) driver.Create(name);

  EXPECT_EQ(Describe(driver.Do(ListQueues{.prefix = "", .after = "", .names_max = 2})),
            "names a b …");
  EXPECT_EQ(Describe(driver.Do(ListQueues{.prefix = "", .after = "b", .names_max = 2})), "names c");
  EXPECT_EQ(Describe(driver.Do(ListQueues{.prefix = "", .after = "", .names_max = 3})),
            "names a b c");
}

TEST(SendMessagesTest, SequencesRiseOverAllQueues) {
  BrokerDriver driver;
  const QueueId a = driver.Create("a");
  const QueueId b = driver.Create("b.fifo");
  SequenceNumber last;
  for (uint64_t number = 1; number <= 6; ++number) {
    driver.Send(number % 2 == 0 ? a : b, number, number % 2 == 0 ? "" : "g");
    const auto& put = std::get<MessagePut>(driver.outcome().records.front());
    EXPECT_GT(put.sequence, last);
    last = put.sequence;
  }
}

TEST(SendMessagesTest, TheSameDedupIdTwiceInOneBatchIsStoredOnce) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs.fifo");

  EXPECT_EQ(driver.Send(queue, std::vector<uint64_t>{1, 1}, "g"), "duplicate");
  EXPECT_EQ(driver.Counts(queue).available, 1u);
}

TEST(ReceiveMessagesTest, TakesTheQueuesVisibilityUnlessItHasItsOwn) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs", {.visibility_timeout = absl::Seconds(10)});
  driver.Send(queue, std::vector<uint64_t>{1, 2});
  driver.Receive(queue);
  driver.Receive(queue, {.visibility = absl::Seconds(5)});

  driver.Wait(absl::Seconds(5));
  EXPECT_EQ(driver.Receive(queue, {.messages_max = 10}), "2");
  driver.Wait(absl::Seconds(5));
  EXPECT_EQ(driver.Receive(queue, {.messages_max = 10}), "1");
}

TEST(ReceiveMessagesTest, TakesTheQueuesWaitUnlessItHasItsOwn) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs", {.receive_wait = absl::Seconds(5)});

  EXPECT_EQ(driver.Receive(queue, {.wait = std::nullopt}), "waits");
  EXPECT_EQ(driver.Receive(queue, {.wait = absl::ZeroDuration()}), "nothing");
}

TEST(DeleteMessagesTest, EachEntryIsJudgedAlone) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs.fifo");
  driver.Send(queue, std::vector<uint64_t>{1, 2}, "g");
  driver.Receive(queue, {.messages_max = 10});
  driver.ChangeVisibility(queue, 1, absl::ZeroDuration());

  const auto reply =
      driver.Do(DeleteMessages{.queue = queue, .receipts = {driver.receipt(1), driver.receipt(2)}});

  EXPECT_EQ(Describe(reply), "entries ReceiptHandleExpired ok");
  EXPECT_THAT(driver.outcome().freed, ElementsAre(BodyRef(2)));
}

TEST(ReleaseDeliveriesTest, MakesAvailableAtOnceAndKeepsTheReceiveCounted) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs");
  driver.Send(queue, 1);
  driver.Receive(queue);

  driver.Do(ReleaseDeliveries{.queue = queue, .receipts = {driver.receipt(1)}});

  EXPECT_EQ(driver.Receive(queue), "1");
  EXPECT_EQ(driver.receipt(1).delivery, 2u);
}

struct DurableCase {
  const char* name;
  const char* queue;
  const char* step;
  bool must_be_durable;
};

class MustBeDurableTest : public ::testing::TestWithParam<DurableCase> {};

TEST_P(MustBeDurableTest, HoldsForAllButStandardDeliveries) {
  BrokerDriver driver;
  const QueueId queue = driver.Create(GetParam().queue);
  const absl::string_view group = GetParam().queue == std::string("a.fifo") ? "g" : "";
  const std::string step = GetParam().step;
  driver.Send(queue, 1, group);
  if (step != "receive") driver.Receive(queue);

  if (step == "receive") driver.Receive(queue);
  if (step == "receive nothing") driver.Receive(queue);
  if (step == "delete") driver.Delete(queue, 1);
  if (step == "change") driver.ChangeVisibility(queue, 1, absl::Seconds(1));
  if (step == "duplicate") driver.Send(queue, 1, group);

  EXPECT_EQ(driver.outcome().must_be_durable, GetParam().must_be_durable);
}

INSTANTIATE_TEST_SUITE_P(
    Steps, MustBeDurableTest,
    ::testing::Values(DurableCase{"StandardReceive", "a", "receive", false},
                      DurableCase{"StandardReceiveOfNothing", "a", "receive nothing", false},
                      DurableCase{"StandardDelete", "a", "delete", true},
                      DurableCase{"StandardChange", "a", "change", true},
                      DurableCase{"FifoReceive", "a.fifo", "receive", true},
                      DurableCase{"FifoReceiveOfNothing", "a.fifo", "receive nothing", false},
                      DurableCase{"FifoDelete", "a.fifo", "delete", true},
                      DurableCase{"FifoDuplicate", "a.fifo", "duplicate", false}),
    [](const auto& test) { return test.param.name; });

TEST(BrokerStartTest, NumbersOfLaterStartsAreGreater) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs");
  driver.Send(queue, 1);
  const SequenceNumber before = std::get<MessagePut>(driver.log().back()).sequence;
  Broker restarted;
  for (const Record& record : driver.log()) restarted.Apply(record);
  Outcome outcome;
  restarted.Start(ReceiptKey{9, 9, 9}, outcome);

  outcome.Clear();
  restarted.Handle(
      driver.now(),
      SendMessages{.queue = queue, .entries = {{.message = Message(2), .payload = {}}}}, outcome);

  EXPECT_EQ(restarted.receipt_key(), (ReceiptKey{1, 2, 3}));
  EXPECT_GE(std::get<MessagePut>(outcome.records.front()).sequence,
            SequenceNumber::BeforeFirstOfStart(2));
  EXPECT_LT(before, SequenceNumber::BeforeFirstOfStart(2));
}

TEST(BrokerTimeTest, TheNewestRecordTellsTheLatestInstant) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("jobs");
  driver.Wait(absl::Seconds(3));
  driver.Send(queue, 1);
  EXPECT_EQ(driver.broker().newest_record_at(), driver.now());
  driver.Wait(absl::Seconds(4));
  driver.Receive(queue);
  EXPECT_EQ(driver.broker().newest_record_at(), driver.now());

  Broker replayed;
  for (const Record& record : driver.log()) replayed.Apply(record);

  EXPECT_EQ(replayed.newest_record_at(), driver.now());
}

TEST(AdvanceTest, ReturnsTheNextDeadlineOfAllQueues) {
  BrokerDriver driver;
  const QueueId a = driver.Create("a");
  const QueueId b = driver.Create("b.fifo");
  EXPECT_EQ(driver.Advance(), absl::InfiniteDuration());
  driver.Send(b, 1, "g");
  EXPECT_EQ(driver.Advance(), absl::Minutes(5));
  driver.Send(a, 2);
  driver.Receive(a, {.visibility = absl::Seconds(30)});
  EXPECT_EQ(driver.Advance(), absl::Seconds(30));
  driver.Receive(a, {.wait = absl::Seconds(20)});
  EXPECT_EQ(driver.Advance(), absl::Seconds(20));
  driver.Do(CancelWaiter{.queue = a, .waiter = driver.last_waiter()});
  driver.Delete(a, 2);
  EXPECT_EQ(driver.Advance(), absl::Minutes(5));
  driver.Wait(absl::Minutes(5));
  EXPECT_EQ(driver.Advance(), kRetentionDefault - absl::Minutes(5));
  driver.Wait(kRetentionDefault - absl::Minutes(5));
  EXPECT_EQ(driver.Advance(), absl::InfiniteDuration());
}

TEST(AdvanceTest, KeepsToItsBudgetOverAllQueues) {
  BrokerDriver driver;
  const QueueId a = driver.Create("a");
  const QueueId b = driver.Create("b");
  for (uint64_t number = 1; number <= 20; ++number) {
    driver.Send(number <= 10 ? a : b, number);
    driver.Receive(number <= 10 ? a : b, {.visibility = absl::Seconds(10)});
  }
  driver.Wait(absl::Seconds(10));

  EXPECT_LE(driver.Advance(15), absl::ZeroDuration());
  EXPECT_EQ(driver.Counts(a).available + driver.Counts(b).available, 15u);
  EXPECT_EQ(driver.Advance(15), kRetentionDefault - absl::Seconds(10));
  EXPECT_EQ(driver.Counts(a).available + driver.Counts(b).available, 20u);
}

TEST(AdvanceTest, WithNothingDueChangesNothing) {
  BrokerDriver driver;
  const QueueId queue = driver.Create("a");
  driver.Send(queue, 1);
  driver.Receive(queue, {.visibility = absl::Seconds(10)});
  const std::string before = driver.broker().Dump();
  driver.Wait(absl::Seconds(10) - absl::Nanoseconds(1));

  EXPECT_EQ(driver.Advance(), absl::Nanoseconds(1));
  EXPECT_EQ(driver.broker().Dump(), before);
}

}  // namespace
}  // namespace twinq
